#include "net/timer_queue.h"

#include <utility>

namespace relay::net {
namespace {
constexpr std::size_t kArity = 4;
}  // namespace

bool TimerQueue::before(const Entry& a, const Entry& b) {
  return a.when != b.when ? a.when < b.when : a.order < b.order;
}

void TimerQueue::place(std::size_t position, const Entry& entry) {
  heap_[position] = entry;
  slots_[entry.slot].position = static_cast<std::uint32_t>(position);
}

void TimerQueue::sift_up(std::size_t position, Entry entry) {
  while (position > 0) {
    const std::size_t parent = (position - 1) / kArity;
    if (!before(entry, heap_[parent])) break;
    place(position, heap_[parent]);
    position = parent;
  }
  place(position, entry);
}

void TimerQueue::sift_down(std::size_t position, Entry entry) {
  for (;;) {
    const std::size_t first = position * kArity + 1;
    if (first >= heap_.size()) break;
    const std::size_t end = std::min(first + kArity, heap_.size());
    std::size_t least = first;
    for (std::size_t child = first + 1; child < end; ++child) {
      if (before(heap_[child], heap_[least])) least = child;
    }
    if (!before(heap_[least], entry)) break;
    place(position, heap_[least]);
    position = least;
  }
  place(position, entry);
}

TimerQueue::Id TimerQueue::add(Instant when, Task task) {
  std::uint32_t slot = static_cast<std::uint32_t>(slots_.size());
  if (free_slots_.empty()) {
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  slots_[slot].task = std::move(task);
  heap_.emplace_back();
  sift_up(heap_.size() - 1, Entry{when, next_order_++, slot});
  return (static_cast<Id>(slots_[slot].generation) << 32) | slot;
}

Task TimerQueue::remove_at(std::size_t position) {
  const std::uint32_t slot = heap_[position].slot;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (position < heap_.size()) {
    const bool rises = position > 0 && before(last, heap_[(position - 1) / kArity]);
    rises ? sift_up(position, last) : sift_down(position, last);
  }
  ++slots_[slot].generation;
  free_slots_.push_back(slot);
  return std::move(slots_[slot].task);
}

bool TimerQueue::cancel(Id id) {
  const std::size_t slot = static_cast<std::uint32_t>(id);
  if (slot >= slots_.size() || slots_[slot].generation != id >> 32) return false;
  // The task dies only after the queue is whole again: its destructor may set or cancel timers.
  const Task dropped = remove_at(slots_[slot].position);
  return true;
}

Task TimerQueue::take_due(Instant now) {
  if (heap_.empty() || heap_.front().when > now) return Task();
  return remove_at(0);
}

}  // namespace relay::net
