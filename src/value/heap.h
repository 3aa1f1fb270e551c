#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "value/block.h"
#include "value/memory.h"

namespace relay {

struct CellBlock;

// The live cells of one owner, as a list that runs through the cells themselves.
class CellList {
 public:
  [[nodiscard]] CellBlock* first() const { return first_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  void link(CellBlock* cell);
  void unlink(CellBlock* cell);

 private:
  CellBlock* first_ = nullptr;
  std::size_t size_ = 0;
};

// The account of one owner of values (an actor, a message in flight, a parser at work): how many bytes it holds,
// which blocks wait to be freed, which cells live. Blocks do not say whose they are; whoever allocates or frees
// does so under the owner's account (HeapScope), and a hand-over moves the bytes (value/transfer.h).
//
// Bound:  bytes() against limit(): whenever a fiber goes on and before a message commits, what is over it fails as
//         `limit`. Blocks that wait to be freed still count: drain() before the verdict.
// Owner:  every value of a heap dies before its heap; a Debug build checks it.
// Thread: one at a time.
class Heap {
 public:
  static constexpr std::size_t kNoLimit = SIZE_MAX;
  // Blocks freed by one drop; the rest of a large value waits for later drops or drain().
  static constexpr std::size_t kBlocksPerDrop = 2048;
  // Below this many cells a collection of cycles is not worth its walk.
  static constexpr std::size_t kMinCellsToCollect = 1000;

  explicit Heap(std::size_t limit_bytes = kNoLimit) : limit_(limit_bytes) {}
  // Frees all that waits, cycles through cells included.
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] bool is_over_limit() const { return bytes_ > limit_; }
  // By so much that its owner must not go on.
  [[nodiscard]] bool is_far_over_limit() const { return bytes_ > limit_ && bytes_ - limit_ > limit_ / 8; }
  void charge(std::size_t bytes) { bytes_ += bytes; }
  void discharge(std::size_t bytes) { bytes_ -= bytes; }

  // Where work is counted that a change of a value may take though nothing tells of it beforehand; null: nowhere. Units are
  // those of the virtual machine's budget, which counts down.
  void set_budget(std::int64_t* budget) { budget_ = budget; }
  void spend(std::size_t units) {
    if (budget_ != nullptr) *budget_ -= static_cast<std::int64_t>(units);
  }

  // Frees up to `blocks` of the blocks that wait to be freed; true when none is left. A large value dies in
  // slices, so that no drop holds a core.
  bool drain(std::size_t blocks);
  [[nodiscard]] bool has_dead() const { return !dead_.empty(); }
  // Frees all that waits, and the memory of the list that held it.
  void drain_whole();

  // All live cells of this owner, for the collection of closure cycles (value/cycles.h).
  [[nodiscard]] CellBlock* first_cell() const { return cells_.first(); }
  [[nodiscard]] std::size_t cell_count() const { return cells_.size(); }
  void link(CellBlock* cell) { cells_.link(cell); }
  void unlink(CellBlock* cell) { cells_.unlink(cell); }
  // Gives all cells away, to travel with a parcel.
  [[nodiscard]] CellList take_cells();
  // The number of cells has doubled since the last collection.
  [[nodiscard]] bool should_collect() const { return cells_.size() >= collect_at_; }
  void note_collected();

 private:
  friend void destroy(Block* block);
  void drain_unguarded(std::size_t blocks);
  void clear_cells();

  std::size_t bytes_ = 0;
  std::size_t limit_;
  std::int64_t* budget_ = nullptr;
  std::vector<Block*> dead_;
  bool draining_ = false;
  CellList cells_;
  std::size_t collect_at_ = kMinCellsToCollect;
};

namespace detail {
// Null until a scope is opened or the thread's own heap is first used.
extern constinit thread_local Heap* current_heap;
[[nodiscard]] Heap& open_thread_heap();
}  // namespace detail

// The heap under whose account this thread works now; one of the thread's own when no scope is open.
[[nodiscard]] inline Heap& current_heap() {
  if (Heap* heap = detail::current_heap) [[likely]] return *heap;
  return detail::open_thread_heap();
}

// Makes `heap` the current one of this thread until the scope ends.
class HeapScope {
 public:
  explicit HeapScope(Heap& heap) : previous_(detail::current_heap) { detail::current_heap = &heap; }
  ~HeapScope() { detail::current_heap = previous_; }
  HeapScope(const HeapScope&) = delete;
  HeapScope& operator=(const HeapScope&) = delete;

 private:
  Heap* previous_;
};

// Raw memory under the current account. The size given back must be the one that was asked for.
[[nodiscard]] inline void* heap_allocate(std::size_t bytes) {
  current_heap().charge(bytes);
  return allocate_memory(bytes);
}
inline void heap_free(void* memory, std::size_t bytes) {
  current_heap().discharge(bytes);
  free_memory(memory, bytes);
}

// Bytes that a block occupies, from its own fields.
[[nodiscard]] std::size_t block_bytes(const Block* block);

}  // namespace relay
