#pragma once

#include "value/value.h"

namespace relay {

// The language's `==`: by value, deeply, without native recursion; objects without regard to key order; values of
// different types are unequal; functions by identity; NaN unequal to itself but equal inside a collection.
[[nodiscard]] bool equal(const Value& a, const Value& b);

// Agrees with equal() as collections see it (NaN is itself); for unique() and group_by.
[[nodiscard]] std::uint64_t hash_value(const Value& value);

}  // namespace relay
