#pragma once

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "base/clock.h"
#include "mesh/link.h"

namespace relay::mesh {

// How often something may be done: so many a second on average, and so many at once.
// Thread: one; no clock.
class Allowance {
 public:
  Allowance(double a_second, double at_once) : rate_(a_second), most_(at_once), left_(at_once) {}

  // Whether it may be done once more now.
  [[nodiscard]] bool take(Instant now) {
    const std::chrono::duration<double> passed = now - at_;
    at_ = now;
    left_ = std::min(most_, left_ + passed.count() * rate_);
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  double rate_;
  double most_;
  double left_;
  Instant at_{};
};

// The same for each link.
// Bound: one entry a link; forget() when it ends.
class LinkAllowances {
 public:
  LinkAllowances(double a_second, double at_once) : fresh_(a_second, at_once) {}

  [[nodiscard]] bool take(LinkId link, Instant now) {
    return by_link_.try_emplace(link, fresh_).first->second.take(now);
  }
  void forget(LinkId link) { by_link_.erase(link); }

 private:
  Allowance fresh_;
  std::unordered_map<LinkId, Allowance> by_link_;
};

}  // namespace relay::mesh
