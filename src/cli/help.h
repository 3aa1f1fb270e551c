#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "cli/command.h"
#include "cli/flag.h"

namespace relay::cli {

// What `relay` alone prints: what it is and five examples, twelve lines.
[[nodiscard]] std::string short_help();
// What `relay -help` prints: the commands, and every flag by group, with its default and its environment
// variable.
[[nodiscard]] std::string full_help();
// What `relay help NAME` prints of a command: its usage, flags and examples.
[[nodiscard]] std::string command_help(const Command& command);

// The groups of flags in the order in which they are shown, with their titles.
using FlagGroupTitle = std::pair<FlagGroup, std::string_view>;
[[nodiscard]] std::span<const FlagGroupTitle> flag_groups();
// How flags are written, and what they win over.
[[nodiscard]] std::string_view flag_rules();

}  // namespace relay::cli
