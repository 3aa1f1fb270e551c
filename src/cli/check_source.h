#pragma once

#include <memory>

#include "analysis/analysis.h"

namespace relay::cli {

// All that can be known of a file without running it: what analysis::check_program() finds, and whether the
// values of its `config` are such that a node takes them. Gives no program: nobody runs it.
[[nodiscard]] analysis::Analysis check_source(std::shared_ptr<const SourceFile> file);

}  // namespace relay::cli
