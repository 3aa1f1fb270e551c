#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// Appends the value as string() shows it. Errors: false, `string longer than 64 MiB` (kind `limit`).
[[nodiscard]] bool append_shown(std::string& out, const Value& value, ScriptError& error);

// Appends elements of `list` from position `at` on as string() shows them, `separator` before each but the
// first of the list, until `out` has `room` bytes or more or there are none left; `at` is then the next
// position.
[[nodiscard]] bool append_joined(std::string& out, const Value& list, std::string_view separator,
                                 std::size_t& at, std::size_t room, ScriptError& error);

// The number that a text writes: digits with sign, fraction and exponent as a program would, white space
// around them allowed. False when it is something else or too large for a double.
[[nodiscard]] bool parse_number(std::string_view text, double& out);

// Without the white space (as Unicode has it) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace relay
