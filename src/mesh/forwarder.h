#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/call_message.h"
#include "mesh/courier.h"
#include "mesh/forward_table.h"
#include "mesh/mesh_context.h"
#include "mesh/mesh_limits.h"
#include "mesh/remembered_ids.h"

namespace relay::mesh {

// Passes on what is for other nodes (spec mesh.md, Routing). The payload is never read; only `route` and
// `ttl` change.
//
// Loops:  a message goes to no node that its route names, and to none twice: its id is remembered until its
// reply or
//         its deadline, and `ttl` runs out whatever anybody lies.
// Errors: a call that cannot go on is answered to its origin: unknown_node, no_route, ttl_exceeded,
// overloaded,
//         unreachable (it was not written), unknown_outcome (it was). What awaits no reply is dropped and
//         counted.
// Thread: the mesh's core.
class Forwarder {
 public:
  Forwarder(MeshContext& context, Courier& courier) : context_(context), courier_(courier) {}

  ~Forwarder();
  Forwarder(const Forwarder&) = delete;
  Forwarder& operator=(const Forwarder&) = delete;

  // `original` came over `in` and is for another node.
  void forward(const Link& in, const Envelope& original);
  // A message passed on under `tag` was not written. Before link_closed().
  void unwritten(std::uint64_t tag);
  void link_closed(const Link& link);

  // Tags of this class have this bit, so that they are told from those of others; it alone is the tag of what
  // awaits no reply.
  static constexpr std::uint64_t kTagBit = std::uint64_t{1} << 63;

  [[nodiscard]] std::size_t open() const { return table_.size(); }

 private:
  void forward_call(const Link& in, const Envelope& original);
  // To those who may know an id that is not on the map; false: there are none.
  [[nodiscard]] bool flood_call(const Link& in, const Envelope& original, const CallMessage& call, int ttl);
  [[nodiscard]] static bool is_answer(ForwardTable::Entry& passed, const Link& in, const Envelope& original);
  void forward_reply(const Link& in, const Envelope& original);
  void forward_other(const Link& in, const Envelope& original);
  // Of what leaves no entry in the table.
  [[nodiscard]] bool is_first(const Link& in, std::string_view origin, std::string_view id);
  // What is left of `ttl` after this node; 0: refuse.
  [[nodiscard]] static int remaining_ttl(const Envelope& original);
  [[nodiscard]] std::vector<std::string> extended_route(const Envelope& original) const;
  void refuse(const Link& in, const Envelope& original, Errc code, std::string message, Ran ran);
  // Tells the origin of a call over the link that it came by, else over the best path.
  struct WayBack {
    LinkId in = 0;
    int hops = 1;
  };
  void answer(WayBack back, std::string_view origin, std::string_view id, const Failure& failure);
  void set_timer();

  MeshContext& context_;
  Courier& courier_;
  ForwardTable table_;
  RememberedIds seen_{{kMaxSeenIdsOfPeer, kMaxSeenIds}};
  std::uint64_t last_tag_ = 0;
  std::optional<Executor::TimerId> timer_;
  Instant timer_at_ = kNoDeadline;
};

}  // namespace relay::mesh
