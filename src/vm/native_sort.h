#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "vm/script_error.h"
#include "vm/value_work.h"

namespace relay {

// How sort(), sort_by(), min() and max() order values: numbers (NaN last), strings by code point, datetimes.

// A stretch in order: the keys, and with sort_by the values that go with them (nil with sort).
struct Run {
  Value keys;
  Value values;
};

// Sorts (stably) keys from position `at` on, as many as one step may handle, and moves `at` behind them.
// `keys` is not empty; `values` is nil or an array as long. A key that stands alone is compared with nothing,
// and may be anything. Errors: `cannot compare number and string` (kind `type`).
[[nodiscard]] bool sort_stretch(const Value& keys, const Value& values, std::size_t& at, Run& out,
                                ScriptError& error);

// Two keys that are comparable, in steps: of long strings a piece at a time.
class KeyOrder {
 public:
  // True when is_less() is known, and the next call is for another pair.
  [[nodiscard]] bool advance(NativeContext& context, const Value& a, const Value& b);
  [[nodiscard]] bool is_less() const { return is_less_; }

 private:
  bool is_less_ = false;
  std::optional<TextOrder> long_texts_;
};

// Sorts an array stably, piece by piece: short runs, two of which are merged as soon as they are of one size. Gives the
// keys, or the values where there are some.
class SortWork final : public NativeWork {
 public:
  // `values` is nil or an array as long as `keys`.
  SortWork(const Value& keys, const Value& values) : keys_(keys), values_(values) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  struct Sorted {
    Run run;
    std::size_t level;  // how often it has been merged
  };
  [[nodiscard]] bool must_merge() const;
  void begin_merge();
  void merge(NativeContext& context);
  void take(Run& from, std::size_t& position);

  Value keys_;
  Value values_;
  std::size_t at_ = 0;
  std::vector<Sorted> runs_;  // the last two are being merged while merged_ holds keys
  Run merged_;
  std::size_t left_at_ = 0;
  std::size_t right_at_ = 0;
  KeyOrder order_;
};

enum class Extreme { kLeast, kGreatest };

// The first least or greatest element of an array; nil when it is empty. Errors: as of sort_stretch().
class ExtremeWork final : public NativeWork {
 public:
  ExtremeWork(const Value& list, Extreme which) : list_(list), which_(which) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override { visitor(list_); }

 private:
  Value list_;
  Extreme which_;
  std::size_t at_ = 1;
  std::size_t best_ = 0;
  KeyOrder order_;
};

}  // namespace relay
