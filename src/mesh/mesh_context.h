#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/random_source.h"
#include "call/call_port.h"
#include "mesh/catalog.h"
#include "mesh/counters.h"
#include "mesh/link_table.h"
#include "mesh/mesh_config.h"
#include "mesh/message_ids.h"
#include "mesh/peer_table.h"
#include "mesh/route_table.h"
#include "mesh/topology.h"
#include "net/loop.h"

namespace relay::mesh {

// What the parts of one node's mesh share: who is linked, who is known, and the outside injected.
// Owner: outlives the parts. Thread: the mesh's core.
struct MeshContext {
  MeshContext(MeshConfig mesh_config, net::Loop& mesh_loop, RandomSource& random_source,
              CallPort& local_calls)
      : config(std::move(mesh_config)),
        loop(mesh_loop),
        random(random_source),
        local(local_calls),
        ids(random_source),
        links(mesh_loop),
        peers(config.node_id),
        topology(config.node_id),
        routes(config.node_id),
        catalog(config.node_id) {}

  [[nodiscard]] const std::string& own_id() const { return config.node_id; }
  [[nodiscard]] Instant now() const { return loop.round_time(); }
  [[nodiscard]] WallTime wall_now() const { return loop.clock().wall_now(); }
  [[nodiscard]] std::int64_t unix_seconds() const;
  // The id that is meant by an id, an alias or an address: a real id, also of a node that only the map knows,
  // beats an alias of the same name.
  [[nodiscard]] std::string resolve(std::string_view name) const;
  // Of a message that is written now; informs only.
  [[nodiscard]] std::string_view timestamp();

  MeshConfig config;
  net::Loop& loop;
  RandomSource& random;
  CallPort& local;  // servers of this node
  MessageIds ids;
  LinkTable links;
  PeerTable peers;
  Topology topology;
  RouteTable routes;
  Catalog catalog;
  Counters counters;
  // Until then this node, whose id another one has, takes and makes no links.
  Instant out_until{};

 private:
  Instant stamped_at_{};
  std::string timestamp_;
};

}  // namespace relay::mesh
