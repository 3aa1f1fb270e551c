#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "value/string.h"
#include "value/value.h"

namespace relay {

// The language's `==` in steps, for values so large that one step would hold a core. Holds both values meanwhile.
//
// Cost: values that share parts many times over are compared by their blocks, not by all paths through them.
class Comparison {
 public:
  enum class Verdict : std::uint8_t { kEqual, kUnequal, kUnfinished };
  // At the top NaN is unequal to itself; inside a collection it equals itself.
  enum class Place : std::uint8_t { kTop, kInside };

  Comparison(Value a, Value b, Place place = Place::kTop) : a_(std::move(a)), b_(std::move(b)), place_(place) {}
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  // Goes on until `budget` is used up, which is counted down by one for each pair of values, or 64 bytes of strings.
  // Bound: string::kPieceBytes past the budget.
  [[nodiscard]] Verdict advance(std::size_t& budget);

 private:
  // A pair of containers of one kind and size, or of long strings: how far it has come.
  struct Pair {
    const Value* a;
    const Value* b;
    std::size_t position;
  };
  [[nodiscard]] bool compare(const Value& a, const Value& b);
  [[nodiscard]] bool advance_string();
  [[nodiscard]] bool advance_array(std::size_t depth);
  [[nodiscard]] bool advance_object(std::size_t depth);
  [[nodiscard]] bool advance_struct(std::size_t depth);
  [[nodiscard]] bool stops_at(std::size_t depth, std::size_t position);
  [[nodiscard]] bool seen_before(const Value& a, const Value& b);
  void pay(std::size_t units) { left_ -= units < left_ ? units : left_; }

  Value a_;
  Value b_;
  Place place_;
  bool has_begun_ = false;
  std::vector<Pair> open_;
  std::size_t left_ = 0;   // of the budget
  std::size_t pairs_ = 0;  // of containers, so far
  boost::unordered_flat_set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

// The language's `==`: by value, deeply, without native recursion; objects without regard to key order; values of
// different types are unequal; functions by identity; NaN unequal to itself but equal inside a collection.
[[nodiscard]] bool equal(const Value& a, const Value& b);
// The same as far as it takes no more than comparing two short strings: kUnfinished when more must be looked at.
[[nodiscard]] Comparison::Verdict equal_at_once(const Value& a, const Value& b);
[[nodiscard]] Comparison::Verdict equal_inside_at_once(const Value& a, const Value& b);

// A hash that agrees with equal() as collections see it (NaN is itself), in steps: for unique(). Holds the value.
//
// Cost: a string is hashed in one step, once; it remembers its hash.
class ValueHash {
 public:
  explicit ValueHash(Value value) : value_(std::move(value)) {}
  ValueHash(const ValueHash&) = delete;
  ValueHash& operator=(const ValueHash&) = delete;

  // Goes on until `budget` is used up, counted down as Comparison does. True when result() is there.
  [[nodiscard]] bool advance(std::size_t& budget);
  [[nodiscard]] std::uint64_t result() const { return result_; }

 private:
  // A container under way: what its children have come to so far.
  struct Open {
    const Value* value;
    std::size_t position;
    std::uint64_t state;
  };
  [[nodiscard]] bool enter(const Value& value, std::size_t& budget);
  void advance_innermost(std::size_t& budget);
  void close();
  void take(Open& open) const;

  Value value_;
  bool has_begun_ = false;
  std::vector<Open> open_;
  std::uint64_t result_ = 0;
  boost::unordered_flat_map<std::uint64_t, std::uint64_t> known_;  // of shared containers, by identity
};
[[nodiscard]] std::uint64_t hash_value(const Value& value);

}  // namespace relay
