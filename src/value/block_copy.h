#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <vector>

#include "value/heap.h"
#include "value/value.h"

namespace relay {

// Copies blocks with all that is below them, with an explicit stack. What is shared below is copied once over the
// life of the copier; immortal blocks are passed by pointer. The originals are only read, so that several owners may
// copy from one frozen value at the same time.
class BlockCopier {
 public:
  // kCounted: blocks under the current account, one count for the caller.
  // kImmortal: blocks under no account; what is computed late elsewhere is computed at once.
  enum class Makes { kCounted, kImmortal };
  explicit BlockCopier(Makes makes) : makes_(makes) {}

  // `value` or, when it is counted, a copy.
  [[nodiscard]] Value copy(const Value& value);
  [[nodiscard]] Block* copy(const Block* original);
  // The copy made before of a block that is shared, or nullptr.
  [[nodiscard]] Block* copied_before(const Block* original) const;

  // kCounted: bytes of all copies made, and the cells among them, not yet linked to any heap.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] CellList take_cells() { return std::exchange(cells_, CellList()); }
  // kImmortal: all blocks made.
  [[nodiscard]] std::vector<Block*> take_made() { return std::exchange(made_, {}); }

 private:
  [[nodiscard]] Block* reference_to(const Block* original);
  [[nodiscard]] Block* clone(const Block* original);
  void finish(Block* clone);

  Makes makes_;
  std::size_t bytes_ = 0;
  CellList cells_;
  std::vector<Block*> made_;
  std::vector<Block*> unfinished_;  // clones whose children are still the original's
  boost::unordered_flat_map<const Block*, Block*> shared_;
};

}  // namespace relay
