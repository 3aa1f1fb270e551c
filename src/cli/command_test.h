#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay test FILE...`: runs the `test` blocks of the files and reports on them. Gives the exit code.
[[nodiscard]] int run_test(const CommandOptions& options);

}  // namespace relay::cli
