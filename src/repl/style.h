#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace relay::repl {

// What a piece of text is, and so how a terminal shows it.
enum class Style : std::uint8_t { kPlain, kKeyword, kText, kNumber, kConstant, kName, kComment, kFaint };

// What a terminal is sent before and behind a text of a style that is not kPlain.
[[nodiscard]] std::string_view style_begin(Style style);
[[nodiscard]] std::string_view style_end();

// `text` in that style; without colours as it is.
[[nodiscard]] std::string painted(std::string_view text, Style style, Colours colours);

// How each byte of a text of the language, or of a value as it is shown, is painted.
// Bound: a text over kMostHighlighted bytes stays plain, so that no key waits for it.
inline constexpr std::size_t kMostHighlighted = 64 * 1024;
[[nodiscard]] std::vector<Style> highlight(std::string_view text);

// The text with the colours of highlight().
[[nodiscard]] std::string highlighted(std::string_view text, Colours colours);

}  // namespace relay::repl
