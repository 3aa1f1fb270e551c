#pragma once

#include <string>

#include "base/clock.h"

namespace relay::client {

// A short time with three digits that count: "850 us", "1.23 ms", "12.3 s".
[[nodiscard]] std::string duration_text(Duration duration);

}  // namespace relay::client
