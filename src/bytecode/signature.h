#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relay::bytecode {

// No upper bound of the number of arguments.
inline constexpr std::uint16_t kMany = 0xFFFF;

// How a builtin function or a method is called, in the words of the language: `(from: number, to:
// optional(number)) -> string`. A last parameter with `...` before its name stands for any number of
// arguments, none included. Types beyond those of the language, which depend on the receiver:
//   T       its elements (of an array) or the contents of its fields (of an object)
//   Self    its own type
//   More    its own type, with the last argument as a further element or content
//   Joined  its own type and that of the last argument, joined
struct Signature {
  std::string_view name;
  std::string_view text;
  std::uint16_t fewest = 0;
  std::uint16_t most = 0;  // kMany: no upper bound
};

// Counts the parameters that the text has; those of type `optional(T)` may be left out.
constexpr Signature make_signature(std::string_view name, std::string_view text) {
  Signature made{name, text, 0, 0};
  std::size_t begin = 1;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool closes = c == ')' || c == ']' || c == '}';
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (closes) --depth;
    const bool ends_parameter = (c == ',' && depth == 1) || (closes && depth == 0);
    if (!ends_parameter) continue;
    const std::string_view parameter = text.substr(begin, i - begin);
    begin = i + 1;
    if (parameter.find("...") != std::string_view::npos) {
      made.most = kMany;
    } else if (!parameter.empty()) {
      ++made.most;
      if (parameter.find(": optional(") == std::string_view::npos) made.fewest = made.most;
    }
    if (depth == 0) break;
  }
  return made;
}

// "1 argument", "1 to 2 arguments", "at least 2 arguments": for messages about any function.
[[nodiscard]] std::string expected_count(std::size_t fewest, std::size_t most);

}  // namespace relay::bytecode
