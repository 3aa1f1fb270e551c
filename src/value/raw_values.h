#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

#include "value/value.h"

namespace relay {

// Values in the memory of blocks, whose lifetimes the blocks manage themselves.

// Moves `count` values into raw memory; the sources are raw memory afterwards. The ranges may overlap.
inline void relocate_values(Value* to, Value* from, std::size_t count) {
  std::memmove(static_cast<void*>(to), static_cast<const void*>(from), count * sizeof(Value));
}
// Moves values into raw memory; the sources become undefined.
inline void move_values(Value* to, Value* from, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) new (to + i) Value(std::move(from[i]));
}
inline void copy_values(Value* to, const Value* from, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) new (to + i) Value(from[i]);
}
inline void destroy_values(Value* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) values[i].~Value();
}
// The flag that a block takes over from a value stored in it.
[[nodiscard]] inline std::uint8_t function_flag(const Value& value) {
  return value.is_block() ? static_cast<std::uint8_t>(value.block()->flags & Block::kHoldsFunction) : std::uint8_t{0};
}
[[nodiscard]] inline std::uint8_t function_flags(const Value* values, std::size_t count) {
  std::uint8_t flags = 0;
  for (std::size_t i = 0; i < count; ++i) flags |= function_flag(values[i]);
  return flags;
}

}  // namespace relay
