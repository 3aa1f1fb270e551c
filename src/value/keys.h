#pragma once

#include <cstddef>
#include <string_view>

#include "value/object_block.h"

namespace relay::object {

// The key lists of small objects.

// Immortal and empty.
extern constinit KeysBlock no_keys;
// Finds by identity first, then by hash and text; kNone (value/object.h) when it is not there.
[[nodiscard]] std::size_t index_in_keys(const KeysBlock* keys, const Value& key);
[[nodiscard]] std::size_t index_in_keys(const KeysBlock* keys, std::string_view key);
// Appends a key that is not there; in place when the list has count 1. `place` holds a count.
void append_key(Block*& place, Value key);
void remove_key(Block*& place, std::size_t index);

}  // namespace relay::object
