#include "mesh/link_pulse.h"

#include <algorithm>
#include <cstring>

#include "mesh/mesh_limits.h"

namespace relay::mesh {

Instant LinkPulse::silent_at() const {
  return last_heard_ + kSilentIntervals * interval_;
}

// Links whose pings are due at about the same time send them in one turn of the loop.
Instant LinkPulse::at_tick(Instant due) const {
  return due - due.time_since_epoch() % (interval_ / kTicks);
}

std::string LinkPulse::begin_ping(Instant now) {
  const std::uint64_t number = pings_++;
  sent_[number % kPings] = now;
  next_ping_ = at_tick(now + interval_);
  std::string payload(sizeof(number), '\0');
  std::memcpy(payload.data(), &number, sizeof(number));
  return payload;
}

void LinkPulse::pong(std::string_view payload, Instant now) {
  std::uint64_t number = 0;
  if (payload.size() != sizeof(number)) return;
  std::memcpy(&number, payload.data(), sizeof(number));
  if (number >= pings_ || pings_ - number > kPings) return;
  // A round trip takes time, also on a clock too coarse to see it: zero means not known.
  const Duration sample = std::max(now - sent_[number % kPings], Duration(1));
  rtt_ = rtt_ == Duration::zero() ? sample : rtt_ + (sample - rtt_) / 8;
}

}  // namespace relay::mesh
