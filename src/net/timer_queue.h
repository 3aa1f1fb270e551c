#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/executor.h"

namespace relay::net {

// Tasks ordered by the time when they are due: a 4-ary heap over slots, so that adding, cancelling and running one of
// 100,000 timers moves a few 16-byte entries and allocates nothing after the first growth.
//
// Order:  by due time; equal times in the order added.
// Thread: one owner.
class TimerQueue {
 public:
  using Id = Executor::TimerId;

  Id add(Instant when, Task task);
  // False when the timer has run, was cancelled, or never was.
  bool cancel(Id id);

  // The earliest due time; kNoDeadline when there is none.
  [[nodiscard]] Instant next() const { return heap_.empty() ? kNoDeadline : heap_.front().when; }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }

  // Takes the task of the earliest timer if it is due at `now`, else an empty task.
  [[nodiscard]] Task take_due(Instant now);

 private:
  struct Entry {
    Instant when;
    std::uint64_t order;
    std::uint32_t slot;
  };
  struct Slot {
    Task task;
    std::uint32_t generation = 1;
    std::uint32_t position = 0;
  };

  [[nodiscard]] static bool before(const Entry& a, const Entry& b);
  void place(std::size_t position, const Entry& entry);
  void sift_up(std::size_t position, Entry entry);
  void sift_down(std::size_t position, Entry entry);
  Task remove_at(std::size_t position);

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t next_order_ = 0;
};

}  // namespace relay::net
