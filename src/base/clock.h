#pragma once

#include <chrono>

namespace relay {

using Duration = std::chrono::nanoseconds;
// An instant of the monotonic clock; deadlines are always of this kind. kNoDeadline: never.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;
// An instant of the calendar, nanoseconds since 1970 UTC; informs only, nothing is timed with it.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;

inline constexpr Instant kNoDeadline = Instant::max();

// Where time comes from; injected, so that tests hold it in their hand.
// Thread: any.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual WallTime wall_now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] WallTime wall_now() const override { return std::chrono::system_clock::now(); }
};

}  // namespace relay
