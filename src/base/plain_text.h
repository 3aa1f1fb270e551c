#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relay {

// Text of others made fit for a terminal: control characters as escapes, bytes that are no UTF-8 as U+FFFD,
// so that no node can move the cursor or colour what is not its own.
[[nodiscard]] std::string plain_text(std::string_view text);

// Code points, which are the columns that most texts take.
[[nodiscard]] std::size_t width(std::string_view text);

}  // namespace relay
