#include <boost/unordered/unordered_flat_map.hpp>

#include <bit>
#include <limits>
#include <vector>

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

// A container under way: what its children have come to so far.
struct Open {
  const Value* value;
  std::size_t position;
  std::uint64_t state;
};

class Hashing {
 public:
  std::uint64_t run(const Value& value) {
    if (!enter(value)) return result_;
    while (!open_.empty()) advance();
    return result_;
  }

 private:
  static bool is_container(const Value& value) { return value.is_array() || value.is_object() || value.is_struct(); }

  static std::uint64_t hash_leaf(const Value& value) {
    if (value.is_number()) return hash_number(value.as_number());
    if (value.is_string()) return mix(2, string::hash(value));
    if (value.is_datetime()) return mix(3, static_cast<std::uint64_t>(datetime::nanoseconds(value)));
    if (value.is_server()) return mix(4, string::hash(server::name(value)));
    return mix(5, value.bits());
  }

  // True when `value` has been opened; else result_ is its hash.
  bool enter(const Value& value) {
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
    open_.push_back({&value, start(value), mix(6, static_cast<std::uint64_t>(value.block()->kind))});
    return true;
  }

  static std::size_t start(const Value& value) { return value.is_object() ? object::first(value) : 0; }

  // Hashes children of the innermost container until one opens or all are done.
  void advance() {
    const std::size_t depth = open_.size();
    while (true) {
      Open& open = open_[depth - 1];
      const Value* child = current(open);
      if (child == nullptr) break;
      if (enter(*child)) return;
      take(open_[depth - 1]);
    }
    close();
  }

  void close() {
    const Open done = open_.back();
    open_.pop_back();
    result_ = mix(7, done.state);
    if (!done.value->is_unique()) known_.emplace(done.value->bits(), result_);
    if (!open_.empty()) take(open_.back());
  }

  static const Value* current(const Open& open) {
    const Value& value = *open.value;
    if (value.is_object()) {
      return open.position == object::kNone ? nullptr : object::entry(value, open.position).content;
    }
    if (value.is_array()) return open.position < array::size(value) ? &array::at(value, open.position) : nullptr;
    return open.position < value.block()->extra
               ? &structure::at(value, static_cast<std::uint32_t>(open.position))
               : nullptr;
  }

  // Adds result_, the hash of the current child, and steps on. Entries of objects count in any order.
  void take(Open& open) {
    const Value& value = *open.value;
    if (!value.is_object()) {
      open.state = mix(open.state, result_);
      ++open.position;
      return;
    }
    open.state += mix(string::hash(*object::entry(value, open.position).key), result_);
    open.position = object::next(value, open.position);
  }

  std::vector<Open> open_;
  std::uint64_t result_ = 0;
  boost::unordered_flat_map<std::uint64_t, std::uint64_t> known_;  // of shared containers, by identity
};

}  // namespace

std::uint64_t hash_value(const Value& value) { return Hashing().run(value); }

}  // namespace relay
