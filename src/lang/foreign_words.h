#pragma once

#include <string>
#include <string_view>

namespace relay {

// Words of other languages where Relay has something else: what to write instead, for hints. Empty for all other words.

// At the start of a statement or an operand: `class`, `switch`, `new`, `not`.
[[nodiscard]] std::string_view instead_of_opening_word(std::string_view word);
// Behind an operand or a block: `and`, `elif`, `finally`.
[[nodiscard]] std::string_view instead_of_joining_word(std::string_view word);
// The reserved word that a misspelt one before an operand is meant to be: `retrun`.
[[nodiscard]] std::string reserved_word_like(std::string_view word);
// As a value or a function: `null`, `True`, `str`.
[[nodiscard]] std::string_view instead_of_name(std::string_view name);

// With which other languages bind a variable: `let`; define a function: `function`.
[[nodiscard]] bool binds_variables_elsewhere(std::string_view word);
[[nodiscard]] bool defines_functions_elsewhere(std::string_view word);

}  // namespace relay
