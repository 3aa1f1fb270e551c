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

// The keys of [begin, end), checked against the first of all, as many as one step may compare.
bool take_keys(const Value& keys, std::size_t begin, std::size_t end, std::vector<const Value*>& out,
               ScriptError& error) {
  std::size_t bytes = 0;
  const Value& first = array::at(keys, 0);
  for (std::size_t i = begin; i < end && (bytes <= kStepBytes || out.empty()); ++i) {
    const Value& key = array::at(keys, i);
    if (i > 0 && !are_comparable(first, key, error)) return false;
    if (key.is_string()) bytes += compare_bytes(key);
    out.push_back(&key);
  }
  return true;
}

void take_next(const Run& from, std::size_t& position, Run& out) {
  array::push(out.keys, array::at(from.keys, position));
  if (!from.values.is_nil()) array::push(out.values, array::at(from.values, position));
  ++position;
}

}  // namespace

bool are_comparable(const Value& first, const Value& key, ScriptError& error) {
  const bool is_ordered = key.is_number() || key.is_string() || key.is_datetime();
  if (is_ordered && first.type() == key.type()) return true;
  error = runtime_error(
      "type", "cannot compare " + std::string(type_name(first)) + " and " + std::string(type_name(key)));
  return false;
}

bool is_less(const Value& a, const Value& b) {
  if (a.is_number()) return is_number_less(a.as_number(), b.as_number());
  if (a.is_string()) return string::text(a) < string::text(b);
  return datetime::nanoseconds(a) < datetime::nanoseconds(b);
}

std::size_t compare_bytes(const Value& key) {
  return key.is_string() ? string::size(key) : sizeof(Value);
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

void merge_stretch(const Run& left, const Run& right, std::size_t& i, std::size_t& j, Run& out) {
  const std::size_t left_size = array::size(left.keys);
  const std::size_t right_size = array::size(right.keys);
  std::size_t bytes = 0;
  for (std::size_t n = 0; n < kSlowStepElements && bytes <= kStepBytes && (i < left_size || j < right_size);
       ++n) {
    bool is_right = i == left_size;
    if (i < left_size && j < right_size) {
      const Value& a = array::at(left.keys, i);
      const Value& b = array::at(right.keys, j);
      is_right = is_less(b, a);
      bytes += std::min(compare_bytes(a), compare_bytes(b));
    }
    take_next(is_right ? right : left, is_right ? j : i, out);
  }
}

bool find_extreme(const Value& list, Extreme which, std::size_t& at, Value& best, ScriptError& error) {
  const std::size_t end = std::min(array::size(list), at + kStepElements);
  if (at == 0 && end > 0) best = array::at(list, at++);
  const Value* found = &best;
  std::size_t bytes = 0;
  for (; at < end && bytes <= kStepBytes; ++at) {
    const Value& next = array::at(list, at);
    if (!are_comparable(*found, next, error)) return false;
    bytes += std::min(compare_bytes(*found), compare_bytes(next));
    const bool is_better = which == Extreme::kLeast ? is_less(next, *found) : is_less(*found, next);
    if (is_better) found = &next;
  }
  if (found != &best) best = Value(*found);
  return true;
}

}  // namespace relay
