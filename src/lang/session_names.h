#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "lang/ast.h"

namespace relay {

// What the inputs of a session have defined so far, and so what the next one can name (docs/adr/0010-repl.md).
struct SessionNames {
  using Numbers = std::unordered_map<std::string, std::uint16_t>;

  Numbers variables;  // slots; named functions of top-level code are variables here, so that a later one replaces them
  Numbers awaited;    // slots of names that functions read and no input has defined yet
  Numbers structs;    // the newest of each name
  Numbers servers;
  std::unordered_map<std::string, std::shared_ptr<const ast::Module>> protocols;  // where the newest stands
};

// The protocol of that name in `module`, or null.
[[nodiscard]] const ast::ProtocolDef* find_protocol(const ast::Module& module, std::string_view name);

}  // namespace relay
