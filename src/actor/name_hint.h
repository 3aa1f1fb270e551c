#pragma once

#include <string>
#include <string_view>

#include "bytecode/program.h"

namespace relay {

// "did you mean `x`?" for a name that a program has misspelt; empty when none is near.
[[nodiscard]] std::string server_hint(const bytecode::Program& program, std::string_view name);
[[nodiscard]] std::string method_hint(const bytecode::ServerInfo& server, std::string_view name);

}  // namespace relay
