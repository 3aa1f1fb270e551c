#pragma once

#include <string>

namespace relay::cli {

// What `relay` alone prints: what it is and four examples, twelve lines.
[[nodiscard]] std::string short_help();
// What `relay -help` prints: every flag by group, with its default and its environment variable.
[[nodiscard]] std::string full_help();

}  // namespace relay::cli
