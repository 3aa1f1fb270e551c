#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/shape.h"
#include "sim/sim_node.h"

namespace relay::sim {

// What goes wrong in a simulation: links are cut or fall silent, one way or both; the network parts; packets
// take long; nodes crash, with or without a word, or are stopped, and start again under the same id;
// operators remove peers and add them again. Thread: one.
class Faults {
 public:
  using Nodes = std::vector<std::unique_ptr<SimNode>>;
  using Told = std::function<void(const std::string& what)>;

  Faults(Schedule& schedule, Network& network, const Nodes& nodes, const Shape& shape, SeededRandom random,
         Told told)
      : schedule_(schedule),
        network_(network),
        nodes_(nodes),
        shape_(shape),
        random_(random),
        told_(std::move(told)) {}

  // About one fault in each `gap`, until then.
  void run_until(Instant end, Duration gap);
  // All is well again, for good.
  void heal();

 private:
  void strike();
  void cut();
  void silence();
  void part();
  void slow_down();
  void crash();
  void stop();
  void start_again(SimNode& node);
  void remove_peer();
  void undo_after(Duration pause, Task undo);

  Schedule& schedule_;
  Network& network_;
  const Nodes& nodes_;
  const Shape& shape_;
  SeededRandom random_;
  Told told_;
  Instant end_{};
  Duration gap_{};
  bool is_healed_ = false;
  std::set<std::pair<HostId, HostId>> removed_;
};

}  // namespace relay::sim
