#pragma once

#include <cstdint>
#include <string_view>

#include "value/string.h"
#include "value/value.h"

namespace relay {

// Nanoseconds since 1970-01-01T00:00:00Z; 1677 to 2262.
struct DatetimeBlock : Block {
  std::int64_t nanoseconds;
};

// The handle of a server: its name. Equal when the names are.
struct ServerBlock : Block {
  Value name;
};

namespace datetime {
[[nodiscard]] Value make(std::int64_t nanoseconds);
[[nodiscard]] inline std::int64_t nanoseconds(const Value& value) {
  return value.block_as<DatetimeBlock>()->nanoseconds;
}
}  // namespace datetime

namespace server {
[[nodiscard]] Value make(Value name);
[[nodiscard]] inline const Value& name(const Value& value) { return value.block_as<ServerBlock>()->name; }
}  // namespace server

}  // namespace relay
