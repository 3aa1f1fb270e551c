#pragma once

#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// What `of[index]` gives: an array's element, an object's field (nil if absent), a struct's field, a string's
// code point. Errors: false, and `error` says why.
[[nodiscard]] bool element_of(const Value& of, const Value& index, Value& out, ScriptError& error);

// The code point number `index` of a string, as a string; in bounds.
[[nodiscard]] Value character_at(const Value& text, std::size_t index);

// `array index out of bounds: index 5, length 3` (kind `range`); `what` is array or string.
[[nodiscard]] ScriptError out_of_bounds(std::string_view what, const Value& index, std::size_t length);

}  // namespace relay
