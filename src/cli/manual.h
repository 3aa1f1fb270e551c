#pragma once

#include <string>

namespace relay::cli {

// The manual page relay(1), in the language of man(7), made from the tables of commands and flags.
[[nodiscard]] std::string manual_page();

}  // namespace relay::cli
