#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "value/value.h"

namespace relay::client {

// A value as the language writes it: on one line where it fits into `columns`, else a line for each part,
// indented. Without native recursion.
[[nodiscard]] std::string pretty(const Value& value, std::size_t columns);

// The same of a JSON text; the text as it is when it is nested too deep to be read.
[[nodiscard]] std::string pretty_json(std::string_view json, std::size_t columns);

}  // namespace relay::client
