#pragma once

#include <cstddef>

#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// How sort(), sort_by(), min() and max() order values: numbers (NaN last), strings by code point, datetimes.

// Whether two keys can be ordered. Errors: `cannot compare number and string` (kind `type`).
[[nodiscard]] bool are_comparable(const Value& first, const Value& key, ScriptError& error);
// Of two values that are comparable.
[[nodiscard]] bool is_less(const Value& a, const Value& b);
// Bytes that comparing this key may have to look at: strings may share long beginnings.
[[nodiscard]] std::size_t compare_bytes(const Value& key);

// A stretch in order: the keys, and with sort_by the values that go with them (nil with sort).
struct Run {
  Value keys;
  Value values;
};

// Sorts (stably) keys from position `at` on, as many as one step may handle, and moves `at` behind them.
// `keys` is not empty; `values` is nil or an array as long. A key that stands alone is compared with nothing,
// and may be anything.
[[nodiscard]] bool sort_stretch(const Value& keys, const Value& values, std::size_t& at, Run& out,
                                ScriptError& error);

// Appends to `out` what comes next of `left` from `i` on and `right` from `j` on, as much as one step may
// handle. Equal keys: those of `left` first.
void merge_stretch(const Run& left, const Run& right, std::size_t& i, std::size_t& j, Run& out);

enum class Extreme { kLeast, kGreatest };
// Looks for the first least or greatest element from position `at` on, as far as one step may, and moves `at`
// behind what it has seen. `best` is what has been found before `at`; nil at the beginning.
[[nodiscard]] bool find_extreme(const Value& list, Extreme which, std::size_t& at, Value& best,
                                ScriptError& error);

}  // namespace relay
