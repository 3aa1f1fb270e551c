#include "mesh/route_graph.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace relay::mesh {
namespace {

// So that every hop adds to the cost of a path, whatever a node states.
std::uint32_t at_least_one(std::uint32_t cost) {
  return std::max<std::uint32_t>(cost, 1);
}

}  // namespace

RouteGraph::RouteGraph(const Topology& topology) {
  names_.reserve(topology.all().size());
  for (const auto& [node, announcement] : topology.all()) names_.push_back(node);
  numbers_.reserve(names_.size());
  for (Node node = 0; node < names_.size(); ++node) numbers_.emplace(names_[node], node);
  add_edges(topology);
}

void RouteGraph::add_edges(const Topology& topology) {
  std::vector<std::vector<Edge>> stated(names_.size());
  Node node = 0;
  for (const auto& [name, announcement] : topology.all()) {
    for (const auto& [neighbor, cost] : announcement->neighbors) {
      const Node to = find(neighbor);
      if (to != kNone && to != node) stated[node].push_back({to, at_least_one(cost)});
    }
    for (const auto& [peer, cost] : announcement->foreign) {
      if (!topology.is_relay(peer)) foreign_[peer].push_back({node, at_least_one(cost)});
    }
    ++node;
  }
  edges_.resize(names_.size());
  for (Node from = 0; from < stated.size(); ++from) {
    for (const Edge& edge : stated[from]) {
      // Both names and edges are sorted, so what the other end states is found by halving.
      const auto back = std::ranges::lower_bound(stated[edge.to], from, {}, &Edge::to);
      const bool is_mutual = back != stated[edge.to].end() && back->to == from;
      if (is_mutual) edges_[from].push_back({edge.to, std::max(edge.cost, back->cost)});
    }
  }
}

RouteGraph::Node RouteGraph::find(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? kNone : found->second;
}

std::span<const RouteGraph::Edge> RouteGraph::hosts_of(std::string_view foreign) const {
  const auto found = foreign_.find(foreign);
  return found == foreign_.end() ? std::span<const Edge>() : found->second;
}

// Equally long paths of one tree part once and never meet again: the names at the parting decide.
bool RouteGraph::Tree::is_before(Node a, Node b) const {
  while (parent[a] != parent[b]) {
    a = parent[a];
    b = parent[b];
  }
  return a < b;
}

// The path to `from` is final, as are those to all nodes before it.
void RouteGraph::relax(Tree& tree, Node from, const Edge& edge) const {
  const Distance distance{tree.distance[from].cost + edge.cost, tree.distance[from].hops + 1};
  Distance& known = tree.distance[edge.to];
  if (distance > known) return;
  if (distance == known && !tree.is_before(from, tree.parent[edge.to])) return;
  known = distance;
  tree.parent[edge.to] = from;
}

RouteGraph::Tree RouteGraph::paths(Node from, std::span<const Node> avoid, Node until, Best best) const {
  struct Reached {
    Distance distance;
    Node node;
    auto operator<=>(const Reached&) const = default;
  };
  Tree tree{std::vector<Distance>(names_.size()), std::vector<Node>(names_.size(), kNone),
            std::vector<Node>(names_.size(), kNone)};
  std::vector<bool> is_closed(names_.size());
  for (const Node node : avoid) is_closed[node] = true;
  is_closed[from] = false;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> open;
  tree.distance[from] = {0, 0};
  open.push({tree.distance[from], from});
  while (!open.empty()) {
    const Node node = open.top().node;
    open.pop();
    if (is_closed[node]) continue;
    is_closed[node] = true;
    if (node != from) tree.first[node] = tree.parent[node] == from ? node : tree.first[tree.parent[node]];
    if (node == until) break;
    for (const Edge& edge : edges_[node]) {
      if (is_closed[edge.to]) continue;
      const Distance before = tree.distance[edge.to];
      relax(tree, node, best == Best::kCheapest ? edge : Edge{edge.to, 1});
      if (tree.distance[edge.to] != before) open.push({tree.distance[edge.to], edge.to});
    }
  }
  return tree;
}

}  // namespace relay::mesh
