#include "net/timer_queue.h"

#include <utility>

namespace relay::net {

TimerQueue::Id TimerQueue::add(Instant when, Task task) {
  auto slot = static_cast<DeadlineHeap::Slot>(slots_.size());
  if (free_slots_.empty()) {
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  slots_[slot].task = std::move(task);
  due_.add(slot, when);
  return (static_cast<Id>(slots_[slot].generation) << 32) | slot;
}

Task TimerQueue::release(DeadlineHeap::Slot slot) {
  ++slots_[slot].generation;
  free_slots_.push_back(slot);
  return std::move(slots_[slot].task);
}

bool TimerQueue::cancel(Id id) {
  const auto slot = static_cast<DeadlineHeap::Slot>(id);
  if (slot >= slots_.size() || slots_[slot].generation != id >> 32) return false;
  due_.remove(slot);
  // The task dies only after the queue is whole again: its destructor may set or cancel timers.
  const Task dropped = release(slot);
  return true;
}

Task TimerQueue::take_due(Instant now) {
  const auto slot = due_.take_due(now);
  return slot ? release(*slot) : Task();
}

}  // namespace relay::net
