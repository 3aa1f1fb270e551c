#include "net/timer_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace relay::net {
namespace {

Instant at(int milliseconds) { return Instant(std::chrono::milliseconds(milliseconds)); }

// Runs everything due at `now`.
void run_due(TimerQueue& queue, Instant now) {
  while (Task task = queue.take_due(now)) task();
}

TEST(TimerQueue, RunsWhatIsDueByTimeAndThenByAge) {
  TimerQueue queue;
  std::string ran;
  queue.add(at(30), [&] { ran += 'c'; });
  queue.add(at(10), [&] { ran += 'a'; });
  queue.add(at(20), [&] { ran += '1'; });
  queue.add(at(20), [&] { ran += '2'; });
  queue.add(at(20), [&] { ran += '3'; });
  EXPECT_EQ(queue.next(), at(10));
  run_due(queue, at(20));
  EXPECT_EQ(ran, "a123");
  EXPECT_EQ(queue.next(), at(30));
}

TEST(TimerQueue, HasNoNextTimeWhenEmpty) {
  TimerQueue queue;
  EXPECT_EQ(queue.next(), kNoDeadline);
  EXPECT_FALSE(queue.take_due(at(1'000'000)));
}

TEST(TimerQueue, RunsNothingThatWasCancelled) {
  TimerQueue queue;
  int ran = 0;
  const auto first = queue.add(at(1), [&] { ran += 1; });
  queue.add(at(2), [&] { ran += 10; });
  EXPECT_TRUE(queue.cancel(first));
  EXPECT_FALSE(queue.cancel(first));
  run_due(queue, at(5));
  EXPECT_EQ(ran, 10);
}

TEST(TimerQueue, DoesNotCancelAnotherTimerThatTookTheSamePlace) {
  TimerQueue queue;
  int ran = 0;
  const auto old = queue.add(at(1), [] {});
  run_due(queue, at(1));
  queue.add(at(2), [&] { ran = 1; });
  EXPECT_FALSE(queue.cancel(old));
  EXPECT_FALSE(queue.cancel(0));
  run_due(queue, at(2));
  EXPECT_EQ(ran, 1);
}

TEST(TimerQueue, SurvivesATaskThatCancelsTimersWhenItIsDestroyed) {
  TimerQueue queue;
  struct CancelsOther {
    TimerQueue* queue;
    TimerQueue::Id other;
    CancelsOther(TimerQueue* q, TimerQueue::Id o) : queue(q), other(o) {}
    CancelsOther(CancelsOther&& from) noexcept : queue(std::exchange(from.queue, nullptr)), other(from.other) {}
    ~CancelsOther() {
      if (queue != nullptr) queue->cancel(other);
    }
    void operator()() {}
  };
  const auto other = queue.add(at(7), [] {});
  const auto first = queue.add(at(5), CancelsOther(&queue, other));
  EXPECT_TRUE(queue.cancel(first));
  EXPECT_EQ(queue.size(), 0u);
}

// 20,000 random steps beside a plain sorted list: the heap and the list agree on every answer.
TEST(TimerQueue, AgreesWithASortedListInAnyHistory) {
  struct Known {
    Instant when;
    int number;
    TimerQueue::Id id;
  };
  std::mt19937 random(20240101);
  TimerQueue queue;
  std::vector<Known> known;
  std::vector<int> ran;
  int now = 0;
  for (int step = 0; step < 20'000; ++step) {
    const unsigned choice = random() % 10;
    if (choice < 5) {
      const Instant when = at(now + static_cast<int>(random() % 1000));
      known.push_back({when, step, queue.add(when, [&ran, step] { ran.push_back(step); })});
    } else if (choice < 8 && !known.empty()) {
      const std::size_t victim = random() % known.size();
      ASSERT_TRUE(queue.cancel(known[victim].id));
      known.erase(known.begin() + static_cast<std::ptrdiff_t>(victim));
    } else {
      now += static_cast<int>(random() % 20);
      std::stable_sort(known.begin(), known.end(), [](const Known& a, const Known& b) {
        return a.when != b.when ? a.when < b.when : a.number < b.number;
      });
      std::vector<int> expected;
      while (!known.empty() && known.front().when <= at(now)) {
        expected.push_back(known.front().number);
        known.erase(known.begin());
      }
      ran.clear();
      run_due(queue, at(now));
      ASSERT_EQ(ran, expected);
    }
    ASSERT_EQ(queue.size(), known.size());
  }
}

TEST(TimerQueue, CarriesAHundredThousandTimers) {
  TimerQueue queue;
  std::vector<TimerQueue::Id> ids;
  int ran = 0;
  for (int i = 0; i < 100'000; ++i) ids.push_back(queue.add(at((i * 7919) % 100'003), [&] { ++ran; }));
  for (std::size_t i = 0; i < ids.size(); i += 2) EXPECT_TRUE(queue.cancel(ids[i]));
  run_due(queue, at(200'000));
  EXPECT_EQ(ran, 50'000);
}

}  // namespace
}  // namespace relay::net
