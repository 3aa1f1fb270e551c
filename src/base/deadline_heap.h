#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"

namespace relay {

// The deadlines of a table's slots, the earliest first: what ends before its deadline leaves without a trace. A 4-ary heap that
// knows where each slot stands, so that adding, removing and taking one of 100,000 moves a few entries; nothing is
// allocated after the first growth.
//
// Invariant: a slot stands in it at most once.
// Order:     by deadline; equal ones in the order added.
// Thread:    one; no clock.
class DeadlineHeap {
 public:
  using Slot = std::uint32_t;

  // `slot` is not in it.
  void add(Slot slot, Instant deadline);
  // Nothing when it is not in it.
  void remove(Slot slot);
  // kNoDeadline when there is none, or none that ends.
  [[nodiscard]] Instant next() const { return heap_.empty() ? kNoDeadline : heap_.front().deadline; }
  // Removes the slot with the earliest deadline when that is not after `now`.
  [[nodiscard]] std::optional<Slot> take_due(Instant now);
  [[nodiscard]] std::size_t size() const { return heap_.size(); }

 private:
  struct Entry {
    Instant deadline{};
    std::uint64_t order = 0;
    Slot slot = 0;
  };
  [[nodiscard]] static bool is_before(const Entry& a, const Entry& b);
  void place(std::size_t position, const Entry& entry);
  void sift_up(std::size_t position, Entry entry);
  void sift_down(std::size_t position, Entry entry);

  std::vector<Entry> heap_;
  std::vector<std::uint32_t> position_;  // by slot
  std::uint64_t next_order_ = 0;
};

}  // namespace relay
