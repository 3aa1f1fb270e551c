#pragma once

#include <cstddef>
#include <span>

#include "value/array.h"
#include "value/value.h"
#include "vm/script_error.h"

// The work of array methods on a stretch of elements: the methods do it in one go on small arrays, the steps
// of the prelude piece by piece on large ones.

namespace relay {

// Calls visit(element) for each element of [from, to) in order, until it returns false. False when it did.
template <typename F>
bool for_stretch(const Value& list, std::size_t from, std::size_t to, F&& visit) {
  while (from < to) {
    std::span<const Value> run = array::run_at(list, from);
    if (run.size() > to - from) run = run.first(to - from);
    for (const Value& element : run) {
      if (!visit(element)) return false;
    }
    from += run.size();
  }
  return true;
}

// Equal as collections see it: NaN equals itself.
[[nodiscard]] bool equal_inside(const Value& a, const Value& b);

void append_stretch(Value& out, const Value& source, std::size_t from, std::size_t to);
// Appends [from, to) of `source` last element first.
void append_reversed(Value& out, const Value& source, std::size_t from, std::size_t to);
// Adds the elements to `sum`. Errors: `cannot add number and string`.
[[nodiscard]] bool add_stretch(const Value& list, std::size_t from, std::size_t to, double& sum,
                               ScriptError& error);
// Appends the pairs [a[i], b[i]].
void append_pairs(Value& out, const Value& a, const Value& b, std::size_t from, std::size_t to);
// Where flattening has come to: the next element, and in it, when it is an array, its next element.
struct FlatPosition {
  std::size_t outer = 0;
  std::size_t inner = 0;
};
// Appends the elements of `source` from `at` on, those of arrays in their place, at most about `room` of
// them.
void append_flat(Value& out, const Value& source, FlatPosition& at, std::size_t room);

}  // namespace relay
