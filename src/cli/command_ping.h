#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay ping NODE`: asks a node of the mesh for a sign of life, and shows how long it took and by which way.
[[nodiscard]] int run_ping(const CommandOptions& options);

}  // namespace relay::cli
