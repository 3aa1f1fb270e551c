// Cycles of several chains: found by probes, whatever came last; only what really waits for itself fails.
#include "nodes_fixture.h"

namespace relay {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A server on node n`number` whose x sleeps, then calls z of a server elsewhere.
std::string meets(const std::string& name, const std::string& other, double sleep) {
  return "server " + name + " { receive fn x() { sleep(" + std::to_string(sleep) + "); message(\"" + other +
         "\", \"z\") } receive fn z() { \"" + name + "z\" } }";
}

TEST(Probe, TwoChainsThatMeetFailOnlyTheLargerCall) {
  Nodes nodes;
  nodes.add("n1", meets("a", "n2.b", 1));
  nodes.add("n2", meets("b", "n1.a", 1));
  const auto a = nodes.send("n1", "a.x");
  const auto b = nodes.send("n2", "b.x");
  nodes.advance(milliseconds(1100));
  EXPECT_EQ(a->only(), R"("bz")");
  EXPECT_EQ(b->only(), "deadlock: deadlock: a.x@n1 -> b.x@n2 -> a.z@n1");
  EXPECT_EQ(nodes.ask("n1", "a.z"), R"("az")");
}

TEST(Probe, WhicheverOfTheCallsCameLast) {
  for (const double a_sleeps : {0.1, 0.2, 0.3}) {
    for (const double b_sleeps : {0.1, 0.2, 0.3}) {
      Nodes nodes;
      nodes.add("n1", meets("a", "n2.b", a_sleeps));
      nodes.add("n2", meets("b", "n1.a", b_sleeps));
      const auto a = nodes.send("n1", "a.x");
      const auto b = nodes.send("n2", "b.x");
      nodes.advance(milliseconds(400));
      EXPECT_EQ(a->only(), R"("bz")");
      EXPECT_EQ(b->only(), "deadlock: deadlock: a.x@n1 -> b.x@n2 -> a.z@n1");
    }
  }
}

TEST(Probe, ThreeChainsInACircle) {
  Nodes nodes;
  nodes.add("n1", meets("a", "n2.b", 1));
  nodes.add("n2", meets("b", "n3.c", 2));
  nodes.add("n3", meets("c", "n1.a", 3));
  const auto a = nodes.send("n1", "a.x");
  const auto b = nodes.send("n2", "b.x");
  const auto c = nodes.send("n3", "c.x");
  nodes.advance(milliseconds(3100));
  EXPECT_EQ(a->only(), R"("bz")");
  EXPECT_EQ(b->only(), R"("cz")");
  EXPECT_EQ(c->only(), "deadlock: deadlock: a.x@n1 -> b.x@n2 -> c.x@n3 -> a.z@n1");
}

TEST(Probe, TheCallThatFailsHasNotRun) {
  Nodes nodes;
  nodes.add("n1", R"(server a { state { n: number = 0 } receive fn x() { sleep(1); message("n2.b", "z") } receive fn z() { state.set("n", 1) } receive fn n() { state.n } })");
  nodes.add("n2", R"(server b { receive fn x() { sleep(1); try { message("n1.a", "z") } catch e { e.kind } } receive fn z() { "bz" } })");
  const auto a = nodes.send("n1", "a.x");
  const auto b = nodes.send("n2", "b.x");
  nodes.advance(milliseconds(1100));
  EXPECT_EQ(a->only(), R"("bz")");
  EXPECT_EQ(b->only(), R"("deadlock")");
  EXPECT_EQ(nodes.ask("n1", "a.n"), "0");
}

// x -> a (in hand), a -> b (queued, b is busy), b -> c (in hand), c -> x (queued): what crosses nodes runs, what waits in
// mailboxes is local.
constexpr const char* kNodeOne = R"(
server a { receive fn go() { sleep(0.5); message("b", "z") } }
server b { receive fn x() { sleep(1); message("n2.c", "go") } receive fn z() { "bz" } }
)";
constexpr const char* kNodeTwo = R"(
server x { receive fn x() { message("n1.a", "go") } receive fn z() { "xz" } }
server c { receive fn go() { sleep(1); message("x", "z") } }
)";

TEST(Probe, ACycleWhoseQueuedCallsAreAllWithinNodes) {
  Nodes nodes;
  nodes.add("n1", kNodeOne);
  nodes.add("n2", kNodeTwo);
  const auto b = nodes.send("n1", "b.x");
  const auto x = nodes.send("n2", "x.x");
  nodes.advance(milliseconds(2500));
  EXPECT_EQ(b->only(), "deadlock: deadlock: x.x@n2 -> a.go@n1 -> b.x@n1 -> c.go@n2 -> x.z@n2");
  EXPECT_EQ(x->only(), R"("bz")");
}

TEST(Probe, ACycleThatACallWithinANodeCloses) {
  // front waits for back, which waits for n2.b, which waits for front: the last to come is the call of back, by front.
  Nodes nodes;
  nodes.add("n1", R"(
server front { receive fn x() { sleep(2); message("back", "z") } receive fn z() { "fz" } }
server back { receive fn x() { message("n2.b", "z") } receive fn z() { "kz" } }
)");
  nodes.add("n2", R"(server b { receive fn x() { message("n1.front", "z") } receive fn z() { "bz" } })");
  const auto front = nodes.send("n1", "front.x");
  const auto b = nodes.send("n2", "b.x");
  nodes.run();
  const auto back = nodes.send("n1", "back.x");
  nodes.advance(milliseconds(1900));
  EXPECT_EQ(front->only() + b->only() + back->only(), "no answerno answerno answer");
  nodes.advance(milliseconds(200));
  int failed = 0;
  for (const auto& one : {front, b, back}) failed += one->only().starts_with("deadlock: deadlock: ") ? 1 : 0;
  EXPECT_EQ(failed, 1) << front->only() << b->only() << back->only();
}

TEST(Probe, OnlyTheBranchOfManyThatClosesACycleFails) {
  Nodes nodes;
  nodes.add("n1", meets("a", "n2.b", 1));
  nodes.add("n2", R"(
server b {
  receive fn x() { sleep(1); message_all([{server: "n1.a", method: "z"}, {server: "n1.a", method: "z"}, {server: "c", method: "z"}]).map(fn (r) { r.get("ok") ?? r.error.kind }) }
  receive fn z() { "bz" }
}
server c { receive fn z() { "cz" } }
)");
  const auto a = nodes.send("n1", "a.x");
  const auto b = nodes.send("n2", "b.x");
  nodes.advance(seconds(5));
  EXPECT_EQ(a->only(), R"("bz")");
  EXPECT_EQ(b->only(), R"(["deadlock","deadlock","cz"])");
}

TEST(Probe, AQueueAtAServerThatWaitsIsNoDeadlock) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "slow") } receive fn z() { "az" } })");
  nodes.add("n2", R"(
server b { receive fn slow() { sleep(3); "slow" } }
server c { receive fn x() { message("n1.a", "z") } }
)");
  const auto a = nodes.send("n1", "a.x");
  const auto c = nodes.send("n2", "c.x");
  nodes.advance(milliseconds(3100));
  EXPECT_EQ(a->only(), R"("slow")");
  EXPECT_EQ(c->only(), R"("az")");
}

TEST(Probe, WithoutACallThatQueuesNoneIsSent) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x(n) { if n == 0 { 0 } else { message("n2.b", "x", n - 1) } } })");
  nodes.add("n2", R"(server b { receive fn x(n) { message("c", "x", n) } } server c { receive fn x(n) { n } })");
  const auto answers = nodes.send("n1", "a.x", "[5]");
  do {
    nodes.run_nodes();
    EXPECT_FALSE(nodes.has_probes());
  } while (nodes.carry());
  EXPECT_EQ(answers->only(), "4");
}

TEST(Probe, OneThatIsLostIsSentAgain) {
  Nodes nodes;
  nodes.add("n1", meets("a", "n2.b", 0));
  nodes.add("n2", meets("b", "n1.a", 0));
  const auto a = nodes.send("n1", "a.x");
  const auto b = nodes.send("n2", "b.x");
  std::size_t lost = 0;
  do {
    nodes.run_nodes();
    lost += nodes.lose_probes();
  } while (nodes.carry());
  EXPECT_GE(lost, 1u);
  EXPECT_EQ(b->only(), "no answer");
  nodes.advance(milliseconds(1500));
  EXPECT_EQ(a->only(), R"("bz")");
  EXPECT_EQ(b->only(), "deadlock: deadlock: a.x@n1 -> b.x@n2 -> a.z@n1");
}

TEST(Probe, SearchesEndWithWhatTheySearchFor) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "slow") } receive fn z() { "az" } })");
  nodes.add("n2", R"(server b { receive fn slow() { sleep(3); 1 } } server c { receive fn x() { message("n1.a", "z") } })");
  const auto a = nodes.send("n1", "a.x");
  const auto c = nodes.send("n2", "c.x");
  nodes.run();
  EXPECT_GE(nodes.stage("n1").cores[0]->timer_count(), 1u);
  nodes.advance(seconds(60));
  EXPECT_EQ(c->only(), R"("az")");
  EXPECT_EQ(nodes.stage("n1").cores[0]->timer_count(), 0u);
}

TEST(Probe, ATimeoutThatOpensTheCycleSavesTheOthers) {
  // a gives up its call just when the cycle has been found; what the probes know by then is no longer true.
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { try { send "n2.b" z {} within 1 } catch e { e.kind } } receive fn z() { "az" } })");
  nodes.add("n2", R"(server b { receive fn x() { sleep(0.5); message("n1.a", "z") } receive fn z() { "bz" } })");
  const auto a = nodes.send("n1", "a.x");
  const auto b = nodes.send("n2", "b.x");
  nodes.advance(milliseconds(400));
  nodes.stage("n2").advance(milliseconds(200));  // b calls a
  ASSERT_TRUE(nodes.carry());                    // it comes to a, which waits
  nodes.run_nodes();
  ASSERT_TRUE(nodes.has_probes());
  nodes.stage("n1").advance(milliseconds(700));  // a gives up
  EXPECT_EQ(a->only(), R"("timeout")");
  nodes.advance(seconds(2));
  EXPECT_EQ(b->only(), R"("az")");
}

TEST(Probe, WhatANodeSaysOfTheCallsOfOthersIsIgnored) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { message("n2.b", "slow") } receive fn z() { "az" } })");
  nodes.add("n2", R"(server b { receive fn slow() { sleep(3); 1 } } server c { receive fn x() { message("n1.a", "z") } })");
  const auto a = nodes.send("n1", "a.x");
  const auto c = nodes.send("n2", "c.x");
  nodes.run();
  // c's call waits at a: a verdict of n2 itself would end it.
  for (std::uint64_t number = 0; number < 10; ++number) {
    Probe probe;
    probe.phase = Probe::Phase::kConfirm;
    probe.steps.push_back({{"n2", "c", "x", number}, true});
    nodes.stage("n1").system->take(probe, "n3");
  }
  nodes.run();
  EXPECT_EQ(c->only(), "no answer");
  nodes.advance(seconds(4));
  EXPECT_EQ(c->only(), R"("az")");
}

TEST(Probe, UnsoundOnesAreIgnored) {
  Stage stage("server a { receive fn x() { 1 } }", 1, {}, "n1");
  Nodes nodes;
  nodes.add("n1", "server a { receive fn x() { 1 } }");
  Probe probe;
  nodes.stage("n1").system->take(probe, "n2");
  probe.phase = Probe::Phase::kConfirm;
  probe.steps.push_back({{"n2", "c", "x", 1}, true});
  probe.at = 1;
  EXPECT_FALSE(is_sound(probe));
  nodes.stage("n1").system->take(probe, "n2");
  probe.at = 0;
  probe.left = 3;
  EXPECT_FALSE(is_sound(probe));
  probe.steps.resize(kMaxProbeSteps + 1);
  probe.left = 0;
  EXPECT_FALSE(is_sound(probe));
  EXPECT_EQ(nodes.ask("n1", "a.x"), "1");
}

// Servers s0 to s5 on three nodes; `go` follows the path that it is given, one server after the other.
std::string walkers(int node) {
  std::string program = R"(
fn at(n) { ["n1.s0", "n2.s1", "n3.s2", "n1.s3", "n2.s4", "n3.s5"].get(n) }
fn next(path) { if path.length() == 0 { "end" } else { sleep(0.01 * random(0, 3)); message(at(path.get(0)), "go", path.slice(1)) } }
)";
  for (const int server : {node, node + 3}) {
    program += "server s" + std::to_string(server) + " { receive fn go(path) { next(path) } }\n";
  }
  return program;
}

class RandomWalks : public ::testing::Test {
 protected:
  // Sends `count` calls along paths, and runs all with packets in any order. The answers.
  std::vector<std::string> walk(unsigned seed, int count, bool only_up) {
    std::mt19937 random(seed);
    Nodes nodes;
    for (int node = 0; node < 3; ++node) nodes.add("n" + std::to_string(node + 1), walkers(node));
    std::vector<std::shared_ptr<Answers>> answers;
    for (int i = 0; i < count; ++i) {
      std::vector<int> path(2 + random() % 4);
      for (int& server : path) server = static_cast<int>(random() % 6);
      std::sort(path.begin(), path.end());
      if (only_up) path.erase(std::unique(path.begin(), path.end()), path.end());
      if (!only_up) std::shuffle(path.begin(), path.end(), random);
      std::string json = "[[";
      for (std::size_t k = 1; k < path.size(); ++k) json += (k > 1 ? "," : "") + std::to_string(path[k]);
      const std::string node = "n" + std::to_string(path[0] % 3 + 1);
      answers.push_back(nodes.send(node, "s" + std::to_string(path[0]) + ".go", json + "]]"));
    }
    for (int step = 0; step < 400; ++step) {
      nodes.run_nodes();
      for (auto packets = random() % 10; packets > 0; --packets) (void)nodes.carry_one(random);
      if (random() % 4 == 0) nodes.advance_nodes(milliseconds(random() % 30));
    }
    nodes.advance(seconds(20));
    std::vector<std::string> texts;
    for (const auto& one : answers) texts.push_back(one->only());
    return texts;
  }
};

TEST_F(RandomWalks, EveryCycleIsFound) {
  int cycles = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    for (const std::string& text : walk(seed, 12, false)) {
      const bool is_cycle = text.starts_with("deadlock: deadlock: ");
      cycles += is_cycle ? 1 : 0;
      ASSERT_TRUE(is_cycle || text == R"("end")") << text << " with seed " << seed;
    }
  }
  EXPECT_GT(cycles, 40);
}

TEST_F(RandomWalks, WithoutACycleNoneIsFound) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    for (const std::string& text : walk(seed, 12, true)) ASSERT_EQ(text, R"("end")") << "with seed " << seed;
  }
}

}  // namespace
}  // namespace relay
