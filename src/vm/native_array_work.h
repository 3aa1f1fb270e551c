#pragma once

#include <cstddef>
#include <limits>
#include <span>

#include "value/array.h"
#include "value/value.h"
#include "vm/script_error.h"

// The work of array methods on a stretch of elements: the methods do it in one go on small arrays, the steps of the
// prelude piece by piece on large ones.

namespace relay {

inline constexpr std::size_t kNoElement = std::numeric_limits<std::size_t>::max();

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
// The first position in [from, to) whose element equals `wanted`, or kNoElement.
[[nodiscard]] std::size_t find_equal(const Value& list, const Value& wanted, std::size_t from, std::size_t to);
// Adds the elements to `sum`. Errors: `cannot add number and string`.
[[nodiscard]] bool add_stretch(const Value& list, std::size_t from, std::size_t to, double& sum, ScriptError& error);
// Appends the pairs [a[i], b[i]].
void append_pairs(Value& out, const Value& a, const Value& b, std::size_t from, std::size_t to);
// Appends elements of `source` from `from` on, those of arrays in their place, until about `room` have been appended or
// an array comes that is larger than what is left. Returns the position of the first element not looked at.
std::size_t append_flat(Value& out, const Value& source, std::size_t from, std::size_t room);
// Elements after flattening; stops counting past `enough`.
[[nodiscard]] std::size_t flat_size(const Value& list, std::size_t enough);

}  // namespace relay
