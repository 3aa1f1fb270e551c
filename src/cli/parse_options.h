#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "cli/options.h"

namespace relay::cli {

// The environment, injected: the value of a variable, or nothing.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

// Reads a command line as users of Go's flag package write it, and the environment below it.
//
// - `-name`, `--name`, `-name=value`, `-name value`; a flag without a value is true, `-name=false` ends it.
// - The first argument that is no flag is FILE (unless -run or -e stand before it). Flags may follow. The first
//   argument behind FILE that is no flag, and all that follow it, belong to the program: args().
// - `--` ends the flags: what follows is FILE, if that is still missing, and the program's arguments.
// - `-` is FILE (standard input), never a flag. A value that begins with `-` is written `-name=-value`, except
//   that -e takes its next argument whatever it is.
//
// Errors: kParse, a sentence that names the flag or variable, and the nearest name for an unknown flag.
[[nodiscard]] Result<Options> parse_options(std::span<const std::string> arguments, const Environment& environment);

}  // namespace relay::cli
