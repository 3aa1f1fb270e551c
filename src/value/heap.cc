#include "value/heap.h"

#include <algorithm>
#include <new>

#include "base/check.h"
#include "value/block_walk.h"

namespace relay {
namespace {

// The list of waiting blocks gives its memory back once it has been this long.
constexpr std::size_t kKeptDeadCapacity = 64 * 1024;

void free_block(Heap& heap, Block* block) {
  visit_children(
      block, [](Value& value) { value.~Value(); }, [](Block*& child) { release(child); });
  if (block->kind == BlockKind::kCell) heap.unlink(static_cast<CellBlock*>(block));
  heap_free(block, block_bytes(block));
}

// What freeing it takes, in small blocks.
std::size_t weight(const Block* block) {
  const bool is_wide = block->kind == BlockKind::kVectorNode && static_cast<const VectorNode*>(block)->is_wide();
  return is_wide ? kVectorWidth : 1;
}

bool has_children(BlockKind kind) { return kind != BlockKind::kString && kind != BlockKind::kDatetime; }

// The heap of a thread outside any scope. It is emptied when the thread ends but stays usable after that, since
// values with static storage die later.
struct ThreadHeap {
  union {
    Heap heap;
  };
  ThreadHeap() { new (&heap) Heap(); }
  ~ThreadHeap() { heap.drain_whole(); }
};

}  // namespace

namespace detail {

constinit thread_local Heap* current_heap = nullptr;

Heap& open_thread_heap() {
  static thread_local ThreadHeap own;
  current_heap = &own.heap;
  return own.heap;
}

}  // namespace detail

void CellList::link(CellBlock* cell) {
  cell->previous = nullptr;
  cell->next = first_;
  if (first_ != nullptr) first_->previous = cell;
  first_ = cell;
  ++size_;
}

void CellList::unlink(CellBlock* cell) {
  if (cell->previous != nullptr) {
    cell->previous->next = cell->next;
  } else {
    first_ = cell->next;
  }
  if (cell->next != nullptr) cell->next->previous = cell->previous;
  cell->previous = cell->next = nullptr;
  --size_;
}

Heap::~Heap() {
  clear_cells();
  drain(SIZE_MAX);
#ifndef NDEBUG
  RELAY_CHECK(bytes_ == 0, "a value outlives its heap");
#endif
}

// Cuts the cycles that pass through cells: what only they hold is then freed by counting.
void Heap::clear_cells() {
  HeapScope scope(*this);
  drain(SIZE_MAX);
  std::vector<Value> cut;
  cut.reserve(cells_.size());
  for (CellBlock* cell = cells_.first(); cell != nullptr; cell = cell->next) cut.push_back(std::move(cell->value));
}

CellList Heap::take_cells() {
  CellList taken = cells_;
  cells_ = CellList();
  return taken;
}

void Heap::note_collected() {
  const std::size_t doubled = cells_.size() * 2;
  collect_at_ = doubled > kMinCellsToCollect ? doubled : kMinCellsToCollect;
}

bool Heap::drain(std::size_t blocks) {
  if (dead_.empty() || draining_) return dead_.empty();
  HeapScope scope(*this);
  draining_ = true;
  drain_unguarded(blocks);
  draining_ = false;
  return dead_.empty();
}

void Heap::drain_whole() {
  drain(SIZE_MAX);
  std::vector<Block*>().swap(dead_);
}

void Heap::drain_unguarded(std::size_t blocks) {
  while (!dead_.empty() && blocks != 0) {
    Block* block = dead_.back();
    dead_.pop_back();
    blocks -= std::min(blocks, weight(block));
    free_block(*this, block);
  }
  if (dead_.empty() && dead_.capacity() > kKeptDeadCapacity) std::vector<Block*>().swap(dead_);
}

void destroy(Block* block) {
  if (!has_children(block->kind)) return heap_free(block, block_bytes(block));
  Heap& heap = current_heap();
  if (heap.draining_) return heap.dead_.push_back(block);
  heap.draining_ = true;
  free_block(heap, block);
  if (!heap.dead_.empty()) heap.drain_unguarded(Heap::kBlocksPerDrop);
  heap.draining_ = false;
}

}  // namespace relay
