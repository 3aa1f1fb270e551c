#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relay {

// What stands at a digit (or a `.` before a digit) of a source text: a number or a datetime, longest match.
struct NumberLiteral {
  std::size_t size = 0;  // bytes taken, also of a malformed one: to the end of the letters and digits
  bool is_datetime = false;
  double number = 0;
  std::int64_t nanoseconds = 0;
  std::string error;  // why it is malformed; empty when it is not
};

[[nodiscard]] NumberLiteral scan_number(std::string_view text);

}  // namespace relay
