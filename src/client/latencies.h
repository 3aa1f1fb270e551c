#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"

namespace relay::client {

// How long calls took: counts by classes that are at most 1/32 (3 %) wide, so that any number of calls takes
// 16 KiB.
class Latencies {
 public:
  Latencies();

  // Up to an hour; longer counts as an hour.
  void add(Duration latency);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] Duration largest() const { return largest_; }
  // At least this share (0 to 1) of the calls took no longer than this, exact to 3 %. Zero without a call.
  [[nodiscard]] Duration quantile(double share) const;

  // Bars for up to ten stretches of time, their ends growing by one factor, as lines `<= TIME COUNT BAR`.
  // Empty without a call. `columns`: what a line may take.
  [[nodiscard]] std::string histogram(std::size_t columns) const;

 private:
  [[nodiscard]] std::uint64_t count_between(Duration from, Duration to) const;

  std::vector<std::uint64_t> classes_;
  std::uint64_t count_ = 0;
  Duration largest_{0};
};

}  // namespace relay::client
