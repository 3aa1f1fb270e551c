#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/text_hash.h"
#include "mesh/topology.h"

namespace relay::mesh {

// The map as a graph: Relay nodes numbered in the order of their names, the edges that both ends state, and
// which of the nodes a foreign peer hangs on. Foreign peers are ends of paths, never parts of them, so they
// are no nodes here.
//
// Thread: one; immutable.
class RouteGraph {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNone = UINT32_MAX;

  RouteGraph() = default;
  explicit RouteGraph(const Topology& topology);

  [[nodiscard]] Node find(std::string_view name) const;
  [[nodiscard]] const std::string& name(Node node) const { return names_[node]; }

  struct Edge {
    Node to;
    std::uint32_t cost;
  };
  // The Relay nodes that a foreign peer is linked to; empty: none, or the name is a Relay node's.
  [[nodiscard]] std::span<const Edge> hosts_of(std::string_view foreign) const;

  // How far it is: first by cost, then by hops.
  struct Distance {
    std::uint64_t cost = UINT64_MAX;
    std::uint32_t hops = UINT32_MAX;
    friend auto operator<=>(const Distance&, const Distance&) = default;
  };
  // The best path from one node to each other one, as a tree: of equally far ones that whose names come
  // first.
  struct Tree {
    std::vector<Distance> distance;
    std::vector<Node> parent;  // kNone: the root, or not reached
    std::vector<Node> first;   // the root's neighbour on the path
    [[nodiscard]] bool reaches(Node node) const { return distance[node].hops != UINT32_MAX; }
    // Whether the path to `a` comes before that to `b`; both are reached, with equally many hops.
    [[nodiscard]] bool is_before(Node a, Node b) const;
  };
  // What the best path is: the cheapest, or the one of fewest hops, where the cost of each edge counts as 1.
  enum class Best : std::uint8_t { kCheapest, kFewestHops };
  // `until`: the search may end when this one is reached; kNone: all.
  [[nodiscard]] Tree paths(Node from, std::span<const Node> avoid, Node until, Best best = Best::kCheapest) const;

 private:
  void add_edges(const Topology& topology);
  void relax(Tree& tree, Node from, const Edge& edge) const;

  std::vector<std::string> names_;
  boost::unordered_flat_map<std::string_view, Node, TextHash, std::equal_to<>> numbers_;  // of names_
  std::vector<std::vector<Edge>> edges_;
  TextMap<std::vector<Edge>> foreign_;
};

}  // namespace relay::mesh
