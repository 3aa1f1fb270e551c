#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay fmt FILE...`: puts programs into their canonical layout (docs/formatting.md).
[[nodiscard]] int run_fmt(const CommandOptions& options);

}  // namespace relay::cli
