// Cycles of several chains that lead over other nodes: docs/adr/0007.
#include <algorithm>
#include <utility>

#include "actor/wait_graph.h"

namespace relay {
namespace {

// Searches that a call remembers. Of two that go along it again and again one may be sent twice; it finds nothing new.
constexpr std::size_t kMaxPassed = 32;
// Calls to other nodes that one search goes along at once, from one node. A server that waits for more of them is no
// reason to load the mesh with more messages than it has sent calls.
constexpr std::size_t kMaxProbes = 1024;

bool is_larger(const ProbeStep& a, const ProbeStep& b) { return id_of(a.wait) > id_of(b.wait); }

// The call that fails: of those that have not begun, the one with the largest id. The same for all who see this cycle.
std::size_t find_victim(const std::vector<ProbeStep>& cycle) {
  std::size_t victim = cycle.size();
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (cycle[i].is_blocked && (victim == cycle.size() || is_larger(cycle[i], cycle[victim]))) victim = i;
  }
  return victim;
}

// Who waits for whom from the target of step `at` to its caller.
std::string text(const std::vector<ProbeStep>& cycle, std::size_t at) {
  std::string out;
  for (std::size_t i = 1; i <= cycle.size(); ++i) {
    const ChainEntry& wait = cycle[(at + i) % cycle.size()].wait;
    if (!out.empty()) out += " -> ";
    out.append(wait.server).append(".").append(wait.method).append("@").append(wait.node);
  }
  return out;
}

}  // namespace

bool WaitGraph::is_blocked(const Graph& graph, const Edge& edge) {
  const Node& target = graph.nodes[edge.target];
  return edge.episode != 0 && edge.episode == target.episode && !target.edges.empty();
}

std::uint64_t WaitGraph::name(Graph& graph, ActorId caller, Edge& edge) {
  if (edge.number != 0) return edge.number;
  edge.number = ++graph.last_number;
  graph.named.emplace(edge.number, Named{.caller = caller});
  return edge.number;
}

ProbeStep WaitGraph::step(Graph& graph, ActorId caller, Edge& edge) const {
  const ChainEntry entry{node_, std::string(edge.from.server), std::string(edge.from.method), name(graph, caller, edge)};
  // Of a call to another node only that one knows.
  return {entry, edge.target != kElsewhere && is_blocked(graph, edge)};
}

void WaitGraph::append_way(Graph& graph, ActorId start, ActorId end, std::vector<ProbeStep>& steps) const {
  ActorId holder = start;
  for (Edge* edge : way(graph, start, end)) {
    steps.push_back(step(graph, holder, *edge));
    holder = edge->target;
  }
}

std::vector<Probe> WaitGraph::begin_search(Graph& graph, ProbeStep first, ActorId target, std::uint32_t round) const {
  Probe probe;
  probe.round = round;
  probe.steps.push_back(std::move(first));
  return expand(graph, probe, target).probes;
}

// Follows every wait from `start` to the calls that leave this node, or to the call that began the search.
WaitGraph::Judged WaitGraph::expand(Graph& graph, const Probe& probe, ActorId start) const {
  const ChainEntry& first = probe.steps.front().wait;
  const std::uint64_t own_first = first.node == node_ ? first.call : 0;
  Judged judged;
  const std::uint64_t search = ++graph.searches;
  graph.nodes[start].visited = search;
  graph.waiting.assign(1, start);
  while (!graph.waiting.empty()) {
    const ActorId current = graph.waiting.back();
    graph.waiting.pop_back();
    for (Edge& edge : graph.nodes[current].edges) {
      const bool closes = own_first != 0 && edge.number == own_first;
      if (closes) {
        std::vector<ProbeStep> cycle = probe.steps;
        append_way(graph, start, current, cycle);
        return confirm(graph, std::move(cycle), current);
      }
      if (edge.target != kElsewhere) {
        Node& next = graph.nodes[edge.target];
        if (std::exchange(next.visited, search) == search) continue;
        next.reached_from = current;
        graph.waiting.push_back(edge.target);
        continue;
      }
      if (judged.probes.size() >= kMaxProbes || !pass(graph, edge.number, probe)) continue;
      Probe longer = probe;
      append_way(graph, start, current, longer.steps);
      longer.steps.push_back(step(graph, current, edge));
      if (longer.steps.size() <= kMaxProbeSteps) judged.probes.push_back(std::move(longer));
    }
  }
  return judged;
}

// False when this search has gone along the call before.
bool WaitGraph::pass(Graph& graph, std::uint64_t number, const Probe& probe) {
  std::vector<Passed>& passed = graph.named.at(number).passed;
  const CallId first = id_of(probe.steps.front().wait);
  const auto found = std::find_if(passed.begin(), passed.end(), [&](const Passed& one) { return one.first == first; });
  if (found != passed.end()) {
    if (found->round >= probe.round) return false;
    found->round = probe.round;
    return true;
  }
  if (passed.size() >= kMaxPassed) passed.erase(passed.begin());
  passed.push_back({first, probe.round});
  return true;
}

// `cycle` has been found; its last step is that of a call to `holder`, who made the call of the first. One round along all
// its steps makes sure that they stand, and then it goes on to the call that fails.
WaitGraph::Judged WaitGraph::confirm(Graph& graph, std::vector<ProbeStep> cycle, ActorId holder) const {
  Judged judged;
  const std::size_t victim = find_victim(cycle);
  if (victim == cycle.size()) return judged;
  Probe probe;
  probe.phase = Probe::Phase::kConfirm;
  probe.at = static_cast<std::uint32_t>(cycle.size() - 1);
  probe.left = static_cast<std::uint32_t>(cycle.size() + victim + 1);
  probe.steps = std::move(cycle);
  walk(graph, std::move(probe), holder, judged);
  return judged;
}

// Goes on from `holder`, the target of steps[at], while the waits that follow stand as the probe says.
void WaitGraph::walk(Graph& graph, Probe probe, ActorId holder, Judged& judged) const {
  while (probe.left > 0) {
    const std::size_t next = (probe.at + 1) % probe.steps.size();
    const ChainEntry& wait = probe.steps[next].wait;
    std::vector<Edge>& edges = graph.nodes[holder].edges;
    const auto found = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.number == wait.call; });
    if (wait.node != node_ || wait.call == 0 || found == edges.end()) return;
    probe.at = static_cast<std::uint32_t>(next);
    --probe.left;
    if (found->target == kElsewhere) return judged.probes.push_back(std::move(probe));
    if (probe.left == 0 && is_blocked(graph, *found)) {
      judged.verdict = Verdict{.target = found->target, .caller = holder, .wait = found->wait, .call = CallId(),
                               .cycle = text(probe.steps, probe.at)};
    }
    holder = found->target;
  }
}

WaitGraph::Judged WaitGraph::take(Probe probe) {
  return graph_.with([&](Graph& graph) {
    Judged judged;
    const auto found = graph.arrived.find(id_of(probe.along()));
    if (found == graph.arrived.end()) return judged;
    const Incoming& incoming = found->second;
    if (probe.phase == Probe::Phase::kSearch) {
      probe.steps.back().is_blocked = !incoming.has_begun;
      return expand(graph, probe, incoming.target);
    }
    if (probe.left > 0) {
      walk(graph, std::move(probe), incoming.target, judged);
    } else if (!incoming.has_begun) {
      judged.verdict = Verdict{incoming.target, 0, {}, found->first, text(probe.steps, probe.at)};
    }
    return judged;
  });
}

std::optional<std::vector<Probe>> WaitGraph::search_again(const CallId& call, std::uint32_t round) {
  return graph_.with([&](Graph& graph) -> std::optional<std::vector<Probe>> {
    const auto arrived = graph.arrived.find(call);
    if (arrived != graph.arrived.end()) {
      const Incoming& incoming = arrived->second;
      if (incoming.has_begun) return std::nullopt;
      return begin_search(graph, {incoming.entry, true}, incoming.target, round);
    }
    const auto named = call.node == node_ ? graph.named.find(call.call) : graph.named.end();
    if (named == graph.named.end()) return std::nullopt;
    const ActorId caller = named->second.caller;
    std::vector<Edge>& edges = graph.nodes[caller].edges;
    const auto edge = std::find_if(edges.begin(), edges.end(), [&](const Edge& one) { return one.number == call.call; });
    if (edge->target == kElsewhere || !is_blocked(graph, *edge)) return std::nullopt;
    return begin_search(graph, step(graph, caller, *edge), edge->target, round);
  });
}

}  // namespace relay
