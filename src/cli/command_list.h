#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay servers` and `relay peers`: what a node knows, as a table or with -json as the node tells it.
[[nodiscard]] int run_servers(const CommandOptions& options);
[[nodiscard]] int run_peers(const CommandOptions& options);

}  // namespace relay::cli
