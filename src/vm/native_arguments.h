#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "vm/native.h"

namespace relay {

// How natives look at their arguments. Each take_* either gives what is wanted, or leaves an error that names
// the native, the argument, what was expected and what was given, and returns false: `return
// NativeStep::kError`.

// `method 'repeat' of string: argument 1 must be number, got string` (kind `type`).
NativeStep wrong_type(NativeContext& context, std::span<const Value> args, std::size_t index,
                      std::string_view expected);
// `method 'repeat' of string: argument 1 must be an integer from 0, got -1` (kind as given), for a number or
// a string.
NativeStep wrong_value(NativeContext& context, std::span<const Value> args, std::size_t index,
                       std::string_view kind, std::string_view expected);
// `function 'hash': MESSAGE`
NativeStep native_error(NativeContext& context, std::string_view kind, std::string_view message);

[[nodiscard]] bool take_number(NativeContext& context, std::span<const Value> args, std::size_t index,
                               double& out);
[[nodiscard]] bool take_string(NativeContext& context, std::span<const Value> args, std::size_t index);
[[nodiscard]] bool take_array(NativeContext& context, std::span<const Value> args, std::size_t index);
[[nodiscard]] bool take_object(NativeContext& context, std::span<const Value> args, std::size_t index);
[[nodiscard]] bool take_function(NativeContext& context, std::span<const Value> args, std::size_t index);
// An integer (kind `argument` for a number that is none).
[[nodiscard]] bool take_integer(NativeContext& context, std::span<const Value> args, std::size_t index,
                                double& out);
// An integer that is not negative (kind `range`); what is past kMaxCount counts as kMaxCount.
inline constexpr std::size_t kMaxCount = std::size_t{1} << 53;
[[nodiscard]] bool take_count(NativeContext& context, std::span<const Value> args, std::size_t index,
                              std::size_t& out);
// The bounds of slice(from, to?), clamped to `length`; from <= to.
[[nodiscard]] bool take_slice(NativeContext& context, std::span<const Value> args, std::size_t length,
                              std::size_t& from, std::size_t& to);
// Seconds to wait: a number from 0; what is past kMaxSeconds counts as kMaxSeconds.
[[nodiscard]] bool take_seconds(NativeContext& context, std::span<const Value> args, std::size_t index,
                                Duration& out);
// The name of a server: a string or a server handle.
[[nodiscard]] bool take_server(NativeContext& context, std::span<const Value> args, std::size_t index,
                               std::string& out);

[[nodiscard]] bool is_integer(double number);

}  // namespace relay
