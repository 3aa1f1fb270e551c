#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace relay::cli {

// The programs that an operand of a command names: itself, `-` too; of a folder, in their order, all `*.rl`
// and `*.relay` in it and in the folders below. Links in it and what begins with a dot are passed over.
[[nodiscard]] Result<std::vector<std::string>> program_files(const std::string& operand);

}  // namespace relay::cli
