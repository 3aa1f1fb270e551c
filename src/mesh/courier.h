#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "call/reply.h"
#include "mesh/allowance.h"
#include "mesh/envelope.h"
#include "mesh/mesh_context.h"
#include "mesh/mesh_limits.h"
#include "mesh/text_hash.h"

namespace relay::mesh {

// Where a message goes next.
struct Hop {
  Link* link = nullptr;
  bool is_last = false;  // the link's peer is the target: no wrapper
  int hops = 1;          // to the target, as far as known
};

// Finds the next hop and writes messages for it (spec mesh.md, Routing): straight to the target over a direct
// link, else inside a `route_message` to the neighbour on the cheapest path that avoids the nodes that had
// it. Thread: the mesh's core.
class Courier {
 public:
  explicit Courier(MeshContext& context) : context_(context) {}

  // Errors: kUnknownNode, kNoRoute, with a sentence.
  // `most_hops`: what the message may still make.
  [[nodiscard]] Result<Hop> find_hop(std::string_view target, const std::vector<std::string>& avoid,
                                     int most_hops = kMaxTtl);

  // A message of this node for `to`. `data` is its data.
  struct Letter {
    MessageType type = MessageType::kServerCall;
    std::string_view type_name;  // kOther: of which type
    std::string_view id;
    std::string_view to;
    std::string_view data;
    Lane lane = Lane::kControl;
    std::uint64_t tag = 0;
  };
  [[nodiscard]] Link::Sent send(const Hop& hop, const Letter& letter);
  // The same over the best hop; false when there is none or it takes no more.
  bool send(const Letter& letter);

  // Where a message of `origin` for an id that is not on the map may be led on: foreign neighbours that say
  // that they do so and are not in `route`; kMaxFloodsPerSecond times a second for one origin, else none.
  [[nodiscard]] std::vector<Link*> floods(std::string_view origin, const std::vector<std::string>& route);

  // Passes the message of another node on: `ttl` is what is left, `route` already names this node.
  [[nodiscard]] Link::Sent forward(const Hop& hop, const Envelope& original,
                                   const std::vector<std::string>& route, int ttl, Lane lane,
                                   std::uint64_t tag);

 private:
  [[nodiscard]] Link* open_link(std::string_view node) const;
  [[nodiscard]] Link::Sent wrap(Link& link, std::string_view original, Lane lane, std::uint64_t tag);

  MeshContext& context_;
  TextMap<Allowance> floods_;  // by origin
  std::string scratch_;
};

// A failure that arises on this node for a call of another one, or on the way.
[[nodiscard]] Failure failure_at(std::string_view node, Errc code, std::string message, Ran ran);

}  // namespace relay::mesh
