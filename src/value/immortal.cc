#include "value/immortal.h"

#include <algorithm>

#include "base/check.h"
#include "value/block_copy.h"
#include "value/memory.h"
#include "value/object.h"

namespace relay {

ImmortalArena::~ImmortalArena() {
  for (object::KeysBlock* keys : key_lists_) object::free_immortal_keys(keys);
  for (Block* block : blocks_) free_memory(block, block_bytes(block));
}

Value ImmortalArena::keep(const Value& value) {
  BlockCopier copier(BlockCopier::Makes::kImmortal);
  Value kept = copier.copy(value);
  const std::vector<Block*> made = copier.take_made();
  blocks_.insert(blocks_.end(), made.begin(), made.end());
  RELAY_CHECK(copier.take_cells().first() == nullptr, "a closure is no constant");
  return kept;
}

object::KeysBlock* ImmortalArena::keep_keys(std::span<const Value> keys) {
  const auto is_same = [](const Value& a, const Value& b) { return a.is_same(b); };
  for (object::KeysBlock* list : key_lists_) {
    if (std::equal(keys.begin(), keys.end(), list->keys(), list->keys() + list->count, is_same)) return list;
  }
  key_lists_.push_back(object::make_immortal_keys(keys));
  return key_lists_.back();
}

}  // namespace relay
