#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relay {

// One code point of a text, or one byte that begins none.
struct Utf8Step {
  std::uint32_t code_point = 0;
  std::uint32_t size = 1;  // bytes taken
  bool valid = true;       // when not, `code_point` is U+FFFD
};

// Reads the code point at `at`, which lies inside the text. Overlong forms, surrogates, values above U+10FFFF and
// cut sequences are invalid.
[[nodiscard]] Utf8Step decode_utf8(std::string_view text, std::size_t at);

// The text, or as many whole code points of its beginning as `most_bytes` hold, and "..." behind them.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most_bytes);
// Names that a client or a program has made up, as messages show them.
inline constexpr std::size_t kShownNameBytes = 200;

// Appends a code point that is not a surrogate and not above U+10FFFF.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace relay
