#include "value/calendar.h"

#include <cstdint>

#include "value_fixture.h"

namespace relay {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::string day_shown(std::int64_t nanoseconds) {
  std::string out;
  append_datetime(out, nanoseconds);
  return out;
}

std::string formatted(std::int64_t nanoseconds, std::string_view pattern) {
  std::string out;
  append_by_pattern(out, nanoseconds, pattern);
  return out;
}

TEST(Calendar, ReadsWhatTheLanguageWrites) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"2024-01-01T12:00:00Z", 1704110400 * kSecond},
      {"2024-02-29T23:59:59.5Z", 1709251199 * kSecond + kSecond / 2},
      {"2024-01-01T00:00:00.000000001Z", 1704067200 * kSecond + 1},
      {"1969-12-31T23:59:59.999999999Z", -1},
      {"1900-03-01T00:00:00Z", -2203891200 * kSecond},
      {"2262-04-11T23:47:16.854775807Z", INT64_MAX},
      {"1677-09-21T00:12:43.145224192Z", INT64_MIN}};
  for (const auto& [text, nanoseconds] : cases) {
    std::int64_t read = 42;
    EXPECT_TRUE(parse_datetime(text, read)) << text;
    EXPECT_EQ(read, nanoseconds) << text;
    EXPECT_EQ(day_shown(nanoseconds), text);
  }
}

TEST(Calendar, ReadsOffsetsFractionsAndDatesAlone) {
  const std::pair<const char*, const char*> cases[] = {
      {"2024-10-12", "2024-10-12T00:00:00Z"},
      {"2024-02-01T00:00:00+01:00", "2024-01-31T23:00:00Z"},
      {"2024-01-31T20:30:00-03:30", "2024-02-01T00:00:00Z"},
      {"2024-01-01T12:00:00", "2024-01-01T12:00:00Z"},
      {"2024-01-01T12:00:00.1234567891234Z", "2024-01-01T12:00:00.123456789Z"},
      {"2024-01-01T12:00:00.120+00:00", "2024-01-01T12:00:00.12Z"}};
  for (const auto& [text, expected] : cases) {
    std::int64_t read = 0;
    EXPECT_TRUE(parse_datetime(text, read)) << text;
    EXPECT_EQ(day_shown(read), expected);
  }
}

TEST(Calendar, RefusesWhatIsNoDatetime) {
  for (const char* text :
       {"", "2024", "2024-1-1", "2024-13-01", "2024-00-01", "2023-02-29", "2024-04-31", "2024-01-00", "2024-01-01T",
        "2024-01-01T24:00:00Z", "2024-01-01T12:60:00Z", "2024-01-01T12:00:60Z", "2024-01-01T12:00Z",
        "2024-01-01T12:00:00.Z", "2024-01-01T12:00:00ZZ", "2024-01-01T12:00:00+1:00", "2024-01-01T12:00:00+24:00",
        "2024-01-01T12:00:00+01:60", "2024-01-01 12:00:00", " 2024-01-01", "2024-01-01 ", "2024-01-01Z",
        "1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z", "1676-01-01", "2263-01-01", "0000-01-01",
        "9999-12-31", "-2024-01-01", "2024-01-01T12:00:00.1234567891234"
                                     "x"}) {
    std::int64_t read = 42;
    EXPECT_FALSE(parse_datetime(text, read)) << text;
    EXPECT_EQ(read, 42) << "left as it was: " << text;
  }
}

TEST(Calendar, TakesApartAndPutsTogetherAnyInstant) {
  std::mt19937_64 random(9);
  for (int i = 0; i < 20000; ++i) {
    const auto nanoseconds = static_cast<std::int64_t>(random());
    const CalendarTime time = to_calendar(nanoseconds);
    std::int64_t back = 0;
    ASSERT_TRUE(from_calendar(time, back));
    ASSERT_EQ(back, nanoseconds);
    std::int64_t read = 0;
    ASSERT_TRUE(parse_datetime(day_shown(nanoseconds), read)) << day_shown(nanoseconds);
    ASSERT_EQ(read, nanoseconds);
  }
}

TEST(Calendar, FormatsByPattern) {
  std::int64_t instant = 0;
  ASSERT_TRUE(parse_datetime("2024-01-31T02:03:04.056Z", instant));
  EXPECT_EQ(formatted(instant, "YYYY-MM-DD HH:mm:ss.SSS"), "2024-01-31 02:03:04.056");
  EXPECT_EQ(formatted(instant, "DD/MM (YYYY)"), "31/01 (2024)");
  EXPECT_EQ(formatted(instant, "M D Y h s S"), "M D Y h s S");
  EXPECT_EQ(formatted(instant, ""), "");
}

}  // namespace
}  // namespace relay
