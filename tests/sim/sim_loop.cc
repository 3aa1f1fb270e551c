#include "sim/sim_loop.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace relay::sim {
namespace {

// How long a posted task waits for the next round.
constexpr Duration kRoundPause = std::chrono::microseconds(3);

}  // namespace

void SimLoop::post(Task task) {
  if (is_dead_) return;
  posted_.push_back(std::move(task));
  if (posted_.size() > 1) return;
  schedule_.after(kRoundPause, [this] { enter([this] { run_posted(); }); });
}

net::Loop::TimerId SimLoop::run_at(Instant when, Task task) {
  const TimerId id = timers_.add(when, std::move(task));
  wake_at(when);
  return id;
}

void SimLoop::wake_at(Instant when) {
  if (when == kNoDeadline || when >= wakes_at_) return;
  wakes_at_ = std::max(when, schedule_.now());
  schedule_.at(wakes_at_, [this, at = wakes_at_] {
    // One for an earlier time has been set since, and has asked again.
    if (at != wakes_at_) return;
    wakes_at_ = kNoDeadline;
    if (timers_.next() <= schedule_.now()) enter([this] { run_due(); });
    wake_at(timers_.next());
  });
}

void SimLoop::forget_round_end(net::RoundEndHook& hook) {
  std::ranges::replace(hooks_, &hook, static_cast<net::RoundEndHook*>(nullptr));
}

void SimLoop::enter(Task event) {
  if (is_dead_) return;
  RELAY_CHECK(!is_running_, "rounds do not nest");
  is_running_ = true;
  {
    Core::Scope scope(core_);
    event();
    finish_round();
    core_ = Core::current();
  }
  is_running_ = false;
}

void SimLoop::run_posted() {
  for (std::vector<Task> tasks = std::exchange(posted_, {}); Task & task : tasks) task();
}

void SimLoop::run_due() {
  while (Task task = timers_.take_due(schedule_.now())) task();
}

void SimLoop::finish_round() {
  while (actors_ != nullptr && actors_->run_for(kActorSlice) == ReadyList::Left::kMore) {
  }
  // A hook may ask for the end of the round again.
  for (std::size_t i = 0; i < hooks_.size(); ++i) {
    if (hooks_[i] != nullptr) std::exchange(hooks_[i], nullptr)->on_round_end();
  }
  hooks_.clear();
}

void SimLoop::die() {
  is_dead_ = true;
  actors_ = nullptr;
  core_ = nullptr;
  hooks_.clear();
  // What is destroyed may post and cancel.
  while (!posted_.empty()) std::exchange(posted_, {}).clear();
  [[maybe_unused]] const net::TimerQueue gone = std::exchange(timers_, {});
}

}  // namespace relay::sim
