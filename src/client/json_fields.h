#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "value/value.h"

namespace relay::client {

// Members of an object that a node has sent; what is missing or of another type counts as empty.
[[nodiscard]] std::string text_of(const Value& object, std::string_view key);
// From 0 to 10^15; what is outside is brought there.
[[nodiscard]] std::optional<std::uint64_t> count_of(const Value& object, std::string_view key);

}  // namespace relay::client
