#pragma once

#include <cstddef>
#include <vector>

#include "value/value.h"

namespace relay {

// Counts what would be freed if some values were dropped, without dropping them: the blocks that only these values hold.
// A block held twice from within them is not counted, so it may tell too little.
// Bound:  stops as soon as there is `enough`; explicit stack.
// Thread: the owner's of the values.
class SoleBytes {
 public:
  explicit SoleBytes(std::size_t enough) : enough_(enough) {}
  void add(const Value& value);
  [[nodiscard]] bool is_enough() const { return bytes_ >= enough_; }

 private:
  void visit(Block* block) {
    if (block->is_unique()) waiting_.push_back(block);
  }

  const std::size_t enough_;
  std::size_t bytes_ = 0;
  std::vector<Block*> waiting_;
};

}  // namespace relay
