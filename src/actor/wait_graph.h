#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actor/message.h"
#include "base/guarded.h"
#include "call/call.h"

namespace relay {

// Who waits for whom on this node: an edge for each call between servers that is not answered yet. Since every edge is
// checked when it is added, the call that would close a cycle is always found, and nothing is to be cleaned up.
//
// Invariant: the graph has no cycle. An edge goes when its call is answered, before the callee can call again.
// Bound:     one edge a call in flight.
// Thread:    any core; one lock for the node.
class WaitGraph {
 public:
  // A method of a server; the names belong to the program.
  struct Place {
    std::string_view server;
    std::string_view method;
  };

  // `caller`, which runs `from`, now waits for `to` at `target`. Empty when that is fine; else nothing is added and the
  // cycle is named: "a.x -> b.y -> a.z".
  [[nodiscard]] std::string add(ActorId caller, Place from, WaitId wait, ActorId target, Place to);
  // The call was answered or given up; one that is not there is ignored.
  void remove(ActorId caller, WaitId wait);
  // The caller waits for nothing any more.
  void remove_all(ActorId caller);
  [[nodiscard]] std::size_t edge_count() const;

 private:
  struct Edge {
    WaitId wait;
    ActorId target = 0;
    Place from;
  };
  struct Node {
    std::vector<Edge> edges;
    std::uint64_t visited = 0;  // the last search that came here
    ActorId reached_from = 0;   // and whence
  };
  struct Graph {
    std::vector<Node> nodes;  // by ActorId
    std::uint64_t searches = 0;
    std::vector<ActorId> waiting;
  };
  // Whether `start` waits for `end`, however far; the way is left in `reached_from`.
  static bool search(Graph& graph, ActorId start, ActorId end);
  static std::string path(const Graph& graph, ActorId target, ActorId caller, Place from, Place to);

  Guarded<Graph> graph_;
};

}  // namespace relay
