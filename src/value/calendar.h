#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relay {

// A datetime taken apart, in UTC by the proleptic Gregorian calendar.
struct CalendarTime {
  int year;
  int month;       // 1 to 12
  int day;         // 1 to 31
  int hour;        // 0 to 23
  int minute;      // 0 to 59
  int second;      // 0 to 59
  int nanosecond;  // 0 to 999,999,999
};

[[nodiscard]] CalendarTime to_calendar(std::int64_t nanoseconds);
// False when there is no such day or time, or it is outside 1677 to 2262.
[[nodiscard]] bool from_calendar(const CalendarTime& time, std::int64_t& nanoseconds);

// The datetime by a pattern of YYYY MM DD HH mm ss SSS; everything else stands for itself.
void append_by_pattern(std::string& out, std::int64_t nanoseconds, std::string_view pattern);

}  // namespace relay
