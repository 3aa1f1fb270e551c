// What must hold of routes on any map: the best path of all, and no way to send a message in circles.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "mesh/map_fixture.h"
#include "mesh/route_table.h"

namespace relay::mesh {
namespace {

struct Edge {
  std::string a;
  std::string b;
  std::uint32_t cost;
};
using Edges = std::vector<Edge>;
using Path = std::vector<std::string>;

const std::vector<std::string> kNodes{"a", "b", "c", "d", "e", "f", "g"};

// Few costs, so that ties are frequent.
rc::Gen<Edges> any_edges() {
  return rc::gen::container<Edges>(rc::gen::construct<Edge>(
      rc::gen::elementOf(kNodes), rc::gen::elementOf(kNodes), rc::gen::inRange(1u, 4u)));
}

rc::Gen<Path> any_nodes() {
  return rc::gen::container<Path>(rc::gen::elementOf(kNodes));
}

MapFixture map_of(const Edges& edges, const std::string& own) {
  MapFixture map(own);
  for (const std::string& node : kNodes) map.say(node);
  for (const Edge& edge : edges) {
    if (edge.a != edge.b) map.link(edge.a, edge.b, edge.cost);
  }
  return map;
}

struct Best {
  std::uint64_t cost = 0;
  Path path;
  [[nodiscard]] auto rank() const { return std::make_tuple(cost, path.size(), path); }
};

// All paths there are, tried one after the other.
void try_all(const Topology& map, Best so_far, const std::string& target, const Path& avoid,
             std::optional<Best>& best) {
  const std::string here = so_far.path.back();
  if (here == target) {
    if (!best || so_far.rank() < best->rank()) best = so_far;
    return;
  }
  for (const auto& [next, cost] : map.find(here)->neighbors) {
    const bool is_free = std::ranges::find(avoid, next) == avoid.end() &&
                         std::ranges::find(so_far.path, next) == so_far.path.end();
    if (!is_free) continue;
    Best further = so_far;
    further.cost += cost;
    further.path.push_back(next);
    try_all(map, std::move(further), target, avoid, best);
  }
}

RC_GTEST_PROP(RouteTable, FindsTheBestOfAllPathsThatAvoidWhatTheyMust, ()) {
  const Edges edges = *any_edges();
  const Path avoid = *any_nodes();
  const std::string own = *rc::gen::elementOf(kNodes);
  MapFixture map = map_of(edges, own);
  RouteTable routes(own);
  for (const std::string& target : kNodes) {
    if (target == own) continue;
    std::optional<Best> best;
    try_all(map.topology, Best{0, {own}}, target, avoid, best);
    const auto route = routes.find(map.topology, target, avoid);
    const auto step = routes.find_step(map.topology, target, avoid);
    RC_ASSERT(route.has_value() == best.has_value());
    RC_ASSERT(step.has_value() == best.has_value());
    if (!best) continue;
    RC_ASSERT(route->path == best->path);
    RC_ASSERT(route->cost == best->cost);
    RC_ASSERT(route->next == best->path[1]);
    RC_ASSERT(step->next == best->path[1]);
    RC_ASSERT(step->hops == route->hops);
  }
}

RC_GTEST_PROP(RouteTable, LeadsFromNodeToNodeToTheTargetWhenAllHaveTheSameMap, ()) {
  const Edges edges = *any_edges();
  std::map<std::string, MapFixture> maps;
  std::map<std::string, RouteTable> tables;
  for (const std::string& node : kNodes) {
    maps.emplace(node, map_of(edges, node));
    tables.emplace(node, RouteTable(node));
  }
  for (const std::string& target : kNodes) {
    for (const std::string& origin : kNodes) {
      const auto planned = tables.at(origin).find(maps.at(origin).topology, target, {});
      if (!planned) continue;
      std::string here = origin;
      std::uint64_t cost = planned->cost;
      int hops = 0;
      while (here != target) {
        const auto step = tables.at(here).find_step(maps.at(here).topology, target, {});
        RC_ASSERT(step.has_value());
        RC_ASSERT(step->cost <= cost);
        cost = step->cost;
        here = step->next;
        RC_ASSERT(++hops <= planned->hops);
      }
      RC_ASSERT(hops == planned->hops);
    }
  }
}

RC_GTEST_PROP(RouteTable, MeetsNoNodeTwiceThoughEachNodeHasAnotherMap, ()) {
  std::map<std::string, MapFixture> maps;
  std::map<std::string, RouteTable> tables;
  for (const std::string& node : kNodes) {
    maps.emplace(node, map_of(*any_edges(), node));
    tables.emplace(node, RouteTable(node));
  }
  const std::string target = *rc::gen::elementOf(kNodes);
  std::string here = *rc::gen::elementOf(kNodes);
  Path route;
  while (here != target) {
    RC_ASSERT(std::ranges::find(route, here) == route.end());
    route.push_back(here);
    const auto step = tables.at(here).find_step(maps.at(here).topology, target, route);
    if (!step) return;
    here = step->next;
  }
}

std::optional<std::size_t> fewest_hops(const Topology& map, const std::string& from, const std::string& target) {
  std::map<std::string, std::size_t> hops{{from, 0}};
  std::deque<std::string> open{from};
  while (!open.empty() && open.front() != target) {
    const std::string node = open.front();
    open.pop_front();
    for (const auto& [next, cost] : map.find(node)->neighbors) {
      if (hops.emplace(next, hops.at(node) + 1).second) open.push_back(next);
    }
  }
  return hops.contains(target) ? std::optional(hops.at(target)) : std::nullopt;
}

// Nodes change from the cheapest path to the one of fewest hops and back on the way, each by what is left.
RC_GTEST_PROP(RouteTable, BringsAMessageOverWhereverAnyPathHasNoMoreHopsThanItMayMake, ()) {
  const Edges edges = *any_edges();
  std::map<std::string, MapFixture> maps;
  std::map<std::string, RouteTable> tables;
  for (const std::string& node : kNodes) {
    maps.emplace(node, map_of(edges, node));
    tables.emplace(node, RouteTable(node));
  }
  const std::string origin = *rc::gen::elementOf(kNodes);
  const std::string target = *rc::gen::elementOf(kNodes);
  const auto fewest = fewest_hops(maps.at(origin).topology, origin, target);
  if (!fewest) return;
  const int slack = *rc::gen::inRange(0, 3);
  int left = static_cast<int>(*fewest) + slack;
  std::string here = origin;
  Path route;
  while (here != target) {
    RC_ASSERT(left > 0);
    route.push_back(here);
    const auto step = tables.at(here).find_step(maps.at(here).topology, target, route, left);
    RC_ASSERT(step.has_value());
    RC_ASSERT(step->hops <= left);
    RC_ASSERT(std::ranges::find(route, step->next) == route.end());
    here = step->next;
    --left;
  }
}

// The same as the first, with foreign peers at the ends.
RC_GTEST_PROP(RouteTable, FindsTheBestWayToAForeignPeer, ()) {
  const Edges edges = *any_edges();
  const Path hosts = *any_nodes();
  const Path avoid = *any_nodes();
  MapFixture map = map_of(edges, "a");
  for (const std::string& host : hosts) map.foreign(host, "browser", 2);
  RouteTable routes("a");
  std::optional<Best> best;
  for (const std::string& host : hosts) {
    if (std::ranges::find(avoid, host) != avoid.end() && host != "a") continue;
    std::optional<Best> to_host;
    try_all(map.topology, Best{0, {"a"}}, host, avoid, to_host);
    if (!to_host) continue;
    to_host->cost += 2;
    to_host->path.emplace_back("browser");
    if (!best || to_host->rank() < best->rank()) best = to_host;
  }
  const auto route = routes.find(map.topology, "browser", avoid);
  RC_ASSERT(route.has_value() == best.has_value());
  if (best) RC_ASSERT(route->path == best->path);
}

}  // namespace
}  // namespace relay::mesh
