#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relay::client {

// The JSON of one argument of a command line: JSON as it is, else a literal of the language (`{a: nil}`,
// `:text`, `2024-01-01`), else the word itself as a string. What begins like a list, an object or a quoted
// string must be one. Errors: kParse, what is wrong and at which column.
[[nodiscard]] Result<std::string> argument_json(std::string_view word);

// The `params` of a call: an array, or an object where the words are `name=value`.
// Errors: kParse, naming the argument; also for words of both kinds, and for a name given twice.
[[nodiscard]] Result<std::string> params_json(std::span<const std::string> words);

// The words of a line: white space parts them but inside of quotes and brackets, which stay part of the word.
// Errors: kParse for a quote or bracket that is never closed.
[[nodiscard]] Result<std::vector<std::string>> split_words(std::string_view line);

}  // namespace relay::client
