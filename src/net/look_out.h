#pragma once

#include <cstdint>

#include "base/clock.h"
#include "net/net_limits.h"

namespace relay::net {

// Whether a core looks out for what it expects before it sleeps. That is worth its time while what is expected comes within
// kLookOut, as the last short wait lets hope; where it comes a little later each time, looking is a waste, and after
// kVainLooks in a row the core sleeps through kWaitsOfRest waits before it tries anew.
//
// Bound:  in vain it looks for kLookOut in kVainLooks of kVainLooks + kWaitsOfRest waits.
// Thread: the core's own.
class LookOut {
 public:
  [[nodiscard]] bool is_worth_it() const { return was_short_ && rest_ == 0; }
  // It looked, and something came.
  void saw() { vain_ = 0; }
  // It looked, and nothing came in time.
  void saw_nothing() {
    if (++vain_ < kVainLooks) return;
    vain_ = 0;
    rest_ = kWaitsOfRest + 1;  // the wait under way is one
  }
  // It slept for so long until something came.
  void slept(Duration wait) {
    was_short_ = wait < kShortSleep;
    if (rest_ > 0) --rest_;
  }

 private:
  bool was_short_ = false;
  std::uint32_t vain_ = 0;  // looks in vain in a row
  std::uint32_t rest_ = 0;  // waits to sleep through
};

}  // namespace relay::net
