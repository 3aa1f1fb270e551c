#include "value/calendar.h"

#include <array>
#include <chrono>
#include <utility>

#include "value/display.h"

namespace relay {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

void append_padded(std::string& out, int number, int width) {
  std::array<char, 12> digits;
  for (int i = width - 1; i >= 0; --i) {
    digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  out.append(digits.data(), static_cast<std::size_t>(width));
}

bool is_time_of_day(const CalendarTime& time) {
  return time.hour >= 0 && time.hour < 24 && time.minute >= 0 && time.minute < 60 && time.second >= 0 &&
         time.second < 60 && time.nanosecond >= 0 && time.nanosecond < kNanosPerSecond;
}

// Reads a text from left to right; every step fails at the first character that does not fit.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return text_.empty(); }
  bool take(char expected) {
    if (text_.empty() || text_[0] != expected) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool take_digits(std::size_t count, int& number) {
    if (text_.size() < count) return false;
    number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(text_[i])) return false;
      number = number * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return true;
  }
  // Digits behind the point, as nanoseconds; what is finer is cut off.
  bool take_fraction(int& nanoseconds) {
    if (text_.empty() || !is_digit(text_[0])) return false;
    nanoseconds = 0;
    int digits = 0;
    for (; !text_.empty() && is_digit(text_[0]); text_.remove_prefix(1)) {
      if (digits == 9) continue;
      nanoseconds = nanoseconds * 10 + (text_[0] - '0');
      ++digits;
    }
    for (; digits < 9; ++digits) nanoseconds *= 10;
    return true;
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  std::string_view text_;
};

// "", "Z" or "+hh:mm" to the end of the text.
bool read_offset(Reader& reader, std::int64_t& seconds) {
  seconds = 0;
  if (reader.at_end() || reader.take('Z')) return reader.at_end();
  const bool is_east = reader.take('+');
  if (!is_east && !reader.take('-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!reader.take_digits(2, hours) || !reader.take(':') || !reader.take_digits(2, minutes)) return false;
  if (hours > 23 || minutes > 59 || !reader.at_end()) return false;
  seconds = (hours * 60 + minutes) * 60;
  if (!is_east) seconds = -seconds;
  return true;
}

bool read_time(Reader& reader, CalendarTime& time) {
  if (!reader.take_digits(2, time.hour) || !reader.take(':') || !reader.take_digits(2, time.minute) ||
      !reader.take(':') || !reader.take_digits(2, time.second)) {
    return false;
  }
  return !reader.take('.') || reader.take_fraction(time.nanosecond);
}

// Nanoseconds of a time of day on a valid day, less an offset; false when they do not fit.
bool join(const CalendarTime& time, std::int64_t offset_seconds, std::int64_t& nanoseconds) {
  const std::chrono::year_month_day date{std::chrono::year(time.year),
                                         std::chrono::month(static_cast<unsigned>(time.month)),
                                         std::chrono::day(static_cast<unsigned>(time.day))};
  if (time.month < 1 || time.day < 1 || !date.ok() || !is_time_of_day(time)) return false;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t seconds =
      days * kSecondsPerDay + (time.hour * 60 + time.minute) * 60 + time.second - offset_seconds;
  // 128 bits: the first second of the range begins before the first nanosecond that fits.
  const auto wide = static_cast<__int128>(seconds) * kNanosPerSecond + time.nanosecond;
  if (wide < INT64_MIN || wide > INT64_MAX) return false;
  nanoseconds = static_cast<std::int64_t>(wide);
  return true;
}

}  // namespace

CalendarTime to_calendar(std::int64_t nanoseconds) {
  std::int64_t seconds = nanoseconds / kNanosPerSecond;
  std::int64_t fraction = nanoseconds % kNanosPerSecond;
  if (fraction < 0) {
    fraction += kNanosPerSecond;
    --seconds;
  }
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t of_day = seconds % kSecondsPerDay;
  if (of_day < 0) {
    of_day += kSecondsPerDay;
    --days;
  }
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(of_day / 3600),
          static_cast<int>(of_day / 60 % 60),
          static_cast<int>(of_day % 60),
          static_cast<int>(fraction)};
}

bool from_calendar(const CalendarTime& time, std::int64_t& nanoseconds) { return join(time, 0, nanoseconds); }

void append_datetime(std::string& out, std::int64_t nanoseconds) {
  append_by_pattern(out, nanoseconds, "YYYY-MM-DDTHH:mm:ss");
  int fraction = to_calendar(nanoseconds).nanosecond;
  if (fraction != 0) {
    out.push_back('.');
    append_padded(out, fraction, 9);
    out.erase(out.find_last_not_of('0') + 1);
  }
  out.push_back('Z');
}

bool parse_datetime(std::string_view text, std::int64_t& nanoseconds) {
  Reader reader(text);
  CalendarTime time{};
  std::int64_t offset = 0;
  if (!reader.take_digits(4, time.year) || !reader.take('-') || !reader.take_digits(2, time.month) ||
      !reader.take('-') || !reader.take_digits(2, time.day)) {
    return false;
  }
  if (reader.at_end()) return join(time, 0, nanoseconds);
  if (!reader.take('T') || !read_time(reader, time) || !read_offset(reader, offset)) return false;
  return join(time, offset, nanoseconds);
}

void append_by_pattern(std::string& out, std::int64_t nanoseconds, std::string_view pattern) {
  const CalendarTime time = to_calendar(nanoseconds);
  const std::array<std::pair<std::string_view, int>, 7> parts = {{{"YYYY", time.year},
                                                                  {"SSS", time.nanosecond / 1'000'000},
                                                                  {"MM", time.month},
                                                                  {"DD", time.day},
                                                                  {"HH", time.hour},
                                                                  {"mm", time.minute},
                                                                  {"ss", time.second}}};
  const auto append_part = [&](std::string_view rest) -> std::size_t {
    for (const auto& [letters, number] : parts) {
      if (rest.substr(0, letters.size()) != letters) continue;
      append_padded(out, number, static_cast<int>(letters.size()));
      return letters.size();
    }
    out.push_back(rest[0]);
    return 1;
  };
  while (!pattern.empty()) pattern.remove_prefix(append_part(pattern));
}

}  // namespace relay
