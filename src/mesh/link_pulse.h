#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace relay::mesh {

// Whether the other side of a link still lives, and how far away it is: when to ping, what a pong tells, when
// silence has lasted too long. Thread: one; knows only instants that it is told.
class LinkPulse {
 public:
  LinkPulse(Duration ping_interval, Instant now)
      : interval_(ping_interval), next_ping_(now), last_heard_(now) {}

  // Any byte came in.
  void heard(Instant now) { last_heard_ = now; }
  [[nodiscard]] Instant last_heard() const { return last_heard_; }
  // When silence has lasted for kSilentIntervals.
  [[nodiscard]] Instant silent_at() const;

  [[nodiscard]] Instant next_ping() const { return next_ping_; }
  // The payload of a ping that leaves now; the next one is due an interval later, or a tick earlier: at an instant that
  // other links share.
  [[nodiscard]] std::string begin_ping(Instant now);
  // A pong: tells the round-trip time if it answers one of the last pings.
  void pong(std::string_view payload, Instant now);
  // Smoothed: each pong moves it by an eighth. Zero: not known.
  [[nodiscard]] Duration rtt() const { return rtt_; }

 private:
  // Of an interval.
  static constexpr int kTicks = 40;
  // Pings under way whose answer still counts: a round trip may take longer than an interval.
  static constexpr std::size_t kPings = 4;

  [[nodiscard]] Instant at_tick(Instant due) const;

  Duration interval_;
  Instant next_ping_;
  Instant last_heard_;
  std::uint64_t pings_ = 0;
  std::array<Instant, kPings> sent_{};
  Duration rtt_{};
};

}  // namespace relay::mesh
