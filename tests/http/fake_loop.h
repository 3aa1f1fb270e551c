#pragma once

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "net/loop.h"
#include "net/timer_queue.h"

namespace relay::http {

class FakeClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] WallTime wall_now() const override { return wall_start_ + now_.time_since_epoch(); }
  void advance(Duration by) { now_ += by; }

 private:
  Instant now_{};
  WallTime wall_start_ = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
};

// A loop that the test turns by hand, on a clock that it holds in its hand.
class FakeLoop final : public net::Loop {
 public:
  void post(Task task) override { tasks_.push_back(std::move(task)); }
  TimerId run_at(Instant when, Task task) override { return timers_.add(when, std::move(task)); }
  void cancel(TimerId id) override { timers_.cancel(id); }
  [[nodiscard]] const Clock& clock() const override { return clock_; }
  [[nodiscard]] bool is_current() const override { return !is_foreign_; }
  [[nodiscard]] Instant round_time() const override { return clock_.now(); }
  void at_round_end(net::RoundEndHook& hook) override { hooks_.push_back(&hook); }
  void forget_round_end(net::RoundEndHook& hook) override {
    std::replace(hooks_.begin(), hooks_.end(), &hook, static_cast<net::RoundEndHook*>(nullptr));
  }

  // Runs what is posted, due, and asked for at the round's end, until nothing of it is left.
  void run() {
    while (!tasks_.empty() || !hooks_.empty() || timers_.next() <= clock_.now()) {
      for (auto tasks = std::exchange(tasks_, {}); Task& task : tasks) task();
      while (Task task = timers_.take_due(clock_.now())) task();
      for (std::size_t i = 0; i < hooks_.size(); ++i) {
        if (hooks_[i] != nullptr) std::exchange(hooks_[i], nullptr)->on_round_end();
      }
      hooks_.clear();
    }
  }

  // Lets time pass, running each timer at its time.
  void advance(Duration by) {
    const Instant end = clock_.now() + by;
    while (timers_.next() <= end) {
      clock_.advance(std::max(timers_.next() - clock_.now(), Duration::zero()));
      run();
    }
    clock_.advance(end - clock_.now());
    run();
  }

  // Lets time pass without a timer, as a task that takes long does.
  void advance_clock(Duration by) { clock_.advance(by); }

  // Calls `action` as if another core did.
  template <typename F>
  void as_foreign(F action) {
    is_foreign_ = true;
    action();
    is_foreign_ = false;
  }

  [[nodiscard]] std::size_t posted() const { return tasks_.size(); }
  [[nodiscard]] std::size_t timers() const { return timers_.size(); }

 private:
  FakeClock clock_;
  std::vector<Task> tasks_;
  net::TimerQueue timers_;
  std::vector<net::RoundEndHook*> hooks_;
  bool is_foreign_ = false;
};

}  // namespace relay::http
