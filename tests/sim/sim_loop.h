#pragma once

#include <vector>

#include "actor/core.h"
#include "actor/ready_list.h"
#include "net/loop.h"
#include "net/timer_queue.h"
#include "sim/schedule.h"

namespace relay::sim {

// The one core of a simulated node: its rounds are events of the schedule. All cores of a simulation share a
// thread, so each round puts its own actor core in place.
//
// Order:  a round runs what it is for, then ready actors, then the round-end hooks, as a real core does.
// Owner:  outlives every event that is for it; after die() they come to nothing.
// Thread: one.
class SimLoop final : public net::Loop {
 public:
  explicit SimLoop(Schedule& schedule) : schedule_(schedule) {}

  void post(Task task) override;
  TimerId run_at(Instant when, Task task) override;
  void cancel(TimerId id) override { timers_.cancel(id); }
  [[nodiscard]] const Clock& clock() const override { return schedule_; }
  [[nodiscard]] bool is_current() const override { return is_running_; }
  [[nodiscard]] Instant round_time() const override { return schedule_.now(); }
  void at_round_end(net::RoundEndHook& hook) override { hooks_.push_back(&hook); }
  void forget_round_end(net::RoundEndHook& hook) override;

  // The actors that this core runs; null: none any more.
  void set_actors(ReadyList* actors) { actors_ = actors; }
  // A round with `event` in it, now. Not from inside another one.
  void enter(Task event);
  // The process is gone: what it had still to do is dropped.
  void die();
  [[nodiscard]] bool is_dead() const { return is_dead_; }

 private:
  void run_posted();
  void run_due();
  void finish_round();
  void wake_at(Instant when);

  Schedule& schedule_;
  ReadyList* actors_ = nullptr;
  Core* core_ = nullptr;
  std::vector<Task> posted_;
  net::TimerQueue timers_;
  Instant wakes_at_ = kNoDeadline;
  std::vector<net::RoundEndHook*> hooks_;
  bool is_running_ = false;
  bool is_dead_ = false;
};

}  // namespace relay::sim
