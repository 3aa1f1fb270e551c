#include "rpc/remote_call.h"

#include <algorithm>
#include <array>

#include "value/display.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::rpc {
namespace {

using Fault = std::optional<std::string>;

constexpr std::array<std::string_view, 5> kFields = {"node_id", "server_name", "method", "args", "timeout"};

std::string parameter(std::string_view field) {
  return "remote_call: parameter '" + std::string(field) + "' ";
}

std::string wrong_type(std::string_view field, std::string_view expected, const Value& given) {
  return parameter(field) + "must be " + std::string(expected) + ", got " + std::string(type_name(given));
}

Fault find_unknown_field(const Value& params) {
  for (std::size_t at = object::first(params); at != object::kNone; at = object::next(params, at)) {
    const std::string_view key = string::text(*object::entry(params, at).key);
    if (std::find(kFields.begin(), kFields.end(), key) == kFields.end()) {
      return "remote_call: unknown parameter '" + std::string(key) + "'";
    }
  }
  return std::nullopt;
}

Fault read_name(const Value& params, std::string_view field, std::string& name) {
  const Value* value = object::find(params, field);
  if (value == nullptr) return parameter(field) + "is missing";
  if (!value->is_string()) return wrong_type(field, "string", *value);
  if (string::size(*value) == 0) return parameter(field) + "must not be empty";
  name = string::text(*value);
  return std::nullopt;
}

Fault read_args(const Value& params, Request& request) {
  const Value* args = object::find(params, "args");
  if (args == nullptr) return std::nullopt;
  if (!args->is_array() && !args->is_object()) return wrong_type("args", "array or object", *args);
  request.call.form = args->is_object() ? ArgsForm::kByNameOrWhole : ArgsForm::kByPosition;
  // What was read from JSON holds no function, the only thing that cannot be packed.
  request.call.args = pack(*args).value();
  return std::nullopt;
}

Fault read_timeout(const Value& params, const Limits& limits, Duration& timeout) {
  using Seconds = std::chrono::duration<double>;
  const Value* value = object::find(params, "timeout");
  if (value == nullptr) return std::nullopt;
  if (!value->is_number()) return wrong_type("timeout", "number", *value);
  const Seconds longest = limits.max_call_timeout;
  const Seconds asked(value->as_number());
  if (asked <= Seconds::zero() || asked > longest) {
    std::string fault = parameter("timeout") + "must be above 0 and at most ";
    append_number(fault, longest.count());
    return fault += " seconds";
  }
  timeout = std::chrono::ceil<Duration>(asked);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> aim_remote_call(const Value& params, const Limits& limits, Request& request) {
  if (!params.is_object()) return "remote_call takes its parameters by name, in an object";
  if (auto fault = find_unknown_field(params)) return fault;
  if (auto fault = read_name(params, "node_id", request.call.node)) return fault;
  if (auto fault = read_name(params, "server_name", request.call.server)) return fault;
  if (auto fault = read_name(params, "method", request.call.method)) return fault;
  if (auto fault = read_timeout(params, limits, request.timeout)) return fault;
  return read_args(params, request);
}

}  // namespace relay::rpc
