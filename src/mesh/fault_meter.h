#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>

#include "base/clock.h"
#include "mesh/link.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {

// Counts the wrong frames of each link, and says when one has sent too many, or when the next may be logged.
// Bound:  kMaxFaults instants a link. Thread: the mesh's core.
class FaultMeter {
 public:
  enum class Verdict : std::uint8_t { kGoOn, kClose };
  // One more, at `now`: the kMaxFaults-th within kFaultWindow ends the link.
  [[nodiscard]] Verdict count(LinkId link, Instant now) {
    std::deque<Instant>& times = times_[link];
    times.push_back(now);
    while (now - times.front() > kFaultWindow) times.pop_front();
    return times.size() >= static_cast<std::size_t>(kMaxFaults) ? Verdict::kClose : Verdict::kGoOn;
  }
  void forget(LinkId link) { times_.erase(link); }

  // Once a second at most, over all links.
  [[nodiscard]] bool may_log(Instant now) {
    if (has_logged_ && now - logged_at_ < std::chrono::seconds(1)) return false;
    logged_at_ = now;
    has_logged_ = true;
    return true;
  }

 private:
  std::unordered_map<LinkId, std::deque<Instant>> times_;
  Instant logged_at_{};
  bool has_logged_ = false;
};

}  // namespace relay::mesh
