#include "value/cycles.h"

#include "value/block_walk.h"

namespace relay {

CycleCollector::~CycleCollector() { unmark(); }

// Blocks with count 1 are met once anyway; the others, and cells, carry a mark.
void CycleCollector::visit(Block* block) {
  if (!block->holds_function() || block->is_immortal() || (block->flags & Block::kMarked) != 0) return;
  if (!block->is_unique() || block->kind == BlockKind::kCell) {
    block->flags |= Block::kMarked;
    marked_.push_back(block);
  }
  waiting_.push_back(block);
}

void CycleCollector::mark(const Value& root) {
  if (root.is_counted()) visit(root.block());
  while (!waiting_.empty()) {
    Block* block = waiting_.back();
    waiting_.pop_back();
    visit_children(
        block,
        [this](Value& child) {
          if (child.is_counted()) visit(child.block());
        },
        [this](Block*& child) { visit(child); });
  }
}

std::size_t CycleCollector::sweep() {
  HeapScope scope(heap_);
  // The contents live until all cells are emptied: dropping one may free other cells.
  std::vector<Value> cut;
  std::size_t count = 0;
  for (CellBlock* cell = heap_.first_cell(); cell != nullptr; cell = cell->next) {
    const bool waits_to_be_freed = cell->refs == 0;
    if ((cell->flags & Block::kMarked) != 0 || waits_to_be_freed) continue;
    ++count;
    if (cell->value.is_counted()) cut.push_back(std::move(cell->value));
  }
  unmark();
  cut.clear();
  heap_.note_collected();
  return count;
}

void CycleCollector::unmark() {
  for (Block* block : marked_) block->flags &= static_cast<std::uint8_t>(~Block::kMarked);
  marked_.clear();
}

std::size_t collect_cycles(Heap& heap, std::span<const Value* const> roots) {
  CycleCollector collector(heap);
  for (const Value* root : roots) collector.mark(*root);
  return collector.sweep();
}

}  // namespace relay
