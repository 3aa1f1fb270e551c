#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "actor/core.h"
#include "base/executor.h"

namespace relay {

// Time that moves only when a test says so, and by `tick` at each look, so that no slice lasts for ever.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_ += tick; }
  [[nodiscard]] WallTime wall_now() const override { return WallTime(now_.time_since_epoch()); }
  void set(Instant to) { now_ = std::max(now_, to); }

  Duration tick = std::chrono::microseconds(10);

 private:
  mutable Instant now_ = Instant(std::chrono::hours(1));
};

// One core in the hand of a test: tasks and timers run when it says so.
class ManualCore final : public Executor {
 public:
  explicit ManualCore(const ManualClock& clock) : clock_(clock) {}

  void post(Task task) override { tasks_.push_back(std::move(task)); }
  TimerId run_at(Instant when, Task task) override {
    timers_.emplace(std::pair(when, ++last_timer_), std::move(task));
    return last_timer_;
  }
  void cancel(TimerId id) override {
    std::erase_if(timers_, [&](const auto& timer) { return timer.first.second == id; });
  }
  [[nodiscard]] const Clock& clock() const override { return clock_; }

  // Runs what was posted and what is due; false when there was nothing.
  bool run_round() {
    // What a task attaches to its thread ends with it: all cores of a test share one thread.
    Core::Scope scope(nullptr);
    std::deque<Task> tasks = std::exchange(tasks_, {});
    const Instant now = clock_.now();
    while (!timers_.empty() && timers_.begin()->first.first <= now) {
      tasks.push_back(std::move(timers_.begin()->second));
      timers_.erase(timers_.begin());
    }
    for (Task& task : tasks) task();
    return !tasks.empty();
  }
  [[nodiscard]] std::size_t timer_count() const { return timers_.size(); }
  [[nodiscard]] Instant next_timer() const { return timers_.empty() ? kNoDeadline : timers_.begin()->first.first; }

 private:
  const ManualClock& clock_;
  std::deque<Task> tasks_;
  std::map<std::pair<Instant, TimerId>, Task> timers_;
  TimerId last_timer_ = 0;
};

}  // namespace relay
