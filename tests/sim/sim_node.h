#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "mesh/mesh.h"
#include "sim/ledger.h"
#include "sim/network.h"
#include "sim/program.h"

namespace relay::sim {

// What all nodes of a simulation share.
struct Stage {
  Schedule& schedule;
  Network& network;
  Ledger& ledger;
  mesh::MeshConfig mesh;  // id, incarnation, address and port are each node's own
};

// A whole node on a simulated host: actors, mesh and router as in the real one, on a core of the schedule. It
// can crash and start again under the same id.
//
// Owner:  outlives the schedule's events.
// Thread: one; from outside of rounds.
class SimNode {
 public:
  SimNode(Stage stage, HostId host, Variant variant, SeededRandom random);
  ~SimNode();
  SimNode(const SimNode&) = delete;
  SimNode& operator=(const SimNode&) = delete;

  [[nodiscard]] static std::string id_of(HostId host) { return "n" + std::to_string(host); }
  [[nodiscard]] HostId host() const { return host_; }
  [[nodiscard]] std::string id() const { return id_of(host_); }
  // An operator adds and removes a peer, of a node that runs or of one that will.
  void add_peer(HostId peer);
  void remove_peer(HostId peer);

  void start();
  void crash(Connection::Goodbye goodbye);
  // Ends in good order, as the real node does: what runs may end within `drain`, then the process is gone.
  // Every call of its clients is answered.
  void stop(Duration drain);
  // Starts it unless it runs; one that stops starts when it has ended.
  void recover();
  [[nodiscard]] bool is_up() const { return life_ != nullptr && !is_stopping_; }

  // A client of this node calls; its entry in the ledger has begun. `args`: a JSON array.
  void call(Call call, const std::string& args);
  // The nodes that it knows, as other cores see it.
  [[nodiscard]] std::shared_ptr<const mesh::MeshView> view() const;
  [[nodiscard]] std::string registry_json();

 private:
  struct Life;
  void stop_actors();
  void end();

  Stage stage_;
  const HostId host_;
  const Variant variant_;
  SeededRandom random_;
  std::set<HostId> peers_;
  // Of every life: events that are still due find those dead whose life is over.
  std::vector<std::unique_ptr<SimLoop>> loops_;
  std::unique_ptr<Life> life_;
  bool is_stopping_ = false;
  bool starts_again_ = false;
};

}  // namespace relay::sim
