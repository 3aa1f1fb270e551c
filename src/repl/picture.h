#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace relay::repl {

// What stands before the first line of an input and before the others.
struct Prompts {
  std::string first = "relay> ";
  std::string next = "  ...> ";
};

// An input as a terminal shows it: its rows, and where the cursor stands. A line that is wider than the window goes on in the
// next row; control characters are shown, not sent.
struct Picture {
  std::vector<std::string> rows;  // with colours
  std::vector<std::size_t> widths;  // of the rows, in columns
  std::size_t cursor_row = 0;
  std::size_t cursor_column = 0;
};

struct Window {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

// Bound: no more rows than the window has: of a longer input those around the cursor.
[[nodiscard]] Picture picture(std::string_view text, std::size_t cursor, const Prompts& prompts, const Window& window,
                              Colours colours);

}  // namespace relay::repl
