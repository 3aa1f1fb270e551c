// Cycles of one chain: the call that closes one finds itself in its own chain where it arrives.
#include "nodes_fixture.h"

namespace relay {
namespace {

using std::chrono::seconds;

TEST(DeadlockAcrossNodes, ACycleOfTwo) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "y") } receive fn z() { 1 } })");
  nodes.add("n2", R"(server b { receive fn y() { message("n1.a", "z") } })");
  EXPECT_EQ(nodes.ask("n1", "a.x"), "deadlock: deadlock: a.x@n1 -> b.y@n2 -> a.z@n1");
  EXPECT_EQ(nodes.ask("n1", "a.z"), "1");
  EXPECT_EQ(nodes.ask("n2", "b.y"), "1");
}

TEST(DeadlockAcrossNodes, TheCallThatClosesItDidNotRun) {
  Nodes nodes;
  nodes.add("n1", R"(
server a { state { n: number = 0 } receive fn x() { message("n2.b", "y") } receive fn z() { state.set("n", 1) } receive fn n() { state.n } }
)");
  nodes.add("n2", R"(server b { receive fn y() { try { message("n1.a", "z") } catch e { [e.kind, e.error] } } })");
  EXPECT_EQ(nodes.ask("n1", "a.x"), R"(["deadlock","deadlock: a.x@n1 -> b.y@n2 -> a.z@n1"])");
  EXPECT_EQ(nodes.ask("n1", "a.n"), "0");
}

TEST(DeadlockAcrossNodes, ACycleOverThreeNodesFailsOnlyTheCallThatClosesIt) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { "a got " + message("n2.b", "x") } receive fn z() { 1 } })");
  nodes.add("n2", R"(server b { receive fn x() { "b got " + message("n3.c", "x") } })");
  nodes.add("n3", R"(server c { receive fn x() { try { message("n1.a", "z") } catch e { e.error } } })");
  EXPECT_EQ(nodes.ask("n1", "a.x"), R"("a got b got deadlock: a.x@n1 -> b.x@n2 -> c.x@n3 -> a.z@n1")");
}

TEST(DeadlockAcrossNodes, ACycleThatBeginsInTheMiddleOfTheChain) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "x") } })");
  nodes.add("n2", R"(server b { receive fn x() { message("n3.c", "x") } receive fn z() { 1 } })");
  nodes.add("n3", R"(server c { receive fn x() { message("n2.b", "z") } })");
  EXPECT_EQ(nodes.ask("n1", "a.x"), "deadlock: deadlock: b.x@n2 -> c.x@n3 -> b.z@n2");
}

TEST(DeadlockAcrossNodes, OneThatWaitsWithinItsNodeForTheCallThatLeft) {
  Nodes nodes;
  nodes.add("n1", R"(
server front { receive fn x() { message("a", "go") } receive fn z() { 1 } }
server a { receive fn go() { message("n2.b", "y") } }
)");
  nodes.add("n2", R"(server b { receive fn y() { message("n1.front", "z") } })");
  EXPECT_EQ(nodes.ask("n1", "front.x"), "deadlock: deadlock: front.x@n1 -> a.go@n1 -> b.y@n2 -> front.z@n1");
}

TEST(DeadlockAcrossNodes, ACallWithinANodeThatClosesIt) {
  Nodes nodes;
  nodes.add("n1", R"(
server a { receive fn x() { message("n2.b", "y") } receive fn z() { 1 } }
server c { receive fn w() { message("d", "w") } }
server d { receive fn w() { message("a", "z") } }
)");
  nodes.add("n2", R"(server b { receive fn y() { message("n1.c", "w") } })");
  EXPECT_EQ(nodes.ask("n1", "a.x"), "deadlock: deadlock: a.x@n1 -> b.y@n2 -> d.w@n1 -> a.z@n1");
  EXPECT_EQ(nodes.ask("n1", "c.w"), "1");
}

TEST(DeadlockAcrossNodes, ACycleWithinANodeIsNamedWithoutIt) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "y") } })");
  nodes.add("n2", R"(
server b { receive fn y() { message("c", "y") } receive fn z() { 1 } }
server c { receive fn y() { message("b", "z") } }
)");
  EXPECT_EQ(nodes.ask("n1", "a.x"), "deadlock: deadlock: b.y -> c.y -> b.z");
}

TEST(DeadlockAcrossNodes, OnlyTheBranchOfManyThatClosesACycleFails) {
  Nodes nodes;
  nodes.add("n1", R"(
server a {
  receive fn x() { message_all([{server: "n2.b", method: "y"}, {server: "n2.c", method: "ok"}, {server: "n2.b", method: "y"}]).map(fn (r) { r.get("ok") ?? r.error.error }) }
  receive fn z() { 1 }
}
)");
  nodes.add("n2", R"(
server b { receive fn y() { try { message("n1.a", "z") } catch e { e.error } } }
server c { receive fn ok() { "fine" } }
)");
  const std::string cycle = "\"deadlock: a.x@n1 -> b.y@n2 -> a.z@n1\"";
  EXPECT_EQ(nodes.ask("n1", "a.x"), "[" + cycle + ",\"fine\"," + cycle + "]");
}

TEST(DeadlockAcrossNodes, ANotificationIsNeverWaitedFor) {
  Nodes nodes;
  nodes.add("n1", R"(
server a { state { n: number = 0 } receive fn x() { message("n2.b", "y") } receive fn z() { state.set("n", 1) } receive fn n() { state.n } }
)");
  nodes.add("n2", R"(server b { receive fn y() { notify("n1.a", "z"); "sent" } })");
  EXPECT_EQ(nodes.ask("n1", "a.x"), R"("sent")");
  EXPECT_EQ(nodes.ask("n1", "a.n"), "1");
}

TEST(DeadlockAcrossNodes, ACallBackAfterTheReplyIsNone) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "y"); sleep(5); "x" } receive fn z() { "z" } })");
  nodes.add("n2", R"(
server b { state { got: any } receive fn y() { notify("b", "again"); "y" } receive fn again() { state.set("got", message("n1.a", "z")) } receive fn got() { state.got } }
)");
  const auto answers = nodes.send("n1", "a.x");
  nodes.advance(seconds(6));
  EXPECT_EQ(answers->only(), R"("x")");
  EXPECT_EQ(nodes.ask("n2", "b.got"), R"("z")");
}

TEST(DeadlockAcrossNodes, DefaultsThatWaitForTheirOwnServer) {
  Nodes nodes;
  nodes.add("n1", R"(server a { state { n: any = message("n2.b", "n") } receive fn n() { state.n } })");
  nodes.add("n2", R"(server b { receive fn n() { message("n1.a", "n") } })");
  EXPECT_EQ(nodes.ask("n1", "a.n"), "deadlock: deadlock: a.state@n1 -> b.n@n2 -> a.n@n1");
}

TEST(DeadlockAcrossNodes, NobodyWaitsForTopLevelCode) {
  Nodes nodes;
  nodes.add("n1", R"(
server a { receive fn z() { "z" } }
print(message("n2.b", "y"))
)");
  nodes.add("n2", R"(server b { receive fn y() { message("n1.a", "z") } })");
  nodes.stage("n1").run_program();
  nodes.run();
  EXPECT_EQ(nodes.stage("n1").output.take(), "z\n");
}

// A call on its way, for who looks at what leave() makes of it.
Call plain_call() {
  Call call;
  call.server = "a";
  call.method = "x";
  return call;
}

TEST(DeadlockAcrossNodes, CallsOfClientsCarryNoChain) {
  Stage stage("server a { receive fn x() { 1 } }");
  Call call = plain_call();
  call.sink = std::make_unique<AnswersSink>(std::make_shared<Answers>(), ReplySink::Form::kJson, SIZE_MAX);
  EXPECT_FALSE(stage.system->leave(call).has_value());
  EXPECT_EQ(call.chain, nullptr);
}

TEST(DeadlockAcrossNodes, CodeInCppGetsANumberWhereItsCallLeavesTheNode) {
  Stage stage("server a { receive fn x() { 1 } }");
  const auto leave = [&](const std::vector<ChainEntry>& chain) {
    Call call = plain_call();
    call.sink = std::make_unique<AnswersSink>(std::make_shared<Answers>(), ReplySink::Form::kJson, SIZE_MAX);
    call.chain = std::make_shared<const std::vector<ChainEntry>>(chain);
    EXPECT_FALSE(stage.system->leave(call).has_value());
    return call.chain;
  };
  const std::string own = "test_node";
  const CallChain first = leave({{"far", "a", "x", 7}, {own, "cpp", "m", 0}});
  ASSERT_EQ(first->size(), 2U);
  EXPECT_EQ(first->front().call, 7U);
  EXPECT_NE(first->back().call, 0U);
  EXPECT_NE(leave({{"far", "a", "x", 7}, {own, "cpp", "m", 0}})->back().call, first->back().call);
  // What only passes is no code of this node.
  EXPECT_EQ(leave({{"far", "a", "x", 7}}), nullptr);
}

TEST(DeadlockAcrossNodes, AChainHasABound) {
  Nodes nodes;
  std::string servers = "server s70 { receive fn f() { 0 } }\nfn other() { if node_id() == \"n1\" { \"n2.s\" } else { \"n1.s\" } }\n";
  for (int i = 0; i < 70; ++i) {
    servers += "server s" + std::to_string(i) + " { receive fn f() { message(other() + \"" + std::to_string(i + 1) + "\", \"f\") + 1 } }\n";
  }
  nodes.add("n1", servers);
  nodes.add("n2", servers);
  EXPECT_EQ(nodes.ask("n1", "s7.f"), "63");
  EXPECT_EQ(nodes.ask("n1", "s6.f"), "64");
  EXPECT_EQ(nodes.ask("n1", "s5.f"), "overloaded: 64 calls between nodes already wait for each other");
}

}  // namespace
}  // namespace relay
