#include "actor/wait_graph.h"

#include <algorithm>

namespace relay {
namespace {

bool same(WaitId a, WaitId b) { return a.number == b.number && a.part == b.part; }

struct Step {
  std::string_view node;
  WaitGraph::Place place;
};

// "a.x -> b.y -> a.z", with the nodes unless all are the same.
std::string text(const std::vector<Step>& steps) {
  const bool is_on_one_node =
      std::all_of(steps.begin(), steps.end(), [&](const Step& step) { return step.node == steps[0].node; });
  std::string out;
  for (const Step& step : steps) {
    if (!out.empty()) out += " -> ";
    out.append(step.place.server).append(".").append(step.place.method);
    if (!is_on_one_node) out.append("@").append(step.node);
  }
  return out;
}

}  // namespace

void WaitGraph::grow(Graph& graph, ActorId id) {
  if (graph.nodes.size() <= id) graph.nodes.resize(id + 1);
}

std::string WaitGraph::add(ActorId caller, Place from, WaitId wait, ActorId target, Place to) {
  return graph_.with([&](Graph& graph) {
    grow(graph, std::max(caller, target));
    if (!search(graph, target, caller)) {
      graph.nodes[caller].edges.push_back({wait, target, from});
      return std::string();
    }
    std::vector<Step> steps;
    for (const Place place : way(graph, target, caller)) steps.push_back({{}, place});
    steps.push_back({{}, from});
    steps.push_back({{}, to});
    return text(steps);
  });
}

std::uint64_t WaitGraph::add_remote(ActorId caller, Place from, WaitId wait) {
  return graph_.with([&](Graph& graph) {
    grow(graph, caller);
    const std::uint64_t number = ++graph.last_number;
    graph.nodes[caller].edges.push_back({wait, kElsewhere, from, number});
    graph.remote.emplace(number, caller);
    return number;
  });
}

std::string WaitGraph::find_cycle(const std::vector<ChainEntry>& chain, std::string_view node, Place caller,
                                  ActorId target, Place to) {
  return graph_.with([&](Graph& graph) {
    grow(graph, target);
    for (std::size_t i = chain.size(); i-- > 0;) {
      if (chain[i].node != node) continue;
      const auto waiting = graph.remote.find(chain[i].call);
      if (waiting == graph.remote.end() || !search(graph, target, waiting->second)) continue;
      std::vector<Step> steps;
      for (const Place place : way(graph, target, waiting->second)) steps.push_back({node, place});
      for (std::size_t k = i; k < chain.size(); ++k) steps.push_back({chain[k].node, {chain[k].server, chain[k].method}});
      if (!caller.server.empty()) steps.push_back({node, caller});
      steps.push_back({node, to});
      return text(steps);
    }
    return std::string();
  });
}

void WaitGraph::remove(ActorId caller, WaitId wait) {
  graph_.with([&](Graph& graph) {
    if (caller >= graph.nodes.size()) return;
    std::vector<Edge>& edges = graph.nodes[caller].edges;
    const auto found = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return same(edge.wait, wait); });
    if (found == edges.end()) return;
    if (found->target == kElsewhere) graph.remote.erase(found->number);
    *found = edges.back();
    edges.pop_back();
  });
}

void WaitGraph::remove_all(ActorId caller) {
  graph_.with([&](Graph& graph) {
    if (caller >= graph.nodes.size()) return;
    std::vector<Edge>& edges = graph.nodes[caller].edges;
    for (const Edge& edge : edges) {
      if (edge.target == kElsewhere) graph.remote.erase(edge.number);
    }
    edges.clear();
  });
}

std::size_t WaitGraph::edge_count() const {
  return graph_.with([](const Graph& graph) {
    std::size_t count = 0;
    for (const Node& node : graph.nodes) count += node.edges.size();
    return count;
  });
}

bool WaitGraph::search(Graph& graph, ActorId start, ActorId end) {
  if (start == end) return true;
  const std::uint64_t search = ++graph.searches;
  graph.waiting.assign(1, start);
  graph.nodes[start].visited = search;
  while (!graph.waiting.empty()) {
    const ActorId current = graph.waiting.back();
    graph.waiting.pop_back();
    for (const Edge& edge : graph.nodes[current].edges) {
      Node& next = graph.nodes[edge.target];
      if (next.visited == search) continue;
      next.visited = search;
      next.reached_from = current;
      if (edge.target == end) return true;
      graph.waiting.push_back(edge.target);
    }
  }
  return false;
}

std::vector<WaitGraph::Place> WaitGraph::way(const Graph& graph, ActorId start, ActorId end) {
  std::vector<Place> places;  // backwards
  for (ActorId at = end; at != start;) {
    const ActorId before = graph.nodes[at].reached_from;
    const std::vector<Edge>& edges = graph.nodes[before].edges;
    places.push_back(std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.target == at; })->from);
    at = before;
  }
  std::reverse(places.begin(), places.end());
  return places;
}

}  // namespace relay
