#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mesh/topology.h"

namespace relay::mesh {

// The cost of an edge: 1 ms + the smoothed round-trip time, in microseconds, rounded up to a power of two.
[[nodiscard]] std::uint32_t edge_cost(Duration rtt);

// Which neighbour is next on the way to a node: the cheapest path, of equal ones the one with fewer hops,
// then the one by the smaller id. An edge counts when both of its ends state it (the cost is the larger of
// the two); one to a foreign peer counts by its Relay end alone, as the last hop.
//
// The graph of the topology is built once a revision, and the paths from this node without anything to avoid
// too; a path that avoids nodes is searched when it is asked for. Bound:  kMaxNodes nodes. Thread: one; pure.
class RouteTable {
 public:
  explicit RouteTable(std::string own_id) : own_id_(std::move(own_id)) {}

  struct Route {
    std::string next;
    int hops = 0;  // 1: a neighbour
    std::uint64_t cost = 0;
    std::vector<std::string> path;  // from this node to the target, both included
  };
  // nullopt: no path without the nodes in `avoid`. `topology` may have changed since the last call.
  [[nodiscard]] std::optional<Route> find(const Topology& topology, std::string_view target,
                                          const std::vector<std::string>& avoid);

  // The same for each of all nodes, with nothing to avoid, for a picture of the mesh.
  [[nodiscard]] int hops_to(const Topology& topology, std::string_view target);

 private:
  struct Edge {
    std::uint32_t to;
    std::uint32_t cost;
  };
  struct Graph {
    std::vector<std::string> names;  // sorted
    std::unordered_map<std::string_view, std::uint32_t> index;
    std::vector<std::vector<Edge>> edges;
  };
  std::string own_id_;
  std::uint64_t revision_ = UINT64_MAX;
  Graph graph_;
  std::vector<std::uint32_t> parent_;  // of the tree of paths from this node
};

}  // namespace relay::mesh
