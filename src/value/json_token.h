#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relay {

// What is wrong with a JSON text, and at which byte (from 0). `what` is null when nothing is.
struct JsonFault {
  const char* what = nullptr;
  std::size_t at = 0;
  explicit operator bool() const { return what != nullptr; }
};

// "expected ',' or ']', found 'x' at byte 17": faults that begin with "expected" tell what stands there.
[[nodiscard]] std::string describe(const JsonFault& fault, std::string_view text);

// Reads a number token of JSON's grammar as the nearest double, digit for digit (2^64, -0, 1e-400 as 0).
// Errors: what is wrong, `at` from the token's start; too large for a double is one.
[[nodiscard]] JsonFault parse_json_number(std::string_view token, double& number);

// Appends what the characters between the quotes of a string stand for. `raw` is valid UTF-8 without control
// characters or bare quotes.
// Errors: an unknown escape or a lone surrogate, `at` from raw's start.
[[nodiscard]] JsonFault append_unescaped(std::string& out, std::string_view raw);

// The first byte that is not UTF-8, the first control character inside a string, or the start of a string
// without an end. For the message about a text that is known to have such a fault; costs a slow walk.
[[nodiscard]] JsonFault find_text_fault(std::string_view text);

}  // namespace relay
