#pragma once

#include <string>

#include "lang/reporter.h"

namespace relay {

enum class StringEnd {
  kQuote,          // the closing quote, taken
  kInterpolation,  // `${`, taken
  kUnterminated,   // the end of the file
};

struct StringPart {
  std::string text;  // decoded: escapes resolved, CRLF as one line break
  std::size_t end = 0;
  StringEnd how = StringEnd::kQuote;
};

// Reads the inside of a string ("...") from `at`, which lies behind the quote, to its end. Wrong escapes are reported and
// stand for themselves.
[[nodiscard]] StringPart scan_string(Reporter& reporter, std::size_t at);
// Reads one stretch of an interpolated string (`...`) from behind its quote or behind the `}` of an interpolation.
[[nodiscard]] StringPart scan_text(Reporter& reporter, std::size_t at);

}  // namespace relay
