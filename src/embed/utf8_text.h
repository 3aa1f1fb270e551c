#pragma once

#include <string>
#include <string_view>

namespace relay::embed {

// `text` if it is UTF-8; else `scratch`, which becomes the same with U+FFFD for each byte that begins no code point.
[[nodiscard]] std::string_view valid_utf8(std::string_view text, std::string& scratch);

}  // namespace relay::embed
