#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actor/message.h"
#include "base/guarded.h"
#include "call/call.h"

namespace relay {

// Who waits for whom on this node: an edge for each call between servers that is not answered yet. Since every edge is
// checked when it is added, the call that would close a cycle is always found, and nothing is to be cleaned up.
//
// A call to another node is an edge that leads out of the graph. Its number names it to other nodes, which send it back
// in the chain of what they call here meanwhile.
//
// Invariant: the graph has no cycle. An edge goes when its call is answered, before the callee can call again.
// Bound:     one edge a call in flight.
// Thread:    any core; one lock for the node.
class WaitGraph {
 public:
  // Numbers of calls to other nodes begin behind `last_number`: where no earlier start of the node has used them.
  explicit WaitGraph(std::uint64_t last_number = 0) : graph_(last_number) {}

  // A method of a server; the names belong to the program.
  struct Place {
    std::string_view server;
    std::string_view method;
  };

  // `caller`, which runs `from`, now waits for `to` at `target`. Empty when that is fine; else nothing is added and the
  // cycle is named: "a.x -> b.y -> a.z".
  [[nodiscard]] std::string add(ActorId caller, Place from, WaitId wait, ActorId target, Place to);
  // `caller`, which runs `from`, now waits for a call to another node: its number.
  [[nodiscard]] std::uint64_t add_remote(ActorId caller, Place from, WaitId wait);
  // A call for `to` at `target`, which the calls of `chain` wait for, has come to this node, or is made on it by
  // `caller` (empty: by none of its servers). Names the cycle if `target` itself waits for one of them, however far:
  // "a.x@n1 -> b.y@n2 -> a.z@n1"; else empty. `node` is this one.
  [[nodiscard]] std::string find_cycle(const std::vector<ChainEntry>& chain, std::string_view node, Place caller,
                                       ActorId target, Place to);
  // The call was answered or given up; one that is not there is ignored.
  void remove(ActorId caller, WaitId wait);
  // The caller waits for nothing any more.
  void remove_all(ActorId caller);
  [[nodiscard]] std::size_t edge_count() const;

 private:
  struct Edge {
    WaitId wait;
    ActorId target = 0;  // kElsewhere: a call to another node
    Place from;
    std::uint64_t number = 0;  // of a call to another node
  };
  static constexpr ActorId kElsewhere = 0;  // a node of the graph without edges of its own
  struct Node {
    std::vector<Edge> edges;
    std::uint64_t visited = 0;  // the last search that came here
    ActorId reached_from = 0;   // and whence
  };
  struct Graph {
    explicit Graph(std::uint64_t last) : last_number(last) {}
    std::vector<Node> nodes;  // by ActorId
    std::uint64_t searches = 0;
    std::vector<ActorId> waiting;
    std::uint64_t last_number;
    std::unordered_map<std::uint64_t, ActorId> remote;  // who waits for the call of this number
  };
  static void grow(Graph& graph, ActorId id);
  // Whether `start` waits for `end`, however far; the way is left in `reached_from`.
  static bool search(Graph& graph, ActorId start, ActorId end);
  // What runs in the actors on the way from `start` to `end` that search() has found, `end` excluded.
  static std::vector<Place> way(const Graph& graph, ActorId start, ActorId end);

  Guarded<Graph> graph_;
};

}  // namespace relay
