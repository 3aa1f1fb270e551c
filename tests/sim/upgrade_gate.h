#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "mesh/mesh.h"
#include "net/stream.h"
#include "sim/sim_loop.h"

namespace relay::sim {

// What HTTP does for a node's mesh: reads the head of each new connection and hands those that pass
// check_upgrade() over; refuses the rest. Thread: one; in rounds of the node's loop.
class UpgradeGate {
 public:
  UpgradeGate(SimLoop& loop, mesh::Mesh& mesh);
  ~UpgradeGate();
  UpgradeGate(const UpgradeGate&) = delete;
  UpgradeGate& operator=(const UpgradeGate&) = delete;

  void take(std::unique_ptr<net::Stream> stream);

 private:
  class Visitor;
  void admit(Visitor& visitor);
  void forget(std::uint64_t number);

  SimLoop& loop_;
  mesh::Mesh& mesh_;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, std::unique_ptr<Visitor>> visitors_;
};

}  // namespace relay::sim
