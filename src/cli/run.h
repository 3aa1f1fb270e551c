#pragma once

#include "cli/options.h"

namespace relay::cli {

// Does what the options ask for, short of help and version: loads the program, shows its bytecode, runs it, serves it.
// Gives the exit code of the process.
// Order: load (errors end it here) - bind - listen - run the program - serve until a signal comes.
[[nodiscard]] int run(Options options);

}  // namespace relay::cli
