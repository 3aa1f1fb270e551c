#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "value/value.h"

namespace relay {

// The language's `==` in steps, for values so large that one step would hold a core. Holds both values meanwhile.
//
// Cost: values that share parts many times over are compared by their blocks, not by all paths through them.
class Comparison {
 public:
  enum class Verdict : std::uint8_t { kEqual, kUnequal, kUnfinished };

  Comparison(Value a, Value b) : a_(std::move(a)), b_(std::move(b)) {}
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  // Compares about `budget` (at least 1) further pairs of values.
  [[nodiscard]] Verdict advance(std::size_t budget);

 private:
  // A pair of containers of one kind and size: how far it has come.
  struct Pair {
    const Value* a;
    const Value* b;
    std::size_t position;
  };
  [[nodiscard]] bool compare(const Value& a, const Value& b);
  [[nodiscard]] bool advance_array(std::size_t depth);
  [[nodiscard]] bool advance_object(std::size_t depth);
  [[nodiscard]] bool advance_struct(std::size_t depth);
  [[nodiscard]] bool stops_at(std::size_t depth, std::size_t position);
  [[nodiscard]] bool seen_before(const Value& a, const Value& b);

  Value a_;
  Value b_;
  bool has_begun_ = false;
  std::vector<Pair> open_;
  std::size_t left_ = 0;   // of the budget
  std::size_t pairs_ = 0;  // of containers, so far
  boost::unordered_flat_set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

// The language's `==`: by value, deeply, without native recursion; objects without regard to key order; values of
// different types are unequal; functions by identity; NaN unequal to itself but equal inside a collection.
[[nodiscard]] bool equal(const Value& a, const Value& b);

// Agrees with equal() as collections see it (NaN is itself); for unique() and group_by.
[[nodiscard]] std::uint64_t hash_value(const Value& value);

}  // namespace relay
