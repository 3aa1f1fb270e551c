#include "base/deadline_heap.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace relay {
namespace {

Instant at_ms(int milliseconds) {
  return Instant(std::chrono::milliseconds(milliseconds));
}

TEST(DeadlineHeap, HasNothingToDoWithoutDeadlines) {
  DeadlineHeap heap;
  heap.add(3, kNoDeadline);
  EXPECT_EQ(heap.next(), kNoDeadline);
  EXPECT_FALSE(heap.take_due(at_ms(1'000'000)));
  heap.remove(3);
  heap.remove(3);
  heap.remove(99);
  EXPECT_EQ(heap.size(), 0u);
}

// What it must do, done simply: all that is in it, searched through.
RC_GTEST_PROP(DeadlineHeap, DoesWhatASearchThroughAllWouldDo, ()) {
  DeadlineHeap heap;
  std::map<DeadlineHeap::Slot, Instant> model;
  const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 40), rc::gen::inRange(0, 100)));
  for (const auto& [slot_number, time] : steps) {
    const auto slot = static_cast<DeadlineHeap::Slot>(slot_number);
    if (model.erase(slot) != 0) {
      heap.remove(slot);
    } else {
      model.emplace(slot, at_ms(time));
      heap.add(slot, at_ms(time));
    }
    Instant least = kNoDeadline;
    for (const auto& [other, deadline] : model) least = std::min(least, deadline);
    RC_ASSERT(heap.next() == least);
    RC_ASSERT(heap.size() == model.size());
    if (time % 5 != 0) continue;
    const std::optional<DeadlineHeap::Slot> due = heap.take_due(at_ms(time));
    RC_ASSERT(due.has_value() == (least <= at_ms(time)));
    if (!due) continue;
    RC_ASSERT(model.at(*due) == least);
    model.erase(*due);
  }
}

}  // namespace
}  // namespace relay
