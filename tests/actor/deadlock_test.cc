#include "script_fixture.h"

namespace relay {
namespace {

TEST(Deadlock, ACallToOneself) {
  Stage stage(R"(server a { receive fn x() { message("a", "y") } receive fn y() { 1 } })");
  EXPECT_EQ(stage.ask("a.x"), "deadlock: deadlock: a.x -> a.y");
  EXPECT_EQ(stage.ask("a.y"), "1");
}

TEST(Deadlock, ACycleOfTwo) {
  Stage stage(R"(
server a { receive fn x() { message("b", "y") } receive fn z() { 1 } }
server b { receive fn y() { message("a", "z") } }
)");
  EXPECT_EQ(stage.ask("a.x"), "deadlock: deadlock: a.x -> b.y -> a.z");
  EXPECT_EQ(stage.ask("a.z"), "1");
}

TEST(Deadlock, ACycleOfThreeFailsOnlyTheCallThatClosesIt) {
  Stage stage(R"(
server a { receive fn x() { "a got " + message("b", "x") } receive fn z() { 1 } }
server b { receive fn x() { "b got " + message("c", "x") } }
server c { receive fn x() { try { message("a", "z") } catch e { e.error } } }
)");
  EXPECT_EQ(stage.ask("a.x"), R"("a got b got deadlock: a.x -> b.x -> c.x -> a.z")");
}

TEST(Deadlock, TwoCallersThatMeet) {
  Stage stage(R"(
server a { receive fn x() { sleep(1); message("b", "z") } receive fn z() { "az" } }
server b { receive fn x() { sleep(1); message("a", "z") } receive fn z() { "bz" } }
)");
  const auto one = stage.send("a.x");
  const auto two = stage.send("b.x");
  stage.advance(std::chrono::seconds(2));
  EXPECT_EQ(one->only(), R"("bz")");
  EXPECT_EQ(two->only(), "deadlock: deadlock: a.x -> b.x -> a.z");
}

TEST(Deadlock, OnlyTheBranchOfManyThatClosesACycleFails) {
  Stage stage(R"(
server a {
  receive fn x() { message_all([{server: "b", method: "y"}, {server: "c", method: "ok"}, {server: "a", method: "z"}]).map(fn (r) { r.get("ok") ?? r.error.error }) }
  receive fn z() { 1 }
}
server b { receive fn y() { try { message("a", "z") } catch e { e.error } } }
server c { receive fn ok() { "fine" } }
)");
  EXPECT_EQ(stage.ask("a.x"), R"(["deadlock: a.x -> b.y -> a.z","fine","deadlock: a.x -> a.z"])");
}

TEST(Deadlock, ANotificationIsNeverWaitedFor) {
  Stage stage(R"(
server a { state { n: number = 0 } receive fn x() { message("b", "y") } receive fn z() { state.set("n", 1) } receive fn n() { state.n } }
server b { receive fn y() { notify("a", "z"); "sent" } }
)");
  EXPECT_EQ(stage.ask("a.x"), R"("sent")");
  EXPECT_EQ(stage.ask("a.n"), "1");
}

TEST(Deadlock, ACallBackAfterTheReplyIsNone) {
  Stage stage(R"(
server a { receive fn x() { message("b", "y"); message("b", "last") } receive fn z() { "z" } }
server b { state { got: any } receive fn y() { notify("b", "again") } receive fn again() { state.set("got", message("c", "z")) } receive fn last() { state.got } }
server c { receive fn z() { "z" } }
)");
  EXPECT_EQ(stage.ask("a.x"), R"("z")");
}

TEST(Deadlock, ATimeoutOpensTheWay) {
  Stage stage(R"(
server a { receive fn x() { try { send "b" slow {} within 1 } catch e { sleep(10); e.kind } } receive fn z() { "z" } }
server b { receive fn slow() { sleep(2); 1 } receive fn later() { message("a", "z") } }
)");
  const auto x = stage.send("a.x");
  stage.advance(std::chrono::seconds(3));
  const auto later = stage.send("b.later");
  stage.advance(std::chrono::seconds(12));
  EXPECT_EQ(x->only(), R"("timeout")");
  EXPECT_EQ(later->only(), R"("z")");
}

TEST(Deadlock, DefaultsThatWaitForTheirOwnServer) {
  Stage stage(R"(server a { state { n: any = message("a", "n") } receive fn n() { state.n } })");
  EXPECT_EQ(stage.ask("a.n"), "deadlock: deadlock: a.state -> a.n");
}

}  // namespace
}  // namespace relay
