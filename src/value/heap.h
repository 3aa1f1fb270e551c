#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "value/block.h"

namespace relay {

struct CellBlock;

// The account of one owner of values (an actor, a message in flight, a parser at work): how many bytes it holds,
// which blocks wait to be freed, which cells live. Blocks do not say whose they are; whoever allocates or frees
// does so under the owner's account (HeapScope), and a hand-over moves the bytes (value/transfer.h).
//
// Bound:  bytes() against limit(): the interpreter looks at it at each budget check and raises `limit`.
// Thread: one at a time.
class Heap {
 public:
  static constexpr std::size_t kNoLimit = SIZE_MAX;

  explicit Heap(std::size_t limit_bytes = kNoLimit) : limit_(limit_bytes) {}
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] bool is_over_limit() const { return bytes_ > limit_; }
  void charge(std::size_t bytes) { bytes_ += bytes; }
  void discharge(std::size_t bytes) { bytes_ -= bytes; }

  // Frees up to `blocks` of the blocks that wait to be freed; true when none is left. A large value dies in
  // slices, so that no drop holds a core.
  bool drain(std::size_t blocks);

  // All live cells of this owner, for the collection of closure cycles.
  [[nodiscard]] CellBlock* first_cell() const { return first_cell_; }
  [[nodiscard]] std::size_t cell_count() const { return cell_count_; }
  void link(CellBlock* cell);
  void unlink(CellBlock* cell);

 private:
  friend void destroy(Block* block);

  std::size_t bytes_ = 0;
  std::size_t limit_;
  std::vector<Block*> dead_;
  bool draining_ = false;
  CellBlock* first_cell_ = nullptr;
  std::size_t cell_count_ = 0;
};

// The heap under whose account this thread works now; one of the thread's own when no scope is open.
[[nodiscard]] Heap& current_heap();

// Makes `heap` the current one of this thread until the scope ends.
class HeapScope {
 public:
  explicit HeapScope(Heap& heap);
  ~HeapScope();
  HeapScope(const HeapScope&) = delete;
  HeapScope& operator=(const HeapScope&) = delete;

 private:
  Heap* previous_;
};

// Raw memory under the current account. The size given back must be the one that was asked for.
[[nodiscard]] void* heap_allocate(std::size_t bytes);
void heap_free(void* memory, std::size_t bytes);

// Bytes that a block occupies, from its own fields.
[[nodiscard]] std::size_t block_bytes(const Block* block);

}  // namespace relay
