#include "value/block_copy.h"

#include <algorithm>
#include <cstring>

#include "value/block_walk.h"
#include "value/memory.h"
#include "value/string.h"

namespace relay {
namespace {

std::size_t string_bytes(const Block* block) {
  const auto* string = static_cast<const StringBlock*>(block);
  return std::min(block_bytes(string), (sizeof(StringBlock) + string->size + 15) / 16 * 16);
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
  // A copied string leaves behind the room that it had for growth.
  const bool is_string = original->kind == BlockKind::kString;
  const std::size_t bytes = is_string ? string_bytes(original) : block_bytes(original);
  const bool immortal = makes_ == Makes::kImmortal;
  auto* block = static_cast<Block*>(immortal ? allocate_memory(bytes) : heap_allocate(bytes));
  std::memcpy(static_cast<void*>(block), static_cast<const void*>(original), bytes);
  block->refs = immortal ? Block::kImmortal : 1;
  if (immortal) made_.push_back(block);
  if (is_string) static_cast<StringBlock*>(block)->capacity = static_cast<std::uint32_t>(bytes - sizeof(StringBlock));
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
    string->code_points = static_cast<std::uint32_t>(string::count_code_points(string->text()));
  }
}

}  // namespace relay
