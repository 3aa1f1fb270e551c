#include "mesh/deadline_heap.h"

#include <algorithm>

namespace relay::mesh {
namespace {
constexpr std::size_t kArity = 4;
constexpr std::uint32_t kOutside = UINT32_MAX;
}  // namespace

void DeadlineHeap::place(std::size_t position, const Entry& entry) {
  heap_[position] = entry;
  position_[entry.slot] = static_cast<std::uint32_t>(position);
}

void DeadlineHeap::sift_up(std::size_t position, Entry entry) {
  while (position > 0) {
    const std::size_t parent = (position - 1) / kArity;
    if (entry.deadline >= heap_[parent].deadline) break;
    place(position, heap_[parent]);
    position = parent;
  }
  place(position, entry);
}

void DeadlineHeap::sift_down(std::size_t position, Entry entry) {
  for (;;) {
    const std::size_t first = position * kArity + 1;
    if (first >= heap_.size()) break;
    const std::size_t end = std::min(first + kArity, heap_.size());
    std::size_t least = first;
    for (std::size_t child = first + 1; child < end; ++child) {
      if (heap_[child].deadline < heap_[least].deadline) least = child;
    }
    if (heap_[least].deadline >= entry.deadline) break;
    place(position, heap_[least]);
    position = least;
  }
  place(position, entry);
}

void DeadlineHeap::add(Slot slot, Instant deadline) {
  if (slot >= position_.size()) position_.resize(slot + 1, kOutside);
  if (deadline == kNoDeadline) return;
  heap_.emplace_back();
  sift_up(heap_.size() - 1, Entry{deadline, slot});
}

void DeadlineHeap::remove(Slot slot) {
  if (slot >= position_.size() || position_[slot] == kOutside) return;
  const std::size_t position = position_[slot];
  position_[slot] = kOutside;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return;
  const bool rises = position > 0 && last.deadline < heap_[(position - 1) / kArity].deadline;
  rises ? sift_up(position, last) : sift_down(position, last);
}

std::optional<DeadlineHeap::Slot> DeadlineHeap::take_due(Instant now) {
  if (heap_.empty() || heap_.front().deadline > now) return std::nullopt;
  const Slot slot = heap_.front().slot;
  remove(slot);
  return slot;
}

}  // namespace relay::mesh
