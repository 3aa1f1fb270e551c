#pragma once

#include <cstdint>
#include <span>

#include "value/value.h"

namespace relay::array {

// Arrays of the language: immutable sequences with structural sharing. A function that takes `Value& self`
// turns it into the changed array: in place when nobody else holds what it changes, else by copying one path.
// Positions must be in bounds: the caller has checked and spoken.
//
// Cost: at, push, pop, set O(log32 n); a small array is one block.

[[nodiscard]] Value make();
// Takes the elements, which become undefined.
[[nodiscard]] Value make(std::span<Value> elements);
[[nodiscard]] std::size_t size(const Value& self);
[[nodiscard]] const Value& at(const Value& self, std::size_t index);
// The longest stretch of elements that begins at `index` and lies together in memory; empty at the end.
// For loops over all elements: at most one lookup each 32.
[[nodiscard]] std::span<const Value> run_at(const Value& self, std::size_t index);

void push(Value& self, Value element);
void set(Value& self, std::size_t index, Value element);
// Takes the last element away and gives it. Not for an empty array.
Value pop(Value& self);
// Appends all of `tail`.
void append(Value& self, const Value& tail);
// Elements from `from` to before `to`.
[[nodiscard]] Value slice(const Value& self, std::size_t from, std::size_t to);

}  // namespace relay::array
