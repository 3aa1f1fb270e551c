#pragma once

#include "cli/command.h"
#include "cli/command_output.h"

namespace relay::cli {

// `relay call -batch FILE`: makes the calls of the file's lines and prints `LINE: RESULT` in their order, or
// with -json the reply of each, whose id is its line. Every line is read before the first call is made.
// Bound: 500 calls a request; the requests follow each other.
[[nodiscard]] int run_batch(const Asked& asked, const CommandOptions& options);

}  // namespace relay::cli
