#include "actor/wait_graph.h"

#include <algorithm>

namespace relay {
namespace {

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

WaitGraph::Added WaitGraph::add(ActorId caller, Place from, WaitId wait, ActorId target, Place to) {
  return graph_.with([&](Graph& graph) {
    Added added;
    grow(graph, std::max(caller, target));
    if (search(graph, target, caller)) {
      std::vector<Step> steps;
      for (const Edge* edge : way(graph, target, caller)) steps.push_back({{}, edge->from});
      steps.push_back({{}, from});
      steps.push_back({{}, to});
      added.cycle = text(steps);
      return added;
    }
    const bool leads_elsewhere = graph.nodes[kElsewhere].visited == graph.searches;
    Edge& edge = insert(graph, caller, {.wait = wait, .target = target, .from = from});
    // Only one whom somebody waits for can be in a cycle.
    if (!leads_elsewhere || graph.nodes[caller].waiters == 0) return added;
    ProbeStep first = step(graph, caller, edge);
    added.probes = begin_search(graph, std::move(first), target, 0);
    return added;
  });
}

std::uint64_t WaitGraph::add_remote(ActorId caller, Place from, WaitId wait) {
  return graph_.with([&](Graph& graph) {
    grow(graph, caller);
    return name(graph, caller, insert(graph, caller, {.wait = wait, .target = kElsewhere, .from = from}));
  });
}

std::string WaitGraph::find_cycle(const std::vector<ChainEntry>& chain, Place caller, ActorId target, Place to) {
  return graph_.with([&](Graph& graph) {
    grow(graph, target);
    for (std::size_t i = chain.size(); i-- > 0;) {
      if (chain[i].node != node_) continue;
      const auto found = graph.named.find(chain[i].call);
      if (found == graph.named.end() || !search(graph, target, found->second.caller)) continue;
      std::vector<Step> steps;
      for (const Edge* edge : way(graph, target, found->second.caller)) steps.push_back({node_, edge->from});
      for (std::size_t k = i; k < chain.size(); ++k) steps.push_back({chain[k].node, {chain[k].server, chain[k].method}});
      if (!caller.server.empty()) steps.push_back({node_, caller});
      steps.push_back({node_, to});
      return text(steps);
    }
    return std::string();
  });
}

WaitGraph::Arrived WaitGraph::add_arrived(const ChainEntry& call, ActorId target) {
  return graph_.with([&](Graph& graph) {
    grow(graph, target);
    Arrived arrived;
    arrived.is_new = graph.arrived.emplace(id_of(call), Incoming{.entry = call, .target = target}).second;
    if (!arrived.is_new) return arrived;
    ++graph.nodes[target].waiters;
    if (!graph.nodes[target].edges.empty()) arrived.probes = begin_search(graph, {call, true}, target, 0);
    return arrived;
  });
}

void WaitGraph::begin_arrived(const CallId& call) {
  graph_.with([&](Graph& graph) {
    const auto found = graph.arrived.find(call);
    if (found != graph.arrived.end()) found->second.has_begun = true;
  });
}

void WaitGraph::remove_arrived(const CallId& call) {
  graph_.with([&](Graph& graph) {
    const auto found = graph.arrived.find(call);
    if (found == graph.arrived.end()) return;
    --graph.nodes[found->second.target].waiters;
    graph.arrived.erase(found);
  });
}

void WaitGraph::remove(ActorId caller, WaitId wait) {
  graph_.with([&](Graph& graph) {
    if (caller >= graph.nodes.size()) return;
    std::vector<Edge>& edges = graph.nodes[caller].edges;
    const auto found = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.wait == wait; });
    if (found == edges.end()) return;
    forget(graph, *found);
    *found = edges.back();
    edges.pop_back();
  });
}

void WaitGraph::remove_all(ActorId caller) {
  graph_.with([&](Graph& graph) {
    if (caller >= graph.nodes.size()) return;
    std::vector<Edge>& edges = graph.nodes[caller].edges;
    for (const Edge& edge : edges) forget(graph, edge);
    edges.clear();
  });
}

std::size_t WaitGraph::edge_count() const {
  return graph_.with([](const Graph& graph) {
    std::size_t count = graph.arrived.size();
    for (const Node& node : graph.nodes) count += node.edges.size();
    return count;
  });
}

void WaitGraph::grow(Graph& graph, ActorId id) {
  if (graph.nodes.size() <= id) graph.nodes.resize(id + 1);
}

WaitGraph::Edge& WaitGraph::insert(Graph& graph, ActorId caller, Edge edge) {
  Node& node = graph.nodes[caller];
  Node& target = graph.nodes[edge.target];
  if (!target.edges.empty()) edge.episode = target.episode;
  ++target.waiters;
  if (node.edges.empty()) ++node.episode;
  node.edges.push_back(edge);
  return node.edges.back();
}

void WaitGraph::forget(Graph& graph, const Edge& edge) {
  --graph.nodes[edge.target].waiters;
  if (edge.number != 0) graph.named.erase(edge.number);
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

std::vector<WaitGraph::Edge*> WaitGraph::way(Graph& graph, ActorId start, ActorId end) {
  std::vector<Edge*> edges;  // backwards
  for (ActorId at = end; at != start;) {
    const ActorId before = graph.nodes[at].reached_from;
    std::vector<Edge>& all = graph.nodes[before].edges;
    edges.push_back(&*std::find_if(all.begin(), all.end(), [&](const Edge& edge) { return edge.target == at; }));
    at = before;
  }
  std::reverse(edges.begin(), edges.end());
  return edges;
}

}  // namespace relay
