#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "value/value.h"

// The work of string methods on a stretch of text: the methods do short texts in one step, the prelude goes
// on with long ones step by step. Positions are bytes and lie between code points; `at` moves behind what has
// been done and is text.size() at the end. A step is as long as vm_limits.h allows for its kind of work.

namespace relay {

enum class Letters { kUpper, kLower };
[[nodiscard]] std::string case_step(std::string_view text, Letters letters, std::size_t& at);

// The text backwards; here `at` counts from the end of the text: 0 at first, text.size() at the end.
[[nodiscard]] std::string reverse_step(std::string_view text, std::size_t& at);

// The text with each `old` as `next`. `old` is not empty.
[[nodiscard]] std::string replace_step(std::string_view text, std::string_view old, std::string_view next,
                                       std::size_t& at);
// What a step over so many bytes costs at most.
[[nodiscard]] std::size_t replace_cost(std::size_t bytes, std::string_view old);

// Appends what stands between the separators (not empty), the last part also. `at` past text.size() is the
// end: a text that ends with a separator has an empty last part.
void split_step(Value& out, std::string_view text, std::string_view separator, std::size_t& at);

// Appends the code points as strings.
void chars_step(Value& out, std::string_view text, std::size_t& at);

}  // namespace relay
