#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bytecode/program.h"

namespace relay {

// What may be told of a server to those who might call it: never a value of its state.
struct ServerSummary {
  std::string name;
  std::vector<std::string> methods;                        // those that messages can call, in source order
  std::vector<std::pair<std::string, std::string>> state;  // field and declared type as the source writes it ("[object]",
                                                           // "optional(string)"; "any" where it names none), likewise
};

// All servers of the program, sorted by name.
[[nodiscard]] std::vector<ServerSummary> summarize_servers(const bytecode::Program& program);

}  // namespace relay
