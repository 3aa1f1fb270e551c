#include "mesh/call_window.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using State = CallWindow::State;

TEST(CallWindow, KnowsNothingAtFirst) {
  const CallWindow window;
  EXPECT_EQ(window.at(0), State::kBelow);
  EXPECT_EQ(window.at(1), State::kNew);
  EXPECT_EQ(window.at(UINT64_MAX), State::kNew);
  EXPECT_EQ(window.capacity_bytes(), 0u);
}

TEST(CallWindow, CostsLittleForAFewCallsAndItsBoundForAnyNumber) {
  CallWindow window;
  for (std::uint64_t n = 1; n <= 32; ++n) window.set(n, State::kRunning);
  EXPECT_LE(window.capacity_bytes(), 8u);
  for (std::uint64_t n = 33; n <= 5 * kCallWindow; ++n) window.set(n, State::kEnded);
  EXPECT_LE(window.capacity_bytes(), 16u << 10);
}

TEST(CallWindow, CostsLittleForAnOriginThatIsFirstSeenLate) {
  CallWindow window;
  window.set(1'000'000'000, State::kRunning);
  EXPECT_LE(window.capacity_bytes(), 8u);
  EXPECT_EQ(window.at(1'000'000'000), State::kRunning);
  EXPECT_EQ(window.at(999'999'999), State::kNew);
}

TEST(CallWindow, ForgetsWhatIsAWindowOlderThanTheNewestAndNothingElse) {
  CallWindow window;
  window.set(1, State::kRunning);
  window.set(2, State::kEnded);
  window.set(kCallWindow, State::kRunning);
  EXPECT_EQ(window.at(1), State::kRunning);
  window.set(kCallWindow + 1, State::kRunning);
  EXPECT_EQ(window.at(1), State::kBelow);
  EXPECT_EQ(window.at(2), State::kEnded);
  EXPECT_EQ(window.at(3), State::kNew);
}

TEST(CallWindow, TakesTheLargestCounterThereIs) {
  CallWindow window;
  window.set(5, State::kRunning);
  window.set(UINT64_MAX, State::kRunning);
  EXPECT_EQ(window.at(5), State::kBelow);
  EXPECT_EQ(window.at(UINT64_MAX), State::kRunning);
  EXPECT_EQ(window.at(UINT64_MAX - kCallWindow), State::kBelow);
  EXPECT_EQ(window.at(UINT64_MAX - kCallWindow + 1), State::kNew);
  window.set(UINT64_MAX - kCallWindow + 1, State::kEnded);
  EXPECT_EQ(window.at(UINT64_MAX), State::kRunning);
}

// A map that forgets what is out of the window.
RC_GTEST_PROP(CallWindow, DoesWhatAMapOfTheLastCountersWouldDo, ()) {
  CallWindow window;
  std::map<std::uint64_t, State> model;
  std::uint64_t top = 0;
  const auto jumps = *rc::gen::container<std::vector<int>>(
      rc::gen::oneOf(rc::gen::inRange(-3, 4), rc::gen::inRange(-70'000, 70'000),
                     rc::gen::element(1, 31, 32, 65'535, 65'536, -65'535)));
  for (const int jump : jumps) {
    const auto wanted = static_cast<std::int64_t>(top) + jump;
    const std::uint64_t n = wanted < 0 ? 0 : static_cast<std::uint64_t>(wanted);
    const bool is_below = n == 0 || n + kCallWindow <= top;
    const auto known = model.find(n);
    const State expected = is_below ? State::kBelow : known == model.end() ? State::kNew : known->second;
    RC_ASSERT(window.at(n) == expected);
    if (is_below) continue;
    const State next = expected == State::kNew       ? State::kRunning
                       : expected == State::kRunning ? State::kEnded
                                                     : State::kNew;
    window.set(n, next);
    model[n] = next;
    top = std::max(top, n);
    for (const auto& [counter, state] : model) {
      RC_ASSERT(window.at(counter) == (counter + kCallWindow <= top ? State::kBelow : state));
    }
    // Between what was set nothing appears by itself.
    for (std::uint64_t near = n > 40 ? n - 40 : 1; near < n + 40; ++near) {
      if (model.contains(near) || near + kCallWindow <= top) continue;
      RC_ASSERT(window.at(near) == State::kNew);
    }
  }
}

}  // namespace
}  // namespace relay::mesh
