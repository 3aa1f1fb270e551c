#include "base/deadline_heap.h"

#include <algorithm>

namespace relay {
namespace {
constexpr std::size_t kArity = 4;
constexpr std::uint32_t kOutside = UINT32_MAX;
}  // namespace

bool DeadlineHeap::is_before(const Entry& a, const Entry& b) {
  return a.deadline != b.deadline ? a.deadline < b.deadline : a.order < b.order;
}

void DeadlineHeap::place(std::size_t position, const Entry& entry) {
  heap_[position] = entry;
  position_[entry.slot] = static_cast<std::uint32_t>(position);
}

void DeadlineHeap::sift_up(std::size_t position, Entry entry) {
  while (position > 0) {
    const std::size_t parent = (position - 1) / kArity;
    if (!is_before(entry, heap_[parent])) break;
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
      if (is_before(heap_[child], heap_[least])) least = child;
    }
    if (!is_before(heap_[least], entry)) break;
    place(position, heap_[least]);
    position = least;
  }
  place(position, entry);
}

void DeadlineHeap::add(Slot slot, Instant deadline) {
  if (slot >= position_.size()) position_.resize(slot + 1, kOutside);
  heap_.emplace_back();
  sift_up(heap_.size() - 1, Entry{deadline, next_order_++, slot});
}

void DeadlineHeap::remove(Slot slot) {
  if (slot >= position_.size() || position_[slot] == kOutside) return;
  const std::size_t position = position_[slot];
  position_[slot] = kOutside;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return;
  const bool rises = position > 0 && is_before(last, heap_[(position - 1) / kArity]);
  rises ? sift_up(position, last) : sift_down(position, last);
}

std::optional<DeadlineHeap::Slot> DeadlineHeap::take_due(Instant now) {
  if (heap_.empty() || heap_.front().deadline > now) return std::nullopt;
  const Slot slot = heap_.front().slot;
  remove(slot);
  return slot;
}

}  // namespace relay
