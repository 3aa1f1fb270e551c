#pragma once

#include <string>

namespace relay::cli {

// Scripts that let a shell complete `relay ...`: commands, flags of each, files where files are due. Made from the tables of
// commands and flags alone.
[[nodiscard]] std::string bash_completions();
[[nodiscard]] std::string zsh_completions();
[[nodiscard]] std::string fish_completions();

}  // namespace relay::cli
