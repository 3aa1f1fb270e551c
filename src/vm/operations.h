#pragma once

#include <cstdint>

#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// The operators of the language on values that are not both numbers (numbers the interpreter handles itself), with
// their errors (spec language.md, "Values and types"). All give false and fill `error` when the operands do not fit.

// `left` becomes left + right: joins strings or arrays, in place when nobody else holds the left one.
[[nodiscard]] bool add_to(Value& left, const Value& right, std::int64_t& budget, ScriptError& error);
// Two datetimes: the seconds between them.
[[nodiscard]] bool subtract(const Value& left, const Value& right, Value& out, ScriptError& error);

enum class Order : std::uint8_t { kLess, kEqual, kGreater };
// Of what a comparison such as memcmp gives.
[[nodiscard]] inline Order order_of(int comparison) {
  if (comparison == 0) return Order::kEqual;
  return comparison < 0 ? Order::kLess : Order::kGreater;
}
// Two strings by code point or two datetimes.
[[nodiscard]] bool compare(const Value& left, const Value& right, Order& out, ScriptError& error);

[[nodiscard]] ScriptError division_by_zero();
// `cannot multiply string and number`.
[[nodiscard]] ScriptError operands_do_not_fit(std::string_view verb, const Value& left, const Value& right);
// The remainder with the sign of the dividend.
[[nodiscard]] double remainder(double left, double right);

// `of.name` for what an inline cache has not answered. False: `error` says why.
[[nodiscard]] bool field_of(const Value& of, const Value& name, Value& out, ScriptError& error);

}  // namespace relay
