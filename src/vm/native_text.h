#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// The number that a text writes: digits with sign, fraction and exponent as a program would, white space
// around them allowed. False when it is something else or too large for a double.
[[nodiscard]] bool parse_number(std::string_view text, double& out);

// The bytes of one white space (as Unicode has it) at the begin or end of a text; 0 when there is none.
[[nodiscard]] std::size_t space_at_begin(std::string_view text);
[[nodiscard]] std::size_t space_at_end(std::string_view text);
// Without the white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace relay
