#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "net/look_out.h"
#include "net/loop.h"
#include "net/poller.h"
#include "net/resolver.h"
#include "net/timer_queue.h"

namespace relay::net {

enum class WorkLeft { kNone, kMore };
// A slice of work that is not I/O (the ready actors), at most 200 microseconds of it. kMore: call me again after a
// look at the sockets, without sleeping.
using IdleWork = std::function<WorkLeft()>;

// One core: one thread that runs the sockets that it watches, the tasks posted to it, its timers and its idle work.
//
// Timers stand in a heap of our own; the loop sleeps until the nearest, so that setting or cancelling one of 100,000
// costs no system call. They are due at millisecond precision, the precision of epoll.
//
// Order:  tasks run in the order posted; each round runs what was posted before it began.
// Bound:  none on tasks: who posts must be bounded by something else (a window, a connection, an actor).
// Owner:  outlives everything that may still post to it.
// Thread: post(), stop(), is_current() from any thread; the rest only on the core's own, or before run().
class IoCore final : public Loop {
 public:
  IoCore(std::size_t index, const Clock& clock);
  ~IoCore() override;
  IoCore(const IoCore&) = delete;
  IoCore& operator=(const IoCore&) = delete;

  void post(Task task) override;
  TimerId run_at(Instant when, Task task) override;
  void cancel(TimerId id) override;
  [[nodiscard]] const Clock& clock() const override { return clock_; }

  [[nodiscard]] bool is_current() const override;
  [[nodiscard]] Instant round_time() const override;
  void at_round_end(RoundEndHook& hook) override;
  void expect_soon() override { expects_soon_ = true; }
  void forget_round_end(RoundEndHook& hook) override;

  // Called in each round after I/O, tasks and timers. One at a time: setting replaces. Call before run(), or on the core.
  void set_idle_work(IdleWork work);

  // Whether there is what a core waits with; tries again to open it. There is no run() without it. Errors: kIo, out of
  // descriptors. Call before run().
  [[nodiscard]] Result<void> prepare() { return poller_.open(); }

  // The core's position among its siblings, from 0.
  [[nodiscard]] std::size_t index() const { return index_; }
  // What watches the sockets of this core, and what looks up names for it.
  [[nodiscard]] Poller& poller() { return poller_; }
  [[nodiscard]] Resolver& resolver() { return resolver_; }
  // The core whose thread this is, or nullptr.
  [[nodiscard]] static IoCore* current();

  // Runs rounds on the calling thread until stop(). What was posted before stop() still runs.
  void run();
  void stop();
  // Destroys tasks and timers that will never run; false when there was none. Only while run() is not running.
  bool drop_pending();

 private:
  struct Inbox {
    std::vector<Task> tasks;
    bool is_asleep = false;  // the next post() from outside wakes it
  };

  void handle_events();
  void sleep_until(Instant next);
  // Waits without sleeping; false when neither what is expected nor a timer has come.
  [[nodiscard]] bool look_out();
  [[nodiscard]] WorkLeft run_idle_work();
  [[nodiscard]] bool must_not_sleep() const;
  void run_tasks();
  void run_timers();
  void run_round_end();

  const std::size_t index_;
  const Clock& clock_;
  Poller poller_;
  Guarded<Inbox> inbox_;
  std::vector<Task> running_tasks_;
  TimerQueue timers_;
  IdleWork idle_work_;
  std::vector<RoundEndHook*> round_end_;
  std::vector<RoundEndHook*> running_round_end_;
  mutable Instant round_time_;
  mutable bool round_time_is_old_ = true;
  bool expects_soon_ = false;
  LookOut look_out_;
  WorkLeft work_left_ = WorkLeft::kNone;
  std::atomic<bool> stopping_{false};
  Resolver resolver_{*this};
};

}  // namespace relay::net
