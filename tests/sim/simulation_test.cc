#include "sim/simulation.h"

#include <gtest/gtest.h>

#include "base/log.h"
#include "sim/workload.h"

namespace relay::sim {
namespace {

class Quiet : public testing::Environment {
 public:
  void SetUp() override { configure_log(LogLevel::kOff, LogFormat::kText); }
};
[[maybe_unused]] const testing::Environment* const quiet = testing::AddGlobalTestEnvironment(new Quiet);

// Some nodes in a line on a network without faults.
class QuietNodes {
 public:
  explicit QuietNodes(int count) {
    for (HostId host = 1; host <= count; ++host) {
      nodes.push_back(std::make_unique<SimNode>(Stage{schedule, network, ledger, {}}, host, Variant::kPlain,
                                                SeededRandom(static_cast<std::uint64_t>(host))));
      if (host > 1) nodes.back()->add_peer(host - 1);
    }
    for (const auto& node : nodes) node->start();
  }
  ~QuietNodes() { schedule.clear(); }

  void pass(Duration time) { schedule.run_until(schedule.now() + time); }

  // How a call from one node to another ends.
  const ClientCall& call(HostId from, HostId to) {
    const std::string id = 'c' + std::to_string(++last_call);
    ledger.begin({.id = id, .origin = from, .begun = schedule.now(), .deadline = schedule.now() + kTimeout});
    Call call;
    call.node = SimNode::id_of(to);
    call.server = "counter";
    call.method = "hit";
    call.deadline = schedule.now() + kTimeout;
    call.sink = ledger.sink(id);
    nodes[static_cast<std::size_t>(from - 1)]->call(std::move(call), "[\"" + id + "\"]");
    pass(kTimeout);
    return *ledger.find(id);
  }

  static constexpr Duration kTimeout = std::chrono::seconds(1);
  Schedule schedule;
  Ledger ledger{schedule, Demands::kAll};
  Network network{schedule, SeededRandom(1), {}};
  Workload::Nodes nodes;
  int last_call = 0;
};

TEST(Simulation, CarriesACallOverAThirdNode) {
  QuietNodes line(3);
  line.pass(std::chrono::seconds(3));
  const ClientCall& call = line.call(1, 3);
  EXPECT_EQ(call.answers, 1);
  EXPECT_TRUE(call.is_value) << name(call.code) << ": " << call.text;
  EXPECT_EQ(call.text, R"("c1")");
  line.ledger.settle();
  EXPECT_TRUE(line.ledger.violations().empty());
}

TEST(Simulation, LosesACrashedNodeAndFindsItAgain) {
  QuietNodes line(3);
  line.pass(std::chrono::seconds(3));
  line.nodes[1]->crash(Connection::Goodbye::kReset);
  line.pass(std::chrono::seconds(1));
  EXPECT_FALSE(line.call(1, 3).is_value);
  line.nodes[1]->start();
  line.pass(std::chrono::seconds(20));
  EXPECT_TRUE(line.call(1, 3).is_value);
}

TEST(Simulation, GoesTheSameWayTwiceForOneSeed) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Outcome first = simulate({.seed = seed});
    const Outcome second = simulate({.seed = seed});
    EXPECT_EQ(first.hash, second.hash) << "seed " << seed;
    EXPECT_EQ(first.events, second.events) << "seed " << seed;
    EXPECT_GT(first.ends.at("value"), 0u) << "seed " << seed;
  }
  EXPECT_NE(simulate({.seed = 1}).hash, simulate({.seed = 2}).hash);
}

}  // namespace
}  // namespace relay::sim
