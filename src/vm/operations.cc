#include "vm/operations.h"

#include <cmath>

#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"
#include "vm/struct_build.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

std::string quoted_name(const Value& name) { return "'" + std::string(string::text(name)) + "'"; }

}  // namespace

ScriptError operands_do_not_fit(std::string_view verb, const Value& left, const Value& right) {
  return runtime_error("type", "cannot " + std::string(verb) + " " + std::string(type_name(left)) + " and " +
                                   std::string(type_name(right)));
}

ScriptError division_by_zero() { return runtime_error("arithmetic", "division by zero"); }

bool add_to(Value& left, const Value& right, std::int64_t& budget, ScriptError& error) {
  if (left.is_string() && right.is_string()) {
    if (string::size(left) + string::size(right) > string::kMaxBytes) {
      error = runtime_error("limit", std::string(kStringTooLong));
      return false;
    }
    budget -= static_cast<std::int64_t>(cost_of_bytes(string::size(right) + (left.is_unique() ? 0 : string::size(left))));
    string::append(left, string::text(right));
    return true;
  }
  if (left.is_array() && right.is_array()) {
    budget -= static_cast<std::int64_t>(cost_of_elements(array::size(right)));
    const Value tail = right;  // it may be the same array
    array::append(left, tail);
    return true;
  }
  error = operands_do_not_fit("add", left, right);
  return false;
}

bool subtract(const Value& left, const Value& right, Value& out, ScriptError& error) {
  if (!left.is_datetime() || !right.is_datetime()) {
    error = operands_do_not_fit("subtract", left, right);
    return false;
  }
  constexpr double kNanosecondsPerSecond = 1e9;
  // Whole seconds and the rest apart: the difference of two instants need not fit 64 bits.
  const std::int64_t a = datetime::nanoseconds(left);
  const std::int64_t b = datetime::nanoseconds(right);
  const double seconds = static_cast<double>(a / 1'000'000'000 - b / 1'000'000'000);
  const double rest = static_cast<double>(a % 1'000'000'000 - b % 1'000'000'000);
  out = Value(seconds + rest / kNanosecondsPerSecond);
  return true;
}

bool compare(const Value& left, const Value& right, Order& out, ScriptError& error) {
  if (left.is_string() && right.is_string()) {
    out = order_of(string::text(left).compare(string::text(right)));
    return true;
  }
  if (left.is_datetime() && right.is_datetime()) {
    const std::int64_t a = datetime::nanoseconds(left);
    const std::int64_t b = datetime::nanoseconds(right);
    out = a == b ? Order::kEqual : a < b ? Order::kLess : Order::kGreater;
    return true;
  }
  error = operands_do_not_fit("compare", left, right);
  return false;
}

double remainder(double left, double right) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const bool whole = std::fabs(left) < kExact && std::fabs(right) < kExact;
  if (whole) {
    const auto a = static_cast<std::int64_t>(left);
    const auto b = static_cast<std::int64_t>(right);
    if (static_cast<double>(a) == left && static_cast<double>(b) == right) return static_cast<double>(a % b);
  }
  return std::fmod(left, right);
}

bool field_of(const Value& of, const Value& name, Value& out, ScriptError& error) {
  if (of.is_object()) {
    const Value* content = object::find(of, name);
    out = content != nullptr ? *content : Value::nil();
    return true;
  }
  if (of.is_struct()) {
    const std::uint32_t index = structure::type(of)->index_of(name);
    if (index != StructType::kNone) {
      out = structure::at(of, index);
      return true;
    }
    error = unknown_field_error(*structure::type(of), string::text(name));
    return false;
  }
  const bool has_length = of.is_array() || of.is_string();
  if (has_length && string::text(name) == "length") {
    out = Value(static_cast<double>(of.is_array() ? array::size(of) : string::code_points(of)));
    return true;
  }
  error = runtime_error("type", "cannot read field " + quoted_name(name) + " of " + std::string(type_name(of)));
  return false;
}

}  // namespace relay
