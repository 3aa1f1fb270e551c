#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay completions SHELL` and `relay manual`: what an installation needs beside the binary, made from its own tables. Give
// the exit code.
[[nodiscard]] int run_completions(const CommandOptions& options);
[[nodiscard]] int run_manual(const CommandOptions& options);

}  // namespace relay::cli
