#include "value/block_copy.h"

#include <algorithm>
#include <cstring>

#include "value/block_walk.h"
#include "value/memory.h"
#include "value/string.h"

namespace relay {
namespace {

// A copied string leaves behind the room that it had for growth, and its index.
std::size_t copied_capacity(const StringBlock* string) {
  const std::size_t rounded = (sizeof(StringBlock) + string->size + 15) / 16 * 16 - sizeof(StringBlock);
  return std::min<std::size_t>(string->capacity, rounded);
}

}  // namespace

Value BlockCopier::copy(const Value& value) {
  return value.is_counted() ? Value::adopt(copy(value.block())) : value;
}

Block* BlockCopier::copy(const Block* original) {
  Block* result = reference_to(original);
  while (!unfinished_.empty()) {
    Block* next = unfinished_.back();
    unfinished_.pop_back();
    finish(next);
  }
  return result;
}

Block* BlockCopier::copied_before(const Block* original) const {
  const auto found = shared_.find(original);
  return found == shared_.end() ? nullptr : found->second;
}

// A count of the copy of `original`, which may be still unfinished; of itself if it is immortal.
Block* BlockCopier::reference_to(const Block* original) {
  if (original->is_immortal()) return const_cast<Block*>(original);
  if (original->is_unique()) return clone(original);
  if (Block* before = copied_before(original)) {
    retain(before);
    return before;
  }
  Block* copy = clone(original);
  shared_.emplace(original, copy);
  return copy;
}

Block* BlockCopier::clone(const Block* original) {
  const bool is_string = original->kind == BlockKind::kString;
  const std::size_t capacity = is_string ? copied_capacity(static_cast<const StringBlock*>(original)) : 0;
  const std::size_t copied = is_string ? sizeof(StringBlock) + capacity : block_bytes(original);
  const std::size_t bytes = copied + (is_string ? string::index_bytes(capacity) : 0);
  const bool immortal = makes_ == Makes::kImmortal;
  auto* block = static_cast<Block*>(immortal ? allocate_memory(bytes) : heap_allocate(bytes));
  std::memcpy(static_cast<void*>(block), static_cast<const void*>(original), copied);
  block->refs = immortal ? Block::kImmortal : 1;
  if (immortal) made_.push_back(block);
  if (is_string) {
    auto* string = static_cast<StringBlock*>(block);
    string->capacity = static_cast<std::uint32_t>(capacity);
    string->extra = 0;
    // The index is filled where code points are counted.
    if (string->code_points != string->size) string->code_points = StringBlock::kUnknown;
  }
  bytes_ += bytes;
  unfinished_.push_back(block);
  return block;
}

// Replaces the children of `block`, which are the original's and uncounted, by their copies.
void BlockCopier::finish(Block* block) {
  visit_children(
      block,
      [this](Value& slot) {
        if (!slot.is_counted()) return;
        const Block* original = slot.detach();
        slot = Value::adopt(reference_to(original));
      },
      [this](Block*& slot) { slot = reference_to(slot); });
  if (block->kind == BlockKind::kCell) {
    auto* cell = static_cast<CellBlock*>(block);
    cell->message = 0;
    cells_.link(cell);
  }
  if (makes_ == Makes::kImmortal && block->kind == BlockKind::kString) {
    auto* string = static_cast<StringBlock*>(block);
    string->hash = string::hash_text(string->text());
    string::fill_index(string);
  }
}

}  // namespace relay
