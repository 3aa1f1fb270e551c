#pragma once

#include <string>

#include "cli/command.h"

namespace relay::cli {

// What `relay` alone prints: what it is and five examples, twelve lines.
[[nodiscard]] std::string short_help();
// What `relay -help` prints: the commands, and every flag by group, with its default and its environment
// variable.
[[nodiscard]] std::string full_help();
// What `relay help NAME` prints of a command: its usage, flags and examples.
[[nodiscard]] std::string command_help(const Command& command);

}  // namespace relay::cli
