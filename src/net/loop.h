#pragma once

#include "base/executor.h"

namespace relay::net {

// Something to be done once when the current round of a loop ends; see Loop::at_round_end.
class RoundEndHook {
 public:
  virtual void on_round_end() = 0;

 protected:
  ~RoundEndHook() = default;
};

// What the code of a connection sees of the core that it runs on. A round is: one batch of I/O events, the posted
// tasks, the timers that are due, a slice of idle work (actors), then the round-end hooks. So whatever answers
// arise in one round leave in one write per connection.
//
// Thread: post() from any; everything else only from the loop's own thread.
class Loop : public Executor {
 public:
  // Whether the caller stands on the loop's own thread. Thread: any.
  [[nodiscard]] virtual bool is_current() const = 0;

  // The time when this round's events were fetched: one clock reading a round, precise enough for timeouts.
  [[nodiscard]] virtual Instant round_time() const = 0;

  // Calls `hook` once at the end of this round. Enqueueing twice is the caller's mistake.
  virtual void at_round_end(RoundEndHook& hook) = 0;
  // Something is likely to come within microseconds, such as the answer to what is just sent: the loop may look out for
  // it before it sleeps, since waking takes longer than a short exchange does. Holds for one wait.
  virtual void expect_soon() {}
  // Takes back an at_round_end() that has not run; an unknown hook is ignored.
  virtual void forget_round_end(RoundEndHook& hook) = 0;
};

}  // namespace relay::net
