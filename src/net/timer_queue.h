#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/deadline_heap.h"
#include "base/executor.h"

namespace relay::net {

// Tasks ordered by the time when they are due; nothing is allocated after the first growth.
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
  [[nodiscard]] Instant next() const { return due_.next(); }
  [[nodiscard]] std::size_t size() const { return due_.size(); }

  // Takes the task of the earliest timer if it is due at `now`, else an empty task.
  [[nodiscard]] Task take_due(Instant now);

 private:
  struct Slot {
    Task task;
    std::uint32_t generation = 1;
  };
  // Of a slot that has left the heap.
  Task release(DeadlineHeap::Slot slot);

  DeadlineHeap due_;
  std::vector<Slot> slots_;
  std::vector<DeadlineHeap::Slot> free_slots_;
};

}  // namespace relay::net
