#pragma once

#include <memory>
#include <vector>

#include "bytecode/program.h"
#include "mesh/announcement.h"

namespace relay::sim {

// What simulated nodes run: servers that say when they run a call, and call each other. kWithShared: with one
// more server that several nodes have, for plain names.
enum class Variant { kPlain, kWithShared };
[[nodiscard]] const bytecode::Program& program(Variant variant);
[[nodiscard]] std::vector<mesh::ServerEntry> server_entries(const bytecode::Program& program);

}  // namespace relay::sim
