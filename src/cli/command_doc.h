#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay doc FILE`: a page about a program, from its definitions and doc comments.
[[nodiscard]] int run_doc(const CommandOptions& options);

}  // namespace relay::cli
