#pragma once

#include "cli/command.h"

namespace relay::cli {

// `relay lsp`: the language server on standard input and output, until the editor ends it.
[[nodiscard]] int run_lsp(const CommandOptions& options);

}  // namespace relay::cli
