#include <gtest/gtest.h>

#include "client/duration_text.h"
#include "client/pretty.h"
#include "client/table.h"

namespace relay::client {
namespace {

TEST(Table, AlignsColumnsByWhatStandsInThem) {
  Table table({{"NAME"}, {"RTT", Align::kRight}, {"STATE"}});
  table.add({"a", "12 ms", ""});
  table.add({"gr\xC3\xBCn\n", "1 ms", "linked"});
  EXPECT_EQ(table.text(),
            "NAME      RTT  STATE\n"
            "a       12 ms\n"
            "gr\xC3\xBCn\\n   1 ms  linked\n");
}

TEST(DurationText, HasThreeDigitsThatCount) {
  const auto text = [](std::int64_t nanoseconds) { return duration_text(Duration(nanoseconds)); };
  EXPECT_EQ(text(0), "0.00 us");
  EXPECT_EQ(text(1'234), "1.23 us");
  EXPECT_EQ(text(9'996), "10.0 us");
  EXPECT_EQ(text(850'400), "850 us");
  EXPECT_EQ(text(999'600), "1.00 ms");
  EXPECT_EQ(text(12'345'678), "12.3 ms");
  EXPECT_EQ(text(99'960'000), "100 ms");
  EXPECT_EQ(text(61'000'000'000), "61.0 s");
  EXPECT_EQ(text(3'600'000'000'000), "3600 s");
}

TEST(Pretty, KeepsOnOneLineWhatFits) {
  EXPECT_EQ(pretty_json(R"({"a":[1,null],"b c":"x"})", 80), R"({a: [1, nil], "b c": "x"})");
  EXPECT_EQ(pretty_json("[]", 1), "[]");
}

TEST(Pretty, BreaksWhatIsTooWide) {
  EXPECT_EQ(pretty_json(R"({"list":[11111,22222],"n":{}})", 16),
            "{\n  list: [\n    11111,\n    22222\n  ],\n  n: {}\n}");
  EXPECT_EQ(pretty_json("[\"gr\xC3\xBC\xC3\xBC\xC3\xBC\"]", 9), "[\n  \"gr\xC3\xBC\xC3\xBC\xC3\xBC\"\n]");
  EXPECT_EQ(pretty_json("[\"gr\xC3\xBC\xC3\xBC\xC3\xBC\"]", 10), "[\"gr\xC3\xBC\xC3\xBC\xC3\xBC\"]");
}

TEST(Pretty, TakesDeepValuesWithoutNativeRecursion) {
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  EXPECT_EQ(pretty_json(deep, 40).find_first_not_of("[] \n"), std::string::npos);
  const std::string deeper = std::string(5000, '[') + std::string(5000, ']');
  EXPECT_EQ(pretty_json(deeper, 40), deeper);
}

TEST(Pretty, ShowsNoControlCharacter) {
  const std::string text = pretty_json("{\"\xC2\x9B\":\"\\u001b\x7f\"}", 80);
  EXPECT_EQ(text.find_first_of("\x1b\x7f\x9b"), std::string::npos) << text;
}

}  // namespace
}  // namespace relay::client
