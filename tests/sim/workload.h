#pragma once

#include <memory>
#include <vector>

#include "sim/sim_node.h"

namespace relay::sim {

// The clients of a simulation: call servers of random nodes from random nodes, in every way that there is.
// Thread: one.
class Workload {
 public:
  using Nodes = std::vector<std::unique_ptr<SimNode>>;
  struct Style {
    Duration gap = std::chrono::milliseconds(100);  // between calls, on average
    // Bytes that a large call carries.
    std::size_t most_bytes = 32u << 10;
  };

  Workload(Schedule& schedule, Ledger& ledger, const Nodes& nodes, SeededRandom random, Style style)
      : schedule_(schedule), ledger_(ledger), nodes_(nodes), random_(random), style_(style) {}

  // Calls at random until then.
  void run_until(Instant end);
  // From now on all is well: plain calls with time enough must succeed.
  void expect_success() { expects_success_ = true; }
  // Each node calls each other one; all must succeed.
  void call_all_pairs();

 private:
  struct Plan {
    std::string node;
    std::string server = "counter";
    std::string method = "hit";
    std::string more_args;  // ",\"..\"" behind the id
    bool must_succeed = false;
  };
  void call_some();
  void call_one(SimNode& origin, const Plan& plan, Duration timeout);
  [[nodiscard]] Plan draw_plan();
  [[nodiscard]] Plan draw_nested();
  [[nodiscard]] Duration draw_timeout();
  [[nodiscard]] SimNode& draw_node() { return *nodes_[random_.below(nodes_.size())]; }
  [[nodiscard]] std::string draw_nodes_json();

  Schedule& schedule_;
  Ledger& ledger_;
  const Nodes& nodes_;
  SeededRandom random_;
  const Style style_;
  Instant end_{};
  std::uint64_t last_call_ = 0;
  bool expects_success_ = false;
};

}  // namespace relay::sim
