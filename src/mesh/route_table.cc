#include "mesh/route_table.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace relay::mesh {
namespace {

constexpr std::uint64_t kHopMicroseconds = 1000;
constexpr std::uint64_t kMaxEdgeCost = std::uint64_t{1} << 31;

}  // namespace

std::uint32_t edge_cost(Duration rtt) {
  const auto microseconds =
      std::chrono::duration_cast<std::chrono::microseconds>(std::max(rtt, Duration::zero()));
  const std::uint64_t cost = kHopMicroseconds + static_cast<std::uint64_t>(microseconds.count());
  return static_cast<std::uint32_t>(std::min(std::bit_ceil(cost), kMaxEdgeCost));
}

void RouteTable::refresh(const Topology& topology) {
  if (revision_ == topology.links_revision()) return;
  revision_ = topology.links_revision();
  graph_ = RouteGraph(topology);
  own_ = graph_.find(own_id_);
  if (own_ != RouteGraph::kNone) tree_ = graph_.paths(own_, {}, RouteGraph::kNone);
}

std::optional<RouteTable::End> RouteTable::end_in(const RouteGraph::Tree& tree,
                                                  std::string_view target) const {
  const Node node = graph_.find(target);
  if (node != RouteGraph::kNone && tree.reaches(node)) return End{node, false, tree.distance[node]};
  std::optional<End> best;
  for (const RouteGraph::Edge& host : graph_.hosts_of(target)) {
    if (!tree.reaches(host.to)) continue;
    const RouteGraph::Distance to_host = tree.distance[host.to];
    const End end{host.to, true, {to_host.cost + host.cost, to_host.hops + 1}};
    const bool is_tie = best && end.distance == best->distance;
    const bool is_better =
        !best || end.distance < best->distance || (is_tie && tree.is_before(host.to, best->last));
    if (is_better) best = end;
  }
  return best;
}

bool RouteTable::is_on_path(const std::vector<Node>& nodes, Node last) const {
  for (Node node = last; node != own_; node = tree_.parent[node]) {
    if (std::ranges::find(nodes, node) != nodes.end()) return true;
  }
  return false;
}

std::optional<RouteTable::End> RouteTable::search(const Topology& topology, std::string_view target,
                                                  const std::vector<std::string>& avoid,
                                                  const RouteGraph::Tree*& tree) {
  refresh(topology);
  if (own_ == RouteGraph::kNone || target == own_id_) return std::nullopt;
  tree = &tree_;
  avoided_.clear();
  std::optional<End> end = end_in(tree_, target);
  if (!end || avoid.empty()) return end;
  for (const std::string& name : avoid) {
    if (name == target) return std::nullopt;
    const Node node = graph_.find(name);
    if (node != RouteGraph::kNone && node != own_) avoided_.push_back(node);
  }
  if (!is_on_path(avoided_, end->last)) return end;
  detour_ = graph_.paths(own_, avoided_, end_of_search(target));
  tree = &detour_;
  return end_in(detour_, target);
}

std::optional<RouteTable::End> RouteTable::search_shortest(std::string_view target) {
  shortest_ = graph_.paths(own_, avoided_, end_of_search(target), RouteGraph::Best::kFewestHops);
  return end_in(shortest_, target);
}

// A foreign peer may hang on several nodes, all of which must be reached to be compared.
RouteTable::Node RouteTable::end_of_search(std::string_view target) const {
  return graph_.hosts_of(target).empty() ? graph_.find(target) : RouteGraph::kNone;
}

std::optional<RouteTable::Step> RouteTable::find_step(const Topology& topology, std::string_view target,
                                                      const std::vector<std::string>& avoid, int most_hops) {
  const RouteGraph::Tree* tree = nullptr;
  std::optional<End> end = search(topology, target, avoid, tree);
  if (!end) return std::nullopt;
  const auto most = static_cast<std::uint32_t>(most_hops);
  if (end->distance.hops > most) {
    const std::optional<End> shortest = search_shortest(target);
    if (shortest && shortest->distance.hops <= most) {
      end = shortest;
      tree = &shortest_;
    }
  }
  const std::string_view next = end->last == own_ ? target : graph_.name(tree->first[end->last]);
  return Step{next, static_cast<int>(end->distance.hops), end->distance.cost};
}

std::optional<RouteTable::Route> RouteTable::find(const Topology& topology, std::string_view target,
                                                  const std::vector<std::string>& avoid) {
  const RouteGraph::Tree* tree = nullptr;
  const std::optional<End> end = search(topology, target, avoid, tree);
  if (!end) return std::nullopt;
  Route route;
  route.hops = static_cast<int>(end->distance.hops);
  route.cost = end->distance.cost;
  route.path.resize(end->distance.hops + 1);
  std::size_t place = route.path.size();
  if (end->is_foreign) route.path[--place] = target;
  for (Node node = end->last; place > 0; node = tree->parent[node]) route.path[--place] = graph_.name(node);
  route.next = route.path[1];
  return route;
}

int RouteTable::hops_to(const Topology& topology, std::string_view target) {
  if (target == own_id_) return 0;
  const std::optional<Step> step = find_step(topology, target, {});
  return step ? step->hops : -1;
}

}  // namespace relay::mesh
