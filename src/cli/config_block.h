#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "value/value.h"

namespace relay::cli {

// Takes over what the program's `config { ... }` says, below flags and environment (spec language.md, Config). `config`
// is an object, or undefined for a program without one.
//
//   app_name host port node_id   as the flags
//   cors                         the flag's text; or an array of origins, true (`*`), false (`off`)
//   limits                       an object: the flags of the limits, with `_` for `-`
//   timeouts                     the same, where `_timeout` at the end may be left out; and `drain`
//   peers                        the addresses of -add-peer, an array or one text
//
// Adds one sentence to `warnings` for each key that means nothing. Unknown keys of the block itself are the checks'.
// Errors: kParse, which key, what was expected and what came.
[[nodiscard]] Result<void> apply_config(const Value& config, Options& options, std::vector<std::string>& warnings);

}  // namespace relay::cli
