#include "script_fixture.h"

namespace relay {
namespace {

using std::chrono::seconds;

CallStyle within(Duration timeout) {
  CallStyle style;
  style.timeout = timeout;
  return style;
}

TEST(Deadline, StopsAWaitingHandlerAndRollsItBack) {
  Stage stage(R"(
server s {
  state { n: number = 0 }
  receive fn nap() { state.set("n", 1); try { sleep(60) } catch e { "caught" }; 1 }
  receive fn n() { state.n }
}
)");
  const auto answers = stage.send("s.nap", "", within(seconds(5)));
  stage.run();
  EXPECT_EQ(answers->only(), "no answer");
  stage.advance(seconds(6));
  EXPECT_EQ(answers->only(), "timeout: method 's.nap' was stopped: its deadline passed");
  EXPECT_EQ(answers->ran, Ran::kYes);
  EXPECT_EQ(stage.ask("s.n"), "0");
}

TEST(Deadline, StopsARunawayHandlerThatCatchesEverything) {
  Stage stage(R"(server s { receive fn spin() { while true { try { 1 / 0 } catch e { e } } } receive fn hi() { "hi" } })");
  const auto answers = stage.send("s.spin", "", within(seconds(5)));
  stage.run(20);
  EXPECT_EQ(answers->only(), "no answer");
  stage.clock.set(stage.clock.now() + seconds(6));
  stage.run();
  EXPECT_EQ(answers->only(), "timeout: method 's.spin' was stopped: its deadline passed");
  EXPECT_EQ(stage.ask("s.hi"), R"("hi")");
}

TEST(Deadline, LimitsOneCallWithin) {
  Stage stage(R"(
server slow { state { n: number = 0 } receive fn nap() { state.set("n", 1); sleep(30); 1 } receive fn n() { state.n } }
print(try { send "slow" nap {} within 0.5 } catch e { [e.error, e.kind] })
print(send "slow" n {})
)");
  EXPECT_EQ(stage.run_program(), "");
  stage.advance(std::chrono::milliseconds(600));
  EXPECT_EQ(stage.output.take(), "[\"no reply from 'slow.nap' within 0.5 seconds\", \"timeout\"]\n0\n");
}

TEST(Deadline, NestedCallsGetWhatIsLeft) {
  Stage stage(R"(
server a { state { n: number = 0 } receive fn f() { state.set("n", 1); try { message("b", "f") } catch e { "caught" } } receive fn n() { state.n } }
server b { state { n: number = 0 } receive fn f() { state.set("n", 1); sleep(60) } receive fn n() { state.n } }
)");
  const auto answers = stage.send("a.f", "", within(seconds(5)));
  stage.advance(seconds(4));
  EXPECT_EQ(answers->only(), "no answer");
  stage.advance(seconds(2));
  EXPECT_EQ(answers->only(), "timeout: method 'a.f' was stopped: its deadline passed");
  EXPECT_EQ(stage.ask("a.n"), "0");
  EXPECT_EQ(stage.ask("b.n"), "0");
}

TEST(Deadline, AShorterLimitOfAnInnerCallIsCaughtByTheOuter) {
  Stage stage(R"(
server a { receive fn f() { try { send "b" f {} within 1 } catch e { e.kind } } }
server b { receive fn f() { sleep(60) } }
)");
  const auto answers = stage.send("a.f", "", within(seconds(5)));
  stage.advance(seconds(2));
  EXPECT_EQ(answers->only(), R"("timeout")");
}

TEST(Deadline, APartOfManyHasItsOwn) {
  Stage stage(R"(
server a { receive fn f() { sleep(60) } }
server b { receive fn f() { sleep(2); "b" } }
server all { receive fn go() { message_all([{server: "a", method: "f", timeout: 1}, {server: "b", method: "f", timeout: 9}]).map(fn (r) { r.get("ok") ?? r.error.kind }) } }
)");
  const auto answers = stage.send("all.go");
  stage.advance(seconds(3));
  EXPECT_EQ(answers->only(), R"(["timeout","b"])");
}

TEST(Deadline, ACallThatWaitsInTheMailboxIsAnsweredInTime) {
  Stage stage(R"(server s { receive fn nap() { sleep(20); "awake" } receive fn hi() { "hi" } })");
  const auto nap = stage.send("s.nap", "", within(seconds(30)));
  stage.run();
  const auto hi = stage.send("s.hi", "", within(seconds(3)));
  stage.advance(seconds(4));
  EXPECT_EQ(hi->only(), "timeout: method 's.hi' did not run: its deadline passed before its turn");
  EXPECT_EQ(hi->ran, Ran::kNo);
  stage.advance(seconds(20));
  EXPECT_EQ(nap->only(), R"("awake")");
}

TEST(Deadline, ACallBehindARunawayIsAnsweredInTime) {
  Stage stage(R"(server s { receive fn spin() { while true { 1 } } receive fn hi() { "hi" } })");
  const auto spin = stage.send("s.spin", "", within(seconds(30)));
  stage.run(10);
  const auto hi = stage.send("s.hi", "", within(seconds(3)));
  stage.clock.set(stage.clock.now() + seconds(4));
  stage.run(10);
  EXPECT_EQ(hi->only(), "timeout: method 's.hi' did not run: its deadline passed before its turn");
  EXPECT_EQ(spin->only(), "no answer");
}

TEST(Deadline, ALateReplyIsDroppedAndCounted) {
  Stage stage(R"(
server a { receive fn f() { sleep(5); "late" } }
print(try { send "a" f {} within 1 } catch e { e.kind }, message("a", "f"))
)");
  stage.run_program();
  stage.advance(seconds(7));
  EXPECT_EQ(stage.output.take(), "timeout late\n");
  EXPECT_EQ(stage.system->late_replies(), 1u);
}

TEST(Deadline, ANotificationHasItsOwn) {
  Stage stage(R"(
server s { state { n: number = 0 } receive fn nap() { state.set("n", 1); sleep(100); state.set("n", 2) } receive fn n() { state.n } }
notify("s", "nap")
)");
  stage.run_program();
  stage.advance(seconds(31));
  EXPECT_EQ(stage.ask("s.n"), "0");
}

TEST(Deadline, SleepingSetsOneTimerAndLeavesNone) {
  Stage stage(R"(server s { receive fn naps() { for i in range(50) { sleep(0.01) }; "done" } })");
  const auto answers = stage.send("s.naps");
  for (int i = 0; i < 60; ++i) {
    EXPECT_LE(stage.cores[0]->timer_count(), 1u);
    stage.advance(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(answers->only(), R"("done")");
}

TEST(Deadline, NestedCallsShareOneTimer) {
  Stage stage(R"(
server a { receive fn f() { for i in range(1000) { message("b", "f") }; "done" } }
server b { receive fn f() { 1 } }
)");
  EXPECT_EQ(stage.ask("a.f"), R"("done")");
  EXPECT_LE(stage.cores[0]->timer_count(), 1u);
}

}  // namespace
}  // namespace relay
