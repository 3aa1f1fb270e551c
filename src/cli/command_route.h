#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay route NODE`: the hops that a call would take, and why; nothing is sent to NODE.
[[nodiscard]] int run_route(const CommandOptions& options);

}  // namespace relay::cli
