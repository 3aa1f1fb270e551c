#pragma once

#include <span>
#include <vector>

#include "value/object_block.h"
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

  // The same content as an immortal value: everything reachable that is not yet immortal is copied into the arena,
  // and what is computed lazily elsewhere (hashes, lengths) is computed now. Not for functions with captures.
  // Thread: the compiler's.
  [[nodiscard]] Value keep(const Value& value);
  // A key list for object::make, of immortal strings. Equal lists give the same one, so that objects made at
  // different places meet the same inline caches.
  [[nodiscard]] object::KeysBlock* keep_keys(std::span<const Value> keys);

 private:
  std::vector<Block*> blocks_;
  std::vector<object::KeysBlock*> key_lists_;
};

}  // namespace relay
