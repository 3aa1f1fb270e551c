#pragma once

#include <cstdint>
#include <span>

#include "value/array_block.h"
#include "value/raw_values.h"
#include "value/value.h"

namespace relay::array {

// Arrays of the language: immutable sequences with structural sharing. A function that takes `Value& self`
// turns it into the changed array: in place when nobody else holds what it changes, else by copying one path.
// Positions must be in bounds: the caller has checked and spoken.
//
// Cost:  at, push, pop, set O(log32 n), and at most once kWideWidth for a shared stretch; a small array is one block.
// Bound: 2^32 - 1 elements.

[[nodiscard]] inline ArrayBlock* block(const Value& value) { return value.block_as<ArrayBlock>(); }

[[nodiscard]] Value make();
// Takes the elements, which become undefined.
[[nodiscard]] Value make(std::span<Value> elements);
[[nodiscard]] inline std::size_t size(const Value& self) { return block(self)->count; }
[[nodiscard]] inline const Value& at(const Value& self, std::size_t index) {
  const ArrayBlock* array = block(self);
  return array->is_large() ? array->tree().at(index) : array->elements()[index];
}
// The longest stretch of elements that begins at `index` and lies together in memory; empty at the end.
// For loops over all elements: at most one lookup each 32.
[[nodiscard]] inline std::span<const Value> run_at(const Value& self, std::size_t index) {
  const ArrayBlock* array = block(self);
  if (array->is_large()) return array->tree().run_at(index);
  return {array->elements() + index, array->count - index};
}

namespace detail {
void push_slow(Value& self, Value&& element);
void set_slow(Value& self, std::size_t index, Value&& element);
}  // namespace detail

inline void push(Value& self, Value&& element) {
  ArrayBlock* array = block(self);
  if (!array->is_unique()) return detail::push_slow(self, std::move(element));
  const std::uint8_t flag = function_flag(element);
  if (array->is_large()) {
    array->tree().push(std::move(element));
  } else if (array->count < array->extra) {
    new (array->elements() + array->count) Value(std::move(element));
  } else {
    return detail::push_slow(self, std::move(element));
  }
  if (array->checked_type != 0) array->checked_type = 0;
  array->flags |= flag;
  ++array->count;
}
inline void push(Value& self, const Value& element) { push(self, Value(element)); }
inline void set(Value& self, std::size_t index, Value&& element) {
  ArrayBlock* array = block(self);
  if (!array->is_unique()) return detail::set_slow(self, index, std::move(element));
  if (array->is_large()) {
    const bool is_plain = (array->flags & Block::kOwnsNodes) != 0 && function_flag(element) == 0;
    if (!is_plain) return detail::set_slow(self, index, std::move(element));
    array->tree().owned_place(index) = std::move(element);
  } else {
    array->flags |= function_flag(element);
    array->elements()[index] = std::move(element);
  }
  array->checked_type = 0;
}
// Takes the last element away and gives it. Not for an empty array.
Value pop(Value& self);
// Appends all of `tail`.
void append(Value& self, const Value& tail);
// Appends copies of `elements`, which are not elements of `self`: for loops that append in slices.
void append_run(Value& self, std::span<const Value> elements);
// Elements from `from` to before `to`.
[[nodiscard]] Value slice(const Value& self, std::size_t from, std::size_t to);
// The first `count` elements; O(log32 n) but for what is freed.
void truncate(Value& self, std::size_t count);

// The type that all elements are known to conform to, as an id of the program; 0 when none is known. Every change
// of the array forgets it; what check_elements remembers in the nodes stays where nothing changed.
[[nodiscard]] inline std::uint32_t checked_type(const Value& self) { return block(self)->checked_type; }

// Whether conforms(element) holds for all elements. Marks what passes with `type_id` (not 0) and skips what is
// marked, so a check after a push costs no more than the push. Immortal arrays are never marked.
template <typename F>
[[nodiscard]] bool check_elements(const Value& self, std::uint32_t type_id, F&& conforms) {
  ArrayBlock* array = block(self);
  if (array->checked_type == type_id) return true;
  if (array->is_large()) {
    if (!array->is_immortal()) array->flags &= static_cast<std::uint8_t>(~Block::kOwnsNodes);
    if (!check_tree(array->tree(), type_id, 0, 1, conforms)) return false;
  } else {
    for (std::uint32_t i = 0; i < array->count; ++i) {
      if (!conforms(array->elements()[i])) return false;
    }
  }
  if (!array->is_immortal()) array->checked_type = type_id;
  return true;
}

}  // namespace relay::array
