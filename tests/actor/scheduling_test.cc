#include "actor/actor.h"
#include "actor/core.h"
#include "script_fixture.h"

namespace relay {
namespace {

const std::string kSpinners = R"(
server spin { receive fn go() { while true { 1 } } }
server spin2 { receive fn go() { while true { 1 } } }
server quick { state { n: number = 0 } receive fn hi() { state.set("n", state.n + 1); state.n } }
)";

TEST(Scheduling, ARunawayLoopDoesNotBlockOthers) {
  Stage stage(kSpinners);
  const auto spin = stage.send("spin.go");
  stage.run(5);
  const auto quick = stage.send("quick.hi");
  stage.run(5);
  EXPECT_EQ(quick->only(), "1");
  EXPECT_EQ(spin->only(), "no answer");
}

TEST(Scheduling, ARunawayProgramDoesNotBlockServers) {
  Stage stage(kSpinners + "while true { 1 }");
  stage.system->run_program(stage);
  stage.run(5);
  const auto quick = stage.send("quick.hi");
  stage.run(5);
  EXPECT_EQ(quick->only(), "1");
}

TEST(Scheduling, ACoreLooksUpAfterItsSlice) {
  Stage stage(kSpinners);
  (void)stage.send("spin.go");
  stage.cores[0]->run_round();
  const Instant begin = stage.clock.now();
  EXPECT_EQ(stage.system->ready_list(0).run_for(kActorSlice), ReadyList::Left::kMore);
  EXPECT_LT(stage.clock.now() - begin, 2 * kActorSlice);
}

TEST(Scheduling, AnUncontendedCallStaysOnItsCore) {
  Stage stage(kSpinners, 2);
  const auto quick = stage.send("quick.hi");
  while (stage.cores[0]->run_round()) {
  }
  EXPECT_EQ(stage.system->ready_list(0).run_for(kActorSlice), ReadyList::Left::kNothing);
  EXPECT_EQ(quick->only(), "1");
  // No task was posted to the other core but the one that attached it at the start.
  EXPECT_TRUE(stage.cores[1]->run_round());
  EXPECT_FALSE(stage.cores[1]->run_round());
}

TEST(Scheduling, AHogGoesToAnIdleCore) {
  Stage stage(kSpinners, 2);
  stage.run();
  (void)stage.send("spin.go");
  (void)stage.send("spin2.go");
  stage.cores[0]->run_round();
  EXPECT_FALSE(stage.cores[1]->run_round());
  EXPECT_EQ(stage.system->ready_list(0).run_for(kActorSlice), ReadyList::Left::kMore);
  EXPECT_TRUE(stage.cores[1]->run_round());
  EXPECT_EQ(stage.system->ready_list(1).run_for(kActorSlice), ReadyList::Left::kMore);
}

TEST(Scheduling, WhoWaitsTooLongGoesToAnIdleCore) {
  ActorLimits limits;
  limits.full_turns_before_move = 1'000'000;
  Stage stage(kSpinners, 2, limits);
  stage.run();
  (void)stage.send("spin.go");
  const auto quick = stage.send("quick.hi");
  stage.cores[0]->run_round();
  stage.clock.tick = std::chrono::microseconds(300);
  EXPECT_EQ(stage.system->ready_list(0).run_for(kActorSlice), ReadyList::Left::kMore);
  EXPECT_EQ(stage.system->ready_list(0).run_for(kActorSlice), ReadyList::Left::kMore);
  EXPECT_TRUE(stage.cores[1]->run_round());
  EXPECT_EQ(quick->only(), "no answer");
  EXPECT_EQ(stage.system->ready_list(1).run_for(kActorSlice), ReadyList::Left::kNothing);
  EXPECT_EQ(quick->only(), "1");
}

TEST(Scheduling, AMovedActorKeepsItsStateAndItsWait) {
  ActorLimits limits;
  limits.full_turns_before_move = 0;
  Stage stage(R"(
server worker { state { n: number = 0 } receive fn work() { for i in range(3000) { state.set("n", state.n + 1) }; sleep(1); [state.n, message("other", "hi")] } }
server other { receive fn hi() { for i in range(5000) { i }; "hi" } }
)", 3, limits);
  const auto one = stage.send("worker.work");
  const auto two = stage.send("worker.work");
  stage.advance(std::chrono::seconds(3));
  EXPECT_EQ(one->only(), R"([3000,"hi"])");
  EXPECT_EQ(two->only(), R"([6000,"hi"])");
}

TEST(Scheduling, ABatchIsHandledInOneTurn) {
  Stage stage(kSpinners);
  std::vector<std::shared_ptr<Answers>> answers;
  for (int i = 0; i < 100; ++i) answers.push_back(stage.send("quick.hi"));
  stage.cores[0]->run_round();
  EXPECT_EQ(stage.system->ready_list(0).run_for(kActorSlice), ReadyList::Left::kNothing);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(answers[static_cast<std::size_t>(i)]->only(), std::to_string(i + 1));
}

// Numbers that take 800 KB as an array.
const std::string kLargeArgs = [] {
  std::string text = "[[1";
  for (int i = 1; i < 100'000; ++i) text += ",1";
  return text + "]]";
}();

TEST(Scheduling, ALargeMessageEndsTheTurn) {
  Stage stage(R"(server sizes { receive fn of(a) { a.length() } receive fn make(n) { range(n) } receive fn one() { 1 } })");
  stage.clock.tick = kActorSlice;  // one turn a look
  const auto answers_of_first_turn = [&](const std::string& method, const std::string& args) {
    const auto first = stage.send(method, args);
    const auto second = stage.send(method, args);
    stage.cores[0]->run_round();
    (void)stage.system->ready_list(0).run_for(kActorSlice);
    const std::size_t answered = (first->only() != "no answer" ? 1 : 0) + (second->only() != "no answer" ? 1 : 0);
    stage.run();
    EXPECT_NE(second->only(), "no answer");
    return answered;
  };
  EXPECT_EQ(answers_of_first_turn("sizes.one", "[]"), 2u);
  EXPECT_EQ(answers_of_first_turn("sizes.of", "[[1,2,3]]"), 2u);
  EXPECT_LT(answers_of_first_turn("sizes.of", kLargeArgs), 2u);
  EXPECT_EQ(answers_of_first_turn("sizes.make", "[3]"), 2u);
  EXPECT_LT(answers_of_first_turn("sizes.make", "[60000]"), 2u);
}

// Else large values would pile up faster than they are freed.
TEST(Scheduling, WhatALargeValueLeavesIsFreedBeforeMoreWorkBegins) {
  Stage stage(R"(server waste { receive fn large() { range(1000000).length() } receive fn small() { 1 } })");
  stage.clock.tick = kActorSlice;  // one turn a look
  const auto large = stage.send("waste.large", "[]");
  const auto small = stage.send("waste.small", "[]");
  const auto turns_until = [&](const auto& answer) {
    int turns = 0;
    for (; answer->only() == "no answer" && turns < 1000; ++turns) {
      stage.cores[0]->run_round();
      (void)stage.system->ready_list(0).run_for(kActorSlice);
    }
    return turns;
  };
  (void)turns_until(large);
  EXPECT_EQ(large->only(), "1000000");
  EXPECT_GT(turns_until(small), 5);
  EXPECT_EQ(small->only(), "1");
}

}  // namespace
}  // namespace relay
