#pragma once

#include <string_view>

namespace relay::repl {

enum class Completeness { kWhole, kUnfinished };

// Whether `text` can be evaluated as it is (perhaps to learn what is wrong with it), or a further line must come: a
// bracket, string or comment is open, or what stands at its end needs more (spec language.md, Line breaks).
[[nodiscard]] Completeness completeness(std::string_view text);

// Whether the line goes on with what was whole before it: `.name`, an operator other than `-`, `else`, `catch`.
[[nodiscard]] bool continues_input(std::string_view line);

// Whether the text holds nothing to evaluate: blanks and comments.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace relay::repl
