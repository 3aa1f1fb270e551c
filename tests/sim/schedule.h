#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/executor.h"

namespace relay::sim {

// All that is going to happen in a simulation, and its only clock: time stands still while something happens
// and then jumps to the next event.
//
// Order:  by time; equal times in the order in which they were added.
// Thread: one.
class Schedule final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] WallTime wall_now() const override { return kWallStart + (now_ - kStart); }
  // Since the simulation began.
  [[nodiscard]] Duration elapsed() const { return now_ - kStart; }

  void at(Instant when, Task task);
  void after(Duration pause, Task task) { at(now_ + pause, std::move(task)); }
  // Lets everything happen that is due until then.
  void run_until(Instant end);
  // What has not happened never will.
  void clear() { events_.clear(); }
  // Time stops after so many events: a run in which something goes on without end ends too.
  void set_most_events(std::uint64_t most) { most_events_ = most; }
  void stop() { most_events_ = 0; }
  [[nodiscard]] bool has_stopped() const { return happened_ >= most_events_; }

  // Mixes what has happened into the hash of the run: two runs of equal hash went the same way.
  void note(std::uint64_t word);
  void note(std::string_view text);
  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  [[nodiscard]] std::uint64_t happened() const { return happened_; }

  // Any hour will do; not zero, so that no instant of a run is the empty one.
  static constexpr Instant kStart{std::chrono::hours(1)};

 private:
  static constexpr WallTime kWallStart{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};
  struct Event {
    Instant when;
    std::uint64_t order = 0;
    Task task;
  };
  struct Later {
    bool operator()(const Event& a, const Event& b) const {
      return a.when != b.when ? a.when > b.when : a.order > b.order;
    }
  };

  Instant now_ = kStart;
  std::vector<Event> events_;  // a heap
  std::uint64_t last_order_ = 0;
  std::uint64_t happened_ = 0;
  std::uint64_t most_events_ = UINT64_MAX;
  std::uint64_t hash_ = 0xCBF29CE484222325u;
};

}  // namespace relay::sim
