#pragma once

#include <string_view>
#include <vector>

#include "cli/command.h"

namespace relay::cli {

// What a word of the command line may be, as far as a shell can complete it.
enum class WordKind { kNone, kFile, kProgram, kChoice };

// What stands behind a flag whose value is called `argument`, "FILE" or "LEVEL".
[[nodiscard]] WordKind kind_of_value(std::string_view argument);
// What the operands of a command are.
[[nodiscard]] WordKind kind_of_operands(const Command& command);

// The words of a kChoice: those of a value, or of the operands of a command, whose usage is then "bash|zsh".
[[nodiscard]] std::vector<std::string_view> choices_of(std::string_view argument_or_usage);

}  // namespace relay::cli
