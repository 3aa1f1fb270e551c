#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "bytecode/program.h"
#include "cli/options.h"

namespace relay::cli {

// Takes over what the program's `config { ... }` says, below flags and environment (spec language.md, Config).
//
//   app_name host port node_id   as the flags
//   cors                         the flag's text; or an array of origins, true (`*`), false (`off`)
//   limits                       an object: the flags of the limits, with `_` for `-`
//   timeouts                     the same, where `_timeout` at the end may be left out; and `drain`
//   peers                        the addresses of -add-peer, an array or one text
//
// Gives a warning for each key of a section that means nothing, and an error for each value that is none: which, what was
// expected and what came, shown where it stands. Unknown keys of the block itself are the checks'.
[[nodiscard]] std::vector<Diagnostic> apply_config(const bytecode::Program& program, Options& options);

}  // namespace relay::cli
