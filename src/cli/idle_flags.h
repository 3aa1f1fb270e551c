#pragma once

#include <string>

#include "cli/options.h"

namespace relay::cli {

// The flags of the command line, as "-port, -cors", that can have no effect on this run: what serving is about where nothing is
// served, and what links are about where there can be none either. Empty: none, as with -server. Those of the environment and of
// `config` are meant for whatever runs, and not told.
[[nodiscard]] std::string idle_flags(const Options& options);

}  // namespace relay::cli
