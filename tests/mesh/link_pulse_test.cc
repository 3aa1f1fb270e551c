#include "mesh/link_pulse.h"

#include <gtest/gtest.h>

namespace relay::mesh {
namespace {

using std::chrono::milliseconds;

constexpr Duration kInterval = milliseconds(2000);
constexpr Instant kStart{milliseconds(1'000'000)};

TEST(LinkPulse, PingsAtOnceAndThenAtInstantsThatLinksShare) {
  LinkPulse first(kInterval, kStart + milliseconds(3));
  LinkPulse second(kInterval, kStart + milliseconds(44));
  EXPECT_EQ(first.next_ping(), kStart + milliseconds(3));
  static_cast<void>(first.begin_ping(kStart + milliseconds(3)));
  static_cast<void>(second.begin_ping(kStart + milliseconds(44)));
  EXPECT_EQ(first.next_ping(), second.next_ping());
}

TEST(LinkPulse, PingsNeverLaterThanAnInterval) {
  for (int begin = 0; begin < 200; ++begin) {
    const Instant now = kStart + milliseconds(begin);
    LinkPulse pulse(kInterval, now);
    static_cast<void>(pulse.begin_ping(now));
    EXPECT_LE(pulse.next_ping(), now + kInterval);
    EXPECT_GT(pulse.next_ping(), now + kInterval - milliseconds(50));
  }
}

TEST(LinkPulse, KeepsToItsIntervalOnceItIsThere) {
  LinkPulse pulse(kInterval, kStart);
  Instant due = kStart;
  for (int ping = 0; ping < 10; ++ping) {
    // A timer comes a little late.
    static_cast<void>(pulse.begin_ping(due + milliseconds(1)));
    EXPECT_EQ(pulse.next_ping(), due + kInterval);
    due = pulse.next_ping();
  }
}

TEST(LinkPulse, KnowsTheRoundTripOfItsOwnPingsOnly) {
  LinkPulse pulse(kInterval, kStart);
  const std::string payload = pulse.begin_ping(kStart);
  pulse.pong("not ours", kStart + milliseconds(1));
  EXPECT_EQ(pulse.rtt(), Duration::zero());
  pulse.pong(payload, kStart + milliseconds(8));
  EXPECT_EQ(pulse.rtt(), milliseconds(8));
}

}  // namespace
}  // namespace relay::mesh
