#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay bench`: makes the same call again and again and reports rate, latencies and failures. A first call,
// which is not counted, shows whether it can be made at all.
[[nodiscard]] int run_bench(const CommandOptions& options);

}  // namespace relay::cli
