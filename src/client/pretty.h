#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relay::client {

// A JSON text as the language writes its value, laid out for `columns` (value/layout.h); the text as it is when it is nested
// too deep to be read.
[[nodiscard]] std::string pretty_json(std::string_view json, std::size_t columns);

}  // namespace relay::client
