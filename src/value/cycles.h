#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "value/heap.h"
#include "value/value.h"

namespace relay {

// One collection of the closure cycles of an owner: mark() from every root, then sweep(). Counting frees all else, so
// the walk enters only what holds functions. Worth it when heap.should_collect() says so.
//
// Owner:  whoever runs it names every value that the owner can still reach outside its cells: state, fiber, undo log.
//         What it forgets loses its captured variables.
// Cost:   what holds functions below the roots, and all live cells; no native recursion.
class CycleCollector {
 public:
  explicit CycleCollector(Heap& heap) : heap_(heap) {}
  ~CycleCollector();
  CycleCollector(const CycleCollector&) = delete;
  CycleCollector& operator=(const CycleCollector&) = delete;

  void mark(const Value& root);
  // Clears the content of every cell that no root reaches, which frees the cycles by counting; gives their number.
  std::size_t sweep();

 private:
  void visit(Block* block);
  void unmark();

  Heap& heap_;
  std::vector<Block*> waiting_;
  std::vector<Block*> marked_;
};

// The same at once, from these roots.
std::size_t collect_cycles(Heap& heap, std::span<const Value* const> roots);

}  // namespace relay
