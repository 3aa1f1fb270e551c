#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay check FILE...`: all that can be known of programs without running them; code frames on stderr, or
// with
// `-format json` one array on standard output.
[[nodiscard]] int run_check(const CommandOptions& options);

}  // namespace relay::cli
