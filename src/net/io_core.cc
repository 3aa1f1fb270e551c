#include "net/io_core.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <thread>
#include <utility>

#include "net/net_limits.h"

namespace relay::net {
namespace {
thread_local IoCore* current_core = nullptr;
}  // namespace

IoCore::IoCore(std::size_t index, const Clock& clock)
    : index_(index),
      clock_(clock),
      io_(std::make_unique<boost::asio::io_context>(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO)) {}

IoCore::~IoCore() = default;

IoCore* IoCore::current() { return current_core; }

bool IoCore::is_current() const { return current_core == this; }

void IoCore::wake() {
  boost::asio::post(*io_, [] {});
}

void IoCore::post(Task task) {
  const bool is_foreign = !is_current();
  const bool must_wake = inbox_.with([&](Inbox& inbox) {
    inbox.tasks.push_back(std::move(task));
    // The core itself looks into its inbox before it sleeps.
    return is_foreign && !std::exchange(inbox.wake_sent, true);
  });
  if (must_wake) wake();
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

Result<void> IoCore::prepare_for_sockets() {
  try {
    const boost::asio::posix::stream_descriptor first(*io_);
    return {};
  } catch (const boost::system::system_error& fault) {
    return Error{Errc::kIo, "cannot wait for sockets: " + fault.code().message()};
  }
}

void IoCore::set_idle_work(IdleWork work) {
  idle_work_ = std::move(work);
  // What it has to do already must not wait for an event.
  work_left_ = WorkLeft::kMore;
}

void IoCore::stop() {
  stopping_.store(true, std::memory_order_relaxed);
  wake();
}

void IoCore::run() {
  IoCore* const outer = std::exchange(current_core, this);
  const auto guard = boost::asio::make_work_guard(*io_);
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
  wait_for_first_event();
  for (std::size_t handled = 1; handled < kEventsPerRound && io_->poll_one() > 0; ++handled) {
  }
}

void IoCore::wait_for_first_event() {
  if (must_not_sleep()) {
    io_->poll_one();
    return;
  }
  const Instant next = timers_.next();
  if (!std::exchange(expects_soon_, false)) return sleep_until(next);
  if (is_worth_looking_ && look_out()) return;
  const Instant begin = clock_.now();
  sleep_until(next);
  is_worth_looking_ = clock_.now() - begin < kShortSleep;
}

bool IoCore::look_out() {
  const Instant end = std::min(clock_.now() + kLookOut, timers_.next());
  do {
    if (io_->poll_one() > 0 || must_not_sleep()) return true;
    // Whoever else is to run, perhaps who is to answer, goes first.
    std::this_thread::yield();
  } while (clock_.now() < end);
  return false;
}

void IoCore::sleep_until(Instant next) {
  if (next == kNoDeadline) {
    io_->run_one();
    return;
  }
  const Duration pause = next - clock_.now();
  if (pause <= Duration::zero()) {
    io_->poll_one();
  } else {
    io_->run_one_for(pause);
  }
}

void IoCore::run_tasks() {
  inbox_.with([&](Inbox& inbox) {
    running_tasks_.swap(inbox.tasks);
    inbox.wake_sent = false;
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
