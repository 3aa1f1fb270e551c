#pragma once

#include <cstddef>

#include "value/value.h"

namespace relay {

// Appends to `out` each element of [from, to) of `list` that equals none of `out`. `seen` remembers what
// stands in `out` from call to call: an object that finds positions by hash; it begins as an empty object.
void append_unseen(Value& out, Value& seen, const Value& list, std::size_t from, std::size_t to);

// The same for a whole small array, with a table of its own.
[[nodiscard]] Value unique_of(const Value& list);

}  // namespace relay
