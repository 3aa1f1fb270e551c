#include "net/io_core.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/check.h"
#include "net/net_limits.h"

namespace relay::net {
namespace {
thread_local IoCore* current_core = nullptr;
}  // namespace

IoCore::IoCore(std::size_t index, const Clock& clock) : index_(index), clock_(clock) {
  // Without descriptors now there may be some when prepare() asks.
  static_cast<void>(poller_.open());
}

IoCore::~IoCore() = default;

IoCore* IoCore::current() { return current_core; }

bool IoCore::is_current() const { return current_core == this; }

void IoCore::post(Task task) {
  const bool is_foreign = !is_current();
  inbox_.with([&](Inbox& inbox) {
    inbox.tasks.push_back(std::move(task));
    // The core itself looks into its inbox before it sleeps. It is woken under the lock: what is posted may end the core, and
    // nothing of it is touched once it can run.
    if (is_foreign && std::exchange(inbox.is_asleep, false)) poller_.wake();
  });
}

Executor::TimerId IoCore::run_at(Instant when, Task task) { return timers_.add(when, std::move(task)); }

void IoCore::cancel(TimerId id) { timers_.cancel(id); }

Instant IoCore::round_time() const {
  if (std::exchange(round_time_is_old_, false)) round_time_ = clock_.now();
  return round_time_;
}

void IoCore::at_round_end(RoundEndHook& hook) { round_end_.push_back(&hook); }

void IoCore::forget_round_end(RoundEndHook& hook) {
  std::replace(round_end_.begin(), round_end_.end(), &hook, static_cast<RoundEndHook*>(nullptr));
  std::replace(running_round_end_.begin(), running_round_end_.end(), &hook, static_cast<RoundEndHook*>(nullptr));
}

void IoCore::set_idle_work(IdleWork work) {
  idle_work_ = std::move(work);
  // What it has to do already must not wait for an event.
  work_left_ = WorkLeft::kMore;
}

void IoCore::stop() {
  stopping_.store(true, std::memory_order_relaxed);
  poller_.wake();
}

void IoCore::run() {
  RELAY_CHECK(poller_.is_open(), "a core runs without descriptors to wait with");
  IoCore* const outer = std::exchange(current_core, this);
  while (!stopping_.load(std::memory_order_relaxed)) {
    handle_events();
    run_tasks();
    run_timers();
    work_left_ = run_idle_work();
    if (round_end_.empty()) continue;
    run_round_end();
    // Answers that leave make room for requests held back, and these are work again: no sleep before it is done.
    work_left_ = run_idle_work();
  }
  run_tasks();
  run_round_end();
  current_core = outer;
}

bool IoCore::drop_pending() {
  std::vector<Task> tasks;
  inbox_.with([&](Inbox& inbox) { tasks.swap(inbox.tasks); });
  const bool dropped = !tasks.empty() || timers_.size() > 0;
  tasks.clear();
  while (timers_.size() > 0) {
    const Task timer = timers_.take_due(kNoDeadline);
  }
  return dropped;
}

WorkLeft IoCore::run_idle_work() { return idle_work_ ? idle_work_() : WorkLeft::kNone; }

bool IoCore::must_not_sleep() const {
  if (work_left_ == WorkLeft::kMore || !round_end_.empty()) return true;
  return inbox_.with([](const Inbox& inbox) { return !inbox.tasks.empty(); });
}

void IoCore::handle_events() {
  round_time_is_old_ = true;
  if (must_not_sleep()) {
    poller_.poll(Duration::zero());
    return;
  }
  const Instant next = timers_.next();
  if (!std::exchange(expects_soon_, false)) return sleep_until(next);
  if (look_out_.is_worth_it() && look_out()) return;
  const Instant begin = clock_.now();
  sleep_until(next);
  look_out_.slept(clock_.now() - begin);
}

bool IoCore::look_out() {
  const Instant due = timers_.next();
  const Instant end = clock_.now() + kLookOut;
  Instant now;
  do {
    // Whoever else is to run, perhaps who is to answer, goes first.
    std::this_thread::yield();
    if (poller_.poll(Duration::zero()) > 0 || must_not_sleep()) {
      look_out_.saw();
      return true;
    }
    now = clock_.now();
    if (now >= due) return true;
  } while (now < end);
  look_out_.saw_nothing();
  return false;
}

void IoCore::sleep_until(Instant next) {
  // What was posted until here is seen here; what comes from here on wakes.
  const bool may_sleep = inbox_.with([](Inbox& inbox) { return inbox.is_asleep = inbox.tasks.empty(); });
  if (!may_sleep) {
    poller_.poll(Duration::zero());
  } else if (next == kNoDeadline) {
    poller_.poll(Poller::kForever);
  } else {
    poller_.poll(std::max(next - clock_.now(), Duration::zero()));
  }
}

void IoCore::run_tasks() {
  inbox_.with([&](Inbox& inbox) {
    running_tasks_.swap(inbox.tasks);
    inbox.is_asleep = false;
  });
  for (Task& task : running_tasks_) task();
  running_tasks_.clear();
}

void IoCore::run_timers() {
  if (timers_.size() == 0) return;
  const Instant now = round_time();
  for (std::size_t ran = 0; ran < kTimersPerRound; ++ran) {
    Task task = timers_.take_due(now);
    if (!task) return;
    task();
  }
}

void IoCore::run_round_end() {
  running_round_end_.swap(round_end_);
  // By index: a hook may make others forgotten.
  for (std::size_t i = 0; i < running_round_end_.size(); ++i) {
    if (RoundEndHook* hook = running_round_end_[i]) hook->on_round_end();
  }
  running_round_end_.clear();
}

}  // namespace relay::net
