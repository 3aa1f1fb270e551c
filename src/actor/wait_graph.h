#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actor/message.h"
#include "base/guarded.h"
#include "call/call.h"
#include "call/probe.h"

namespace relay {

// Who waits for whom on this node: an edge for each call between servers that is not answered yet. Since every edge is
// checked when it is added, the call that would close a cycle is always found, and nothing is to be cleaned up.
//
// A call to another node is an edge that leads out of the graph. Its number names it to other nodes, which send it back
// in the chain of what they call here meanwhile, and in probes (docs/adr/0007).
//
// Invariant: the graph has no cycle. An edge goes when its call is answered, before the callee can call again.
// Bound:     one edge a call in flight, one entry a call of another node.
// Thread:    any core; one lock for the node.
class WaitGraph {
 public:
  // A method of a server; the names belong to the program.
  struct Place {
    std::string_view server;
    std::string_view method;
  };
  struct Added {
    std::string cycle;          // not empty: the cycle that the call would close; nothing was added
    std::vector<Probe> probes;  // it may have closed one over other nodes: they find out
  };
  struct Arrived {
    bool is_new = true;  // false: there is such a call already; nothing was added
    std::vector<Probe> probes;
  };

  // `node` is this one. Numbers of calls to other nodes begin behind `last_number`: where no earlier start of the node
  // has used them.
  explicit WaitGraph(std::string node, std::uint64_t last_number = 0) : node_(std::move(node)), graph_(last_number) {}

  // `caller`, which runs `from`, now waits for `to` at `target`. Unless that closes a cycle: "a.x -> b.y -> a.z".
  [[nodiscard]] Added add(ActorId caller, Place from, WaitId wait, ActorId target, Place to);
  // `caller`, which runs `from`, now waits for a call to another node: its number.
  [[nodiscard]] std::uint64_t add_remote(ActorId caller, Place from, WaitId wait);
  // A number for a call to another node that is no edge.
  [[nodiscard]] std::uint64_t take_number() {
    return graph_.with([](Graph& graph) { return ++graph.last_number; });
  }
  // A call for `to` at `target`, which the calls of `chain` wait for, has come to this node, or is made on it by
  // `caller` (empty: by none of its servers). Names the cycle if `target` itself waits for one of them, however far:
  // "a.x@n1 -> b.y@n2 -> a.z@n1"; else empty.
  [[nodiscard]] std::string find_cycle(const std::vector<ChainEntry>& chain, Place caller, ActorId target, Place to);
  // A call by an actor of another node is for `target`, until remove_arrived().
  [[nodiscard]] Arrived add_arrived(const ChainEntry& call, ActorId target);
  // It has left the mailbox.
  void begin_arrived(const CallId& call);
  void remove_arrived(const CallId& call);
  // The call was answered or given up; one that is not there is ignored.
  void remove(ActorId caller, WaitId wait);
  // The caller waits for nothing any more.
  void remove_all(ActorId caller);
  [[nodiscard]] std::size_t edge_count() const;

  // A cycle is sure: the call that stands in the mailbox of `target` is to fail.
  struct Verdict {
    ActorId target = 0;
    ActorId caller = 0;  // 0: a call of another node, `call`
    WaitId wait;
    CallId call;
    std::string cycle;  // from `target` to the caller: "a.x@n1 -> b.y@n2"
  };
  struct Judged {
    std::vector<Probe> probes;  // to be sent on
    std::optional<Verdict> verdict;
  };
  // A probe has come along a call of another node. is_sound().
  [[nodiscard]] Judged take(Probe probe);
  // A new search by a call that was blocked before; nullopt: it is not any more.
  [[nodiscard]] std::optional<std::vector<Probe>> search_again(const CallId& call, std::uint32_t round);

 private:
  struct Edge {
    WaitId wait;
    ActorId target = 0;  // kElsewhere: a call to another node
    Place from;
    std::uint64_t number = 0;   // as other nodes know it; 0: they do not
    std::uint64_t episode = 0;  // of the target, if it waited when this was added; else 0
  };
  static constexpr ActorId kElsewhere = 0;  // a node of the graph without edges of its own
  struct Node {
    std::vector<Edge> edges;
    std::uint64_t episode = 0;  // how often it has begun to wait
    std::size_t waiters = 0;    // edges that lead here, and calls of other nodes
    std::uint64_t visited = 0;  // the last search that came here
    ActorId reached_from = 0;   // and whence
  };
  struct Passed {
    CallId first;
    std::uint32_t round = 0;
  };
  // An edge that has a number.
  struct Named {
    ActorId caller = 0;
    std::vector<Passed> passed;  // the last searches that went along it
  };
  struct Incoming {
    ChainEntry entry;
    ActorId target = 0;
    bool has_begun = false;
  };
  struct Graph {
    explicit Graph(std::uint64_t last) : last_number(last) {}
    std::vector<Node> nodes;  // by ActorId
    std::uint64_t searches = 0;
    std::vector<ActorId> waiting;
    std::uint64_t last_number;
    std::unordered_map<std::uint64_t, Named> named;
    std::unordered_map<CallId, Incoming, CallIdHash> arrived;
  };

  static void grow(Graph& graph, ActorId id);
  static Edge& insert(Graph& graph, ActorId caller, Edge edge);
  static void forget(Graph& graph, const Edge& edge);
  // Whether `start` waits for `end`, however far; the way is left in `reached_from`.
  static bool search(Graph& graph, ActorId start, ActorId end);
  // The edges on the way from `start` to `end` that a search has found.
  static std::vector<Edge*> way(Graph& graph, ActorId start, ActorId end);

  // wait_graph_probe.cc
  [[nodiscard]] static bool is_blocked(const Graph& graph, const Edge& edge);
  static std::uint64_t name(Graph& graph, ActorId caller, Edge& edge);
  [[nodiscard]] ProbeStep step(Graph& graph, ActorId caller, Edge& edge) const;
  void append_way(Graph& graph, ActorId start, ActorId end, std::vector<ProbeStep>& steps) const;
  [[nodiscard]] std::vector<Probe> begin_search(Graph& graph, ProbeStep first, ActorId target, std::uint32_t round) const;
  [[nodiscard]] Judged expand(Graph& graph, const Probe& probe, ActorId start) const;
  [[nodiscard]] static bool pass(Graph& graph, std::uint64_t number, const Probe& probe);
  [[nodiscard]] Judged confirm(Graph& graph, std::vector<ProbeStep> cycle, ActorId holder) const;
  void walk(Graph& graph, Probe probe, ActorId holder, Judged& judged) const;

  const std::string node_;
  Guarded<Graph> graph_;
};

}  // namespace relay
