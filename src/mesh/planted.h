#pragma once

#include <cstdint>

namespace relay::mesh {

// Bugs that a test build can switch on, one at a time, to show that the simulation finds them (tests/sim). In
// every other build planted() is the constant `false`, and nothing of them is left in the code.
enum class Bug : std::uint8_t {
  kNone,
  kCallsNotRemembered,         // a repeat of a call runs again
  kAnsweredTwice,              // a caller hears its reply twice
  kTtlKept,                    // a message passed on keeps its ttl
  kRouteKept,                  // a forwarder does not add itself to the route
  kAvoidForgotten,             // a message goes back to nodes that have had it
  kUnwrittenIsUnknown,         // what was never sent is said to have run, perhaps
  kWrittenIsUnwritten,         // what was sent is said not to have run
  kForwardedIsUnwritten,       // the same, by a forwarder
  kRetriedThoughItMayHaveRun,  // as a new call, over another path
  kPendingKept,                // calls wait for their deadline although their link has ended
  kDeadlineForgotten,          // a callee is not told how long its caller waits
  kStaleNews,                  // an older announcement replaces a newer one
  kNewsKept,                   // what is heard of others is not passed on
  kLateReplyCounts,            // the reply to an old call answers a younger one
  kRepliesOfAnyone,            // a reply counts whoever it comes from
  kNoRedial,                   // a lost link stays lost
};

#ifdef RELAY_PLANTED_BUGS
inline Bug planted_bug = Bug::kNone;
[[nodiscard]] inline bool planted(Bug bug) {
  return planted_bug == bug;
}
#else
[[nodiscard]] constexpr bool planted(Bug) {
  return false;
}
#endif

}  // namespace relay::mesh
