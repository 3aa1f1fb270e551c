#include "script_fixture.h"

namespace relay {
namespace {

const std::string kSleepers = R"(
server s {
  state { n: number = 0 }
  receive fn nap(seconds: number) { state.set("n", 1); try { sleep(seconds) } catch e { "caught" }; "awake" }
  receive fn spin() { while true { 1 } }
  receive fn outer(seconds: number) { sleep(seconds); message("t", "hi") }
  receive fn hi() { "hi" }
}
server t { receive fn hi() { "hi from t" } }
)";

class Shutdown : public ::testing::Test {
 protected:
  void stop() {
    stage.system->stop([this] { ++stopped; });
    stage.run();
  }
  Stage stage{kSleepers, 2};
  int stopped = 0;
  int drained = 0;
};

TEST_F(Shutdown, RefusesCallsFromOutsideOnceClosed) {
  stage.system->close();
  EXPECT_EQ(stage.ask("s.hi"), "shutting_down: the node shuts down");
}

TEST_F(Shutdown, LetsHandlersFinishAndCallEachOther) {
  const auto answers = stage.send("s.outer", "[1]");
  stage.run();
  stage.system->close();
  stage.system->drain([this] { ++drained; });
  stage.advance(std::chrono::milliseconds(500));
  EXPECT_EQ(drained, 0);
  stage.advance(std::chrono::seconds(1));
  EXPECT_EQ(answers->only(), R"("hi from t")");
  EXPECT_EQ(drained, 1);
}

TEST_F(Shutdown, DrainsAtOnceWhenNothingIsOpen) {
  EXPECT_EQ(stage.ask("s.hi"), R"("hi")");
  stage.system->close();
  stage.system->drain([this] { ++drained; });
  stage.run();
  EXPECT_EQ(drained, 1);
}

TEST_F(Shutdown, StopsWhoWaitsWhoRunsAndWhoIsQueued) {
  const auto nap = stage.send("s.nap", "[60]");
  const auto queued = stage.send("s.hi");
  stage.run();
  EXPECT_EQ(nap->only(), "no answer");
  stop();
  EXPECT_EQ(nap->only(), "shutting_down: method 's.nap' was stopped: the server stops");
  EXPECT_EQ(queued->only(), "shutting_down: method 's.hi' did not run: the server stops");
  EXPECT_EQ(queued->ran, Ran::kNo);
  EXPECT_EQ(stopped, 1);
}

TEST_F(Shutdown, StopsARunawayAtItsNextTurn) {
  const auto spin = stage.send("s.spin");
  stage.run(3);
  stop();
  EXPECT_EQ(spin->only(), "shutting_down: method 's.spin' was stopped: the server stops");
  EXPECT_EQ(stopped, 1);
}

TEST_F(Shutdown, AnswersCallsThatComeAfterTheEnd) {
  EXPECT_EQ(stage.ask("s.hi"), R"("hi")");
  stop();
  EXPECT_EQ(stage.ask("s.hi"), "shutting_down: server 's' has stopped");
}

TEST_F(Shutdown, TimersOfTheStoppedTouchNothing) {
  const auto nap = stage.send("s.nap", "[60]");
  stage.run();
  stop();
  stage.advance(std::chrono::seconds(120));
  EXPECT_TRUE(nap->only().starts_with("shutting_down"));
}

TEST_F(Shutdown, EndsWithoutAnyServer) {
  Stage empty("1 + 1");
  int done = 0;
  empty.system->stop([&] { ++done; });
  empty.run();
  EXPECT_EQ(done, 1);
}

TEST_F(Shutdown, ASystemMayBeDestroyedInTheMiddle) {
  const auto nap = stage.send("s.nap", "[60]");
  const auto queued = stage.send("s.hi");
  stage.run();
  stage.system.reset();
  EXPECT_EQ(nap->only(), "no answer");
  EXPECT_EQ(queued->only(), "no answer");
}

TEST_F(Shutdown, StopsAProgramThatWaits) {
  Stage waiting("sleep(1000); print(\"never\")");
  waiting.run_program();
  int done = 0;
  waiting.system->stop([&] { ++done; });
  waiting.run();
  EXPECT_EQ(done, 1);
  waiting.advance(std::chrono::seconds(2000));
  EXPECT_EQ(waiting.output.take(), "");
  EXPECT_EQ(waiting.ended, "runs");
}

}  // namespace
}  // namespace relay
