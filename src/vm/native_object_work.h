#pragma once

#include <cstddef>

#include "value/object.h"
#include "value/value.h"

// The work of object methods on a stretch of entries; see native_array_work.h.

namespace relay {

enum class EntryPart { kKey, kContent, kBoth };

// Appends to `out` the keys, contents or [key, content] pairs of up to `room` entries from `position` on;
// moves `position` behind them (object::kNone at the end).
void append_entries(Value& out, const Value& object, EntryPart part, std::size_t& position, std::size_t room);

// Sets up to `room` entries of `other` from `position` on in `self`; moves `position` behind them.
void merge_entries(Value& self, const Value& other, std::size_t& position, std::size_t room);

}  // namespace relay
