#pragma once

#include <cstddef>
#include <span>

#include "vm/native.h"

namespace relay {

// What range(to), range(from, to) or range(from, to, step) runs over: from, from + step, ... before `to`.
struct Range {
  double from = 0;
  double to = 0;
  double step = 1;

  // Whether adding the step again and again gives the elements exactly.
  [[nodiscard]] bool is_exact() const;
  // Elements; at most SIZE_MAX / 2.
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] double at(std::size_t index) const { return from + static_cast<double>(index) * step; }
};

// The range that the arguments of range() mean; a third one that is nil counts as not given. Also for
// `for ... in range(...)`. Errors: no numbers, NaN or infinite (kind `type`, `argument`), step 0 (kind
// `argument`).
[[nodiscard]] bool read_range(std::span<const Value> args, Range& out, ScriptError& error);

// Appends elements to `out`, which holds the first ones of the range, until it holds `count`.
void append_range(Value& out, const Range& range, std::size_t count);

}  // namespace relay
