#pragma once

#include <vector>

#include "value/value.h"

namespace relay {

// Owns the blocks that a program makes immortal: its constants, computed whole at load and then shared by all
// cores without counting. They are freed together with the program.
class ImmortalArena {
 public:
  ImmortalArena() = default;
  ~ImmortalArena();
  ImmortalArena(const ImmortalArena&) = delete;
  ImmortalArena& operator=(const ImmortalArena&) = delete;

  // The same content as an immortal value: everything reachable is copied into the arena, and what is computed
  // lazily elsewhere (hashes, lengths) is computed now. Thread: the compiler's.
  [[nodiscard]] Value keep(const Value& value);

 private:
  std::vector<Block*> blocks_;
};

}  // namespace relay
