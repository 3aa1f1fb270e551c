#include <algorithm>
#include <bit>
#include <limits>

#include "value/array.h"
#include "value/boxed.h"
#include "value/equal.h"
#include "value/function.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

std::uint64_t mix(std::uint64_t seed, std::uint64_t word) {
  std::uint64_t state = (seed ^ word) * 0x9E3779B97F4A7C15u;
  state ^= state >> 32;
  state *= 0xD6E8FEB86659FD93u;
  return state ^ (state >> 32);
}

std::uint64_t hash_number(double number) {
  if (number == 0) number = 0;  // -0 equals 0
  if (number != number) number = std::numeric_limits<double>::quiet_NaN();
  return mix(1, std::bit_cast<std::uint64_t>(number));
}

constexpr std::size_t kBytesPerUnit = 64;

bool is_container(const Value& value) { return value.is_array() || value.is_object() || value.is_struct(); }

std::uint64_t hash_leaf(const Value& value) {
  if (value.is_number()) return hash_number(value.as_number());
  if (value.is_string()) return mix(2, string::hash(value));
  if (value.is_datetime()) return mix(3, static_cast<std::uint64_t>(datetime::nanoseconds(value)));
  if (value.is_server()) return mix(4, string::hash(server::name(value)));
  if (value.is_function() && function::info(value)->is_builtin) {
    return mix(5, reinterpret_cast<std::uintptr_t>(function::info(value)));
  }
  return mix(6, value.bits());
}

std::size_t cost_of_leaf(const Value& value) {
  return value.is_string() ? 1 + string::size(value) / kBytesPerUnit : 1;
}

const Value* child_at(const Value& value, std::size_t position) {
  if (value.is_object()) return position == object::kNone ? nullptr : object::entry(value, position).content;
  if (value.is_array()) return position < array::size(value) ? &array::at(value, position) : nullptr;
  return position < value.block()->extra ? &structure::at(value, static_cast<std::uint32_t>(position)) : nullptr;
}

}  // namespace

bool ValueHash::advance(std::size_t& budget) {
  if (!has_begun_) {
    has_begun_ = true;
    (void)enter(value_, budget);
  }
  while (!open_.empty() && budget != 0) advance_innermost(budget);
  return open_.empty();
}

// True when `value` has been opened; else result_ is its hash.
bool ValueHash::enter(const Value& value, std::size_t& budget) {
  budget -= std::min(budget, cost_of_leaf(value));
  if (!is_container(value)) {
    result_ = hash_leaf(value);
    return false;
  }
  if (!value.is_unique()) {
    const auto known = known_.find(value.bits());
    if (known != known_.end()) {
      result_ = known->second;
      return false;
    }
  }
  const std::size_t first = value.is_object() ? object::first(value) : 0;
  open_.push_back({&value, first, mix(6, static_cast<std::uint64_t>(value.block()->kind))});
  return true;
}

// Hashes children of the innermost container until one opens, all are done or the budget is used up.
void ValueHash::advance_innermost(std::size_t& budget) {
  const std::size_t depth = open_.size();
  while (true) {
    Open& open = open_[depth - 1];
    const Value* child = child_at(*open.value, open.position);
    if (child == nullptr) return close();
    if (enter(*child, budget)) return;
    take(open_[depth - 1]);
    if (budget == 0) return;
  }
}

void ValueHash::close() {
  const Open done = open_.back();
  open_.pop_back();
  result_ = mix(7, done.state);
  if (!done.value->is_unique()) known_.emplace(done.value->bits(), result_);
  if (!open_.empty()) take(open_.back());
}

// Adds result_, the hash of the current child, and steps on. Entries of objects count in any order.
void ValueHash::take(Open& open) const {
  const Value& value = *open.value;
  if (!value.is_object()) {
    open.state = mix(open.state, result_);
    ++open.position;
    return;
  }
  open.state += mix(string::hash(*object::entry(value, open.position).key), result_);
  open.position = object::next(value, open.position);
}

std::uint64_t hash_value(const Value& value) {
  if (!is_container(value)) return hash_leaf(value);
  ValueHash hash(value);
  std::size_t budget = SIZE_MAX;
  (void)hash.advance(budget);
  return hash.result();
}

}  // namespace relay
