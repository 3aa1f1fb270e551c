#pragma once

#include <string_view>

namespace relay::node {

// As CMakeLists.txt states it: "0.3.0".
[[nodiscard]] std::string_view version();

}  // namespace relay::node
