#include "actor/wait_graph.h"

#include <algorithm>

namespace relay {
namespace {

bool same(WaitId a, WaitId b) { return a.number == b.number && a.part == b.part; }

void append(std::string& out, WaitGraph::Place place) {
  out.append(place.server).append(".").append(place.method);
}

}  // namespace

std::string WaitGraph::add(ActorId caller, Place from, WaitId wait, ActorId target, Place to) {
  return graph_.with([&](Graph& graph) {
    const ActorId highest = std::max(caller, target);
    if (graph.nodes.size() <= highest) graph.nodes.resize(highest + 1);
    if (search(graph, target, caller)) return path(graph, target, caller, from, to);
    graph.nodes[caller].edges.push_back({wait, target, from});
    return std::string();
  });
}

void WaitGraph::remove(ActorId caller, WaitId wait) {
  graph_.with([&](Graph& graph) {
    if (caller >= graph.nodes.size()) return;
    std::vector<Edge>& edges = graph.nodes[caller].edges;
    const auto found = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return same(edge.wait, wait); });
    if (found == edges.end()) return;
    *found = edges.back();
    edges.pop_back();
  });
}

void WaitGraph::remove_all(ActorId caller) {
  graph_.with([&](Graph& graph) {
    if (caller < graph.nodes.size()) graph.nodes[caller].edges.clear();
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

std::string WaitGraph::path(const Graph& graph, ActorId target, ActorId caller, Place from, Place to) {
  std::vector<Place> places{to, from};  // backwards
  for (ActorId at = caller; at != target;) {
    const ActorId before = graph.nodes[at].reached_from;
    for (const Edge& edge : graph.nodes[before].edges) {
      if (edge.target != at) continue;
      places.push_back(edge.from);
      break;
    }
    at = before;
  }
  std::string text;
  for (std::size_t i = places.size(); i-- > 0;) {
    append(text, places[i]);
    if (i != 0) text += " -> ";
  }
  return text;
}

}  // namespace relay
