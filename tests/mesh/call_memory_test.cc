#include "mesh/call_memory.h"

#include <gtest/gtest.h>

#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using enum CallMemory::Verdict;

class CallMemoryTest : public testing::Test {
 protected:
  CallMemory::Verdict begin(std::uint64_t n, std::uint64_t inc = 1, std::string_view origin = "a") {
    return memory.begin(by, origin, {inc, 9}, n).verdict;
  }
  void run(std::uint64_t n, std::string reply = "r", std::uint64_t inc = 1, std::string_view origin = "a") {
    EXPECT_EQ(begin(n, inc, origin), kRun);
    memory.end(origin, {inc, 9}, n, std::move(reply));
  }
  CallMemory memory;
  std::string by = "peer";
};

TEST_F(CallMemoryTest, RunsACallOnceAndGivesTheSameReplyToItsRepeats) {
  EXPECT_EQ(begin(1), kRun);
  EXPECT_EQ(begin(1), kRunning);
  memory.end("a", {1, 9}, 1, "the reply");
  for (int i = 0; i < 2; ++i) {
    const CallMemory::Seen seen = memory.begin(by, "a", {1, 9}, 1);
    EXPECT_EQ(seen.verdict, kRepeat);
    EXPECT_EQ(seen.reply, "the reply");
  }
}

TEST_F(CallMemoryTest, TellsOriginsAndIncarnationsApart) {
  run(1);
  EXPECT_EQ(begin(1, 1, "b"), kRun);
  EXPECT_EQ(begin(1, 2), kRun);
  EXPECT_EQ(begin(1, 2), kRunning);
}

TEST_F(CallMemoryTest, KeepsTheWindowOfAStartWhateverOtherStartsAreClaimed) {
  run(1, "mine", 5);
  run(1, "forged", 1'000'000);
  run(900'000, "forged", 1'000'000);
  EXPECT_EQ(memory.begin(by, "a", {5, 9}, 1).reply, "mine");
  EXPECT_EQ(begin(2, 5), kRun);
}

TEST_F(CallMemoryTest, KeepsTheWindowOfASeriesWhateverOthersAreClaimed) {
  run(1, "mine");
  EXPECT_EQ(memory.begin("liar", "a", {1, 8}, 1'000'000'000).verdict, kRun);
  EXPECT_EQ(memory.begin(by, "a", {1, 9}, 1).reply, "mine");
  EXPECT_EQ(begin(2), kRun);
}

TEST_F(CallMemoryTest, RunsCallsThatOvertookEachOther) {
  run(5);
  run(3);
  run(4);
  EXPECT_EQ(begin(3), kRepeat);
  EXPECT_EQ(begin(2), kRun);
}

TEST_F(CallMemoryTest, DoesNotKnowWhatIsBelowTheWindow) {
  run(1);
  run(kCallWindow + 1);
  EXPECT_EQ(begin(1), kForgotten);
  EXPECT_EQ(begin(0), kForgotten);
  EXPECT_EQ(begin(2), kRun);
}

TEST_F(CallMemoryTest, LetsARefusedCallComeAgain) {
  EXPECT_EQ(begin(1), kRun);
  memory.undo("a", {1, 9}, 1);
  EXPECT_EQ(begin(1), kRun);
  memory.end("a", {1, 9}, 1, "r");
  memory.undo("a", {1, 9}, 1);
  EXPECT_EQ(begin(1), kRepeat);
}

TEST_F(CallMemoryTest, KeepsTheFirstReplyAndNoneOfACallThatItDoesNotKnow) {
  memory.end("a", {1, 9}, 1, "never begun");
  EXPECT_EQ(memory.kept_bytes(), 0u);
  run(1, "first");
  memory.end("a", {1, 9}, 1, "second");
  EXPECT_EQ(memory.begin(by, "a", {1, 9}, 1).reply, "first");
}

TEST_F(CallMemoryTest, ForgetsTheOldestRepliesPastItsBytesButNotThatTheyWere) {
  const std::string reply(1u << 20, 'r');
  for (std::uint64_t n = 1; n <= 20; ++n) run(n, reply, 1, n % 2 == 0 ? "a" : "b");
  EXPECT_LE(memory.kept_bytes(), kMaxKeptReplyBytes);
  EXPECT_EQ(begin(1, 1, "b"), kForgotten);
  EXPECT_EQ(begin(20, 1, "a"), kRepeat);
}

TEST_F(CallMemoryTest, KeepsNoReplyLargerThanAllItsBytes) {
  run(1, "small");
  run(2, std::string(kMaxKeptReplyBytes, 'r'));
  EXPECT_EQ(begin(2), kForgotten);
  EXPECT_EQ(begin(1), kRepeat);
}

TEST_F(CallMemoryTest, BoundsTheNumberOfTinyRepliesToo) {
  for (std::uint64_t n = 1; n <= 200'000; ++n) run(n, "");
  EXPECT_LE(memory.kept_bytes(), kMaxKeptReplyBytes);
  EXPECT_EQ(begin(200'000), kRepeat);
  EXPECT_EQ(begin(200'000 - kCallWindow + 1), kRepeat);
}

TEST_F(CallMemoryTest, ForgetsTheOriginOfAPeerThatWasUnusedForLongestPastItsBound) {
  run(1, "r", 1, "first");
  for (std::size_t i = 0; i + 1 < kMaxOriginsOfLink; ++i) run(1, "r", 1, "n" + std::to_string(i));
  EXPECT_EQ(begin(1, 1, "first"), kRepeat);
  run(1, "r", 1, "one more");
  EXPECT_EQ(begin(1, 1, "first"), kRepeat);
  EXPECT_EQ(begin(1, 1, "n0"), kRun);
}

TEST_F(CallMemoryTest, LetsNoPeerMakeTheOriginsOfOthersGo) {
  run(1, "r", 1, "honest");
  for (int liar = 0; liar < 6; ++liar) {
    by = "liar " + std::to_string(liar);
    for (std::size_t i = 0; i < kMaxOriginsOfLink; ++i) run(1, "r", i + 2, "ghost of " + by);
  }
  by = "another";
  EXPECT_EQ(begin(1, 1, "honest"), kRepeat);
}

}  // namespace
}  // namespace relay::mesh
