#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay call`: one call, or with -batch those of a file, and what came of them.
[[nodiscard]] int run_call(const CommandOptions& options);

}  // namespace relay::cli
