#include "vm/native_sort.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

bool is_number_less(double a, double b) {
  return a < b || (std::isnan(b) && !std::isnan(a));
}

// The first eight bytes of a string as a number that orders as they do.
std::uint64_t prefix_of(std::string_view text) {
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, text.data(), std::min<std::size_t>(text.size(), sizeof prefix));
  return __builtin_bswap64(prefix);
}

struct TextKey {
  std::uint64_t prefix;
  std::string_view text;
  std::uint32_t position;
};

struct NumberKey {
  double number;
  std::uint32_t position;
};

struct TimeKey {
  std::int64_t time;
  std::uint32_t position;
};

bool operator<(const TextKey& a, const TextKey& b) {
  return a.prefix != b.prefix ? a.prefix < b.prefix : a.text < b.text;
}
bool operator<(const NumberKey& a, const NumberKey& b) {
  return is_number_less(a.number, b.number);
}
bool operator<(const TimeKey& a, const TimeKey& b) {
  return a.time < b.time;
}

template <typename Key, typename MakeKey>
std::vector<std::uint32_t> sorted_positions(std::span<const Value* const> keys, MakeKey make_key) {
  std::vector<Key> order;
  order.reserve(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) order.push_back(make_key(*keys[i], i));
  std::stable_sort(order.begin(), order.end());
  std::vector<std::uint32_t> positions;
  positions.reserve(order.size());
  for (const Key& key : order) positions.push_back(key.position);
  return positions;
}

std::vector<std::uint32_t> order_of(std::span<const Value* const> keys) {
  const Value& first = *keys.front();
  if (first.is_number()) {
    return sorted_positions<NumberKey>(keys, [](const Value& key, std::uint32_t i) {
      return NumberKey{key.as_number(), i};
    });
  }
  if (first.is_datetime()) {
    return sorted_positions<TimeKey>(keys, [](const Value& key, std::uint32_t i) {
      return TimeKey{datetime::nanoseconds(key), i};
    });
  }
  if (!first.is_string()) return {0};
  return sorted_positions<TextKey>(keys, [](const Value& key, std::uint32_t i) {
    const std::string_view text = string::text(key);
    return TextKey{prefix_of(text), text, i};
  });
}

// Plain numbers need no positions: equal ones cannot be told apart.
Value sorted_numbers(std::span<const Value* const> keys) {
  std::vector<double> numbers;
  numbers.reserve(keys.size());
  for (const Value* key : keys) numbers.push_back(key->as_number());
  std::sort(numbers.begin(), numbers.end(), is_number_less);
  Value out = array::make();
  for (const double number : numbers) array::push(out, Value(number));
  return out;
}

// Whether two keys can be ordered.
bool are_comparable(const Value& first, const Value& key, ScriptError& error) {
  const bool is_ordered = key.is_number() || key.is_string() || key.is_datetime();
  if (is_ordered && first.type() == key.type()) return true;
  error = runtime_error(
      "type", "cannot compare " + std::string(type_name(first)) + " and " + std::string(type_name(key)));
  return false;
}

// The keys of [begin, end), checked against the first of all, as many as one step may compare.
bool take_keys(const Value& keys, std::size_t begin, std::size_t end, std::vector<const Value*>& out,
               ScriptError& error) {
  std::size_t bytes = 0;
  const Value& first = array::at(keys, 0);
  for (std::size_t i = begin; i < end && (bytes <= kStepBytes || out.empty()); ++i) {
    const Value& key = array::at(keys, i);
    if (i > 0 && !are_comparable(first, key, error)) return false;
    if (key.is_string()) bytes += string::size(key);
    out.push_back(&key);
  }
  return true;
}

}  // namespace

bool KeyOrder::advance(NativeContext& context, const Value& a, const Value& b) {
  if (long_texts_) {
    if (!long_texts_->advance(context)) return false;
    is_less_ = long_texts_->order() == Order::kLess;
    long_texts_.reset();
    return true;
  }
  if (a.is_number()) {
    is_less_ = is_number_less(a.as_number(), b.as_number());
  } else if (a.is_datetime()) {
    is_less_ = datetime::nanoseconds(a) < datetime::nanoseconds(b);
  } else if (TextOrder::is_short(a, b)) {
    is_less_ = !a.is_same(b) && string::text(a) < string::text(b);
    if (!a.is_same(b)) context.charge(cost_of_bytes(std::min(string::size(a), string::size(b))));
  } else {
    long_texts_.emplace(a, b);
    return advance(context, a, b);
  }
  return true;
}

bool sort_stretch(const Value& keys, const Value& values, std::size_t& at, Run& out, ScriptError& error) {
  const std::size_t begin = at;
  const std::size_t end = std::min(array::size(keys), begin + kSlowStepElements);
  std::vector<const Value*> stretch;
  stretch.reserve(end - begin);
  if (!take_keys(keys, begin, end, stretch, error)) return false;
  at = begin + stretch.size();
  if (values.is_nil() && stretch.front()->is_number()) {
    out = {sorted_numbers(stretch), Value::nil()};
    return true;
  }
  out = {array::make(), values.is_nil() ? Value::nil() : array::make()};
  for (const std::uint32_t position : order_of(stretch)) {
    array::push(out.keys, *stretch[position]);
    if (!values.is_nil()) array::push(out.values, array::at(values, begin + position));
  }
  return true;
}

NativeWork::Progress SortWork::advance(NativeContext& context, Value& result) {
  const std::size_t size = array::size(keys_);
  if (!merged_.keys.is_undefined()) {
    merge(context);
  } else if (must_merge()) {
    begin_merge();
  } else if (at_ < size) {
    const std::size_t before = at_;
    Run run;
    if (!sort_stretch(keys_, values_, at_, run, context.error())) return Progress::kError;
    context.charge(at_ - before);
    runs_.push_back({std::move(run), 0});
  }
  if (at_ < size || runs_.size() > 1 || !merged_.keys.is_undefined()) return Progress::kUnfinished;
  if (runs_.empty()) {
    result = values_.is_nil() ? std::move(keys_) : std::move(values_);
    return Progress::kDone;
  }
  Run& whole = runs_.back().run;
  result = values_.is_nil() ? std::move(whole.keys) : std::move(whole.values);
  return Progress::kDone;
}

// Two runs of one level, or any two when there are no more keys. So few runs wait, and few keys are merged often.
bool SortWork::must_merge() const {
  const std::size_t count = runs_.size();
  if (count < 2) return false;
  return at_ == array::size(keys_) || runs_[count - 2].level <= runs_[count - 1].level;
}

void SortWork::begin_merge() {
  merged_ = {array::make(), values_.is_nil() ? Value::nil() : array::make()};
  left_at_ = 0;
  right_at_ = 0;
}

// Takes what comes next of the last two runs. Equal keys: those of the earlier run first.
void SortWork::merge(NativeContext& context) {
  Sorted& left = runs_[runs_.size() - 2];
  Sorted& right = runs_.back();
  const std::size_t left_size = array::size(left.run.keys);
  const std::size_t right_size = array::size(right.run.keys);
  context.charge(kSlowStepElements / 2);
  for (std::size_t n = 0; n < kSlowStepElements / 2 && (left_at_ < left_size || right_at_ < right_size); ++n) {
    bool is_right = left_at_ == left_size;
    if (left_at_ < left_size && right_at_ < right_size) {
      const Value& b = array::at(right.run.keys, right_at_);
      if (!order_.advance(context, b, array::at(left.run.keys, left_at_))) return;
      is_right = order_.is_less();
    }
    take(is_right ? right.run : left.run, is_right ? right_at_ : left_at_);
  }
  if (left_at_ < left_size || right_at_ < right_size) return;
  left = {std::move(merged_), std::max(left.level, right.level) + 1};
  merged_ = {};
  runs_.pop_back();
}

void SortWork::take(Run& from, std::size_t& position) {
  array::push(merged_.keys, array::at(from.keys, position));
  if (!from.values.is_nil()) array::push(merged_.values, array::at(from.values, position));
  ++position;
}

void SortWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(keys_);
  visitor(values_);
  for (const Sorted& sorted : runs_) {
    visitor(sorted.run.keys);
    visitor(sorted.run.values);
  }
  visitor(merged_.keys);
  visitor(merged_.values);
}

NativeWork::Progress ExtremeWork::advance(NativeContext& context, Value& result) {
  const std::size_t size = array::size(list_);
  const std::size_t end = std::min(size, at_ + kSlowStepElements);
  context.charge(cost_of_elements(end - std::min(at_, end)));
  for (; at_ < end; ++at_) {
    const Value& best = array::at(list_, best_);
    const Value& next = array::at(list_, at_);
    if (!are_comparable(best, next, context.error())) return Progress::kError;
    const bool is_least = which_ == Extreme::kLeast;
    if (!order_.advance(context, is_least ? next : best, is_least ? best : next)) return Progress::kUnfinished;
    if (order_.is_less()) best_ = at_;
  }
  if (at_ < size) return Progress::kUnfinished;
  result = size == 0 ? Value::nil() : Value(array::at(list_, best_));
  return Progress::kDone;
}

}  // namespace relay
