#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/mesh_limits.h"
#include "mesh/route_graph.h"
#include "mesh/topology.h"

namespace relay::mesh {

// The cost of an edge: 1 ms + the smoothed round-trip time, in microseconds, rounded up to a power of two.
[[nodiscard]] std::uint32_t edge_cost(Duration rtt);

// Which neighbour is next on the way to a node: the cheapest path, of equal ones the one with fewer hops,
// then the one by the smaller id. An edge counts when both of its ends state it (the cost is the larger of
// the two); one to a foreign peer counts by its Relay end alone, as the last hop, and not at all when the map
// has a Relay node of that name.
//
// The graph of the topology is built once a revision of its links, and the paths from this node without
// anything to avoid too. A path that avoids nodes is that one, when they are not on it; else it is searched
// when it is asked for. Loops:  by equal maps each next hop is nearer to the target than the one before it.
// Bound:  kMaxNodes nodes. Thread: one; pure.
class RouteTable {
 public:
  explicit RouteTable(std::string own_id) : own_id_(std::move(own_id)) {}

  struct Route {
    std::string next;
    int hops = 0;  // 1: a neighbour
    std::uint64_t cost = 0;
    std::vector<std::string> path;  // from this node to the target, both included
  };
  // nullopt: no path without the nodes in `avoid` (this node itself may stand among them), or the target is
  // one of them or this node. `topology` may have changed since the last call, but is the same object.
  [[nodiscard]] std::optional<Route> find(const Topology& topology, std::string_view target,
                                          const std::vector<std::string>& avoid);

  // The same without the path, and without a copy.
  struct Step {
    std::string_view next;  // valid until the next call; may view into `target`
    int hops = 0;
    std::uint64_t cost = 0;
  };
  // `most_hops`: where the cheapest path has more, it is the one of fewest hops, if that has no more.
  [[nodiscard]] std::optional<Step> find_step(const Topology& topology, std::string_view target,
                                              const std::vector<std::string>& avoid, int most_hops = kMaxTtl);

  // With nothing to avoid, for a picture of the mesh. 0: this node; -1: no path.
  [[nodiscard]] int hops_to(const Topology& topology, std::string_view target);

 private:
  using Node = RouteGraph::Node;
  // Where a path ends: at a Relay node, or at a foreign peer one hop behind it.
  struct End {
    Node last = RouteGraph::kNone;
    bool is_foreign = false;
    RouteGraph::Distance distance;
  };
  void refresh(const Topology& topology);
  [[nodiscard]] std::optional<End> search(const Topology& topology, std::string_view target,
                                          const std::vector<std::string>& avoid,
                                          const RouteGraph::Tree*& tree);
  [[nodiscard]] std::optional<End> end_in(const RouteGraph::Tree& tree, std::string_view target) const;
  // Over the graph and avoided_ of the last search().
  [[nodiscard]] std::optional<End> search_shortest(std::string_view target);
  [[nodiscard]] Node end_of_search(std::string_view target) const;
  [[nodiscard]] bool is_on_path(const std::vector<Node>& nodes, Node last) const;

  std::string own_id_;
  std::uint64_t revision_ = UINT64_MAX;
  RouteGraph graph_;
  Node own_ = RouteGraph::kNone;
  RouteGraph::Tree tree_;      // of the paths from this node
  RouteGraph::Tree detour_;    // of the last search that had to avoid something
  RouteGraph::Tree shortest_;  // of the last search for fewest hops
  std::vector<Node> avoided_;
};

}  // namespace relay::mesh
