#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"

namespace relay::mesh {

// The deadlines of a table's slots, the earliest first: one timer serves a whole table, and what ends before
// its deadline leaves without a trace. A 4-ary heap that knows where each slot stands; nothing is allocated
// after the first growth.
//
// Invariant: a slot stands in it at most once; one without a deadline not at all.
// Thread:    one; no clock.
class DeadlineHeap {
 public:
  using Slot = std::uint32_t;

  // `slot` is not in it. kNoDeadline: stays outside.
  void add(Slot slot, Instant deadline);
  void remove(Slot slot);
  // kNoDeadline: none.
  [[nodiscard]] Instant next() const { return heap_.empty() ? kNoDeadline : heap_.front().deadline; }
  // Removes the slot with the earliest deadline when that is not after `now`.
  [[nodiscard]] std::optional<Slot> take_due(Instant now);
  [[nodiscard]] std::size_t size() const { return heap_.size(); }

 private:
  struct Entry {
    Instant deadline{};
    Slot slot = 0;
  };
  void place(std::size_t position, const Entry& entry);
  void sift_up(std::size_t position, Entry entry);
  void sift_down(std::size_t position, Entry entry);

  std::vector<Entry> heap_;
  std::vector<std::uint32_t> position_;  // by slot
};

}  // namespace relay::mesh
