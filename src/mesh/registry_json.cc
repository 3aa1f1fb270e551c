#include "mesh/registry_json.h"

#include <string_view>

#include "mesh/envelope.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view text) {
  if (out.back() != '{') out += ',';
  append_json_string(out, key);
  out += ':';
  append_json_string(out, text);
}

void append_raw(std::string& out, std::string_view key, std::string_view json) {
  if (out.back() != '{') out += ',';
  append_json_string(out, key);
  out += ':';
  out += json;
}

struct Place {
  std::string_view node_id;
  std::string_view address;
  std::string_view last_seen;
  bool is_local = false;
};

void append_server(std::string& out, std::string_view key, const ServerEntry& server, const Place& place) {
  if (out.back() != '{') out += ',';
  append_json_string(out, key);
  out += ":{";
  append_member(out, "name", server.name);
  append_member(out, "node_id", place.node_id);
  append_member(out, "node_address", place.address);
  out += ',';
  append_server_members(out, server);
  append_member(out, "last_seen", place.last_seen);
  append_raw(out, "is_local", place.is_local ? "true" : "false");
  out += '}';
}

// How many servers a node is known to have.
std::size_t server_count(const MeshContext& context, std::string_view node) {
  const Announcement* announcement = context.topology.find(node);
  return announcement != nullptr ? announcement->servers.size() : 0;
}

std::size_t total_servers(const MeshContext& context, const std::vector<ServerEntry>& own) {
  std::size_t count = own.size();
  for (const auto& [node, announcement] : context.topology.all()) {
    if (node != context.own_id()) count += announcement->servers.size();
  }
  return count;
}

std::string counters_json(const MeshContext& context) {
  std::string out = "{";
  for (const auto& [name, counter] : kCounters)
    append_raw(out, name, std::to_string(context.counters.*counter));
  append_raw(out, "refused_nodes", std::to_string(context.topology.refused()));
  return out + '}';
}

}  // namespace

std::string servers_json(MeshContext& context, const std::vector<ServerEntry>& own) {
  const std::string now = rfc3339(context.wall_now());
  std::string out = "{";
  for (const ServerEntry& server : own) {
    append_server(out, server.name, server, {context.own_id(), context.config.address, now, true});
  }
  for (const auto& [node, announcement] : context.topology.all()) {
    if (node == context.own_id()) continue;
    const Duration ago = context.now() - context.topology.heard_at(node);
    const std::string seen = rfc3339(context.wall_now() - ago);
    for (const ServerEntry& server : announcement->servers) {
      append_server(out, node + "." + server.name, server, {node, announcement->address, seen, false});
    }
  }
  out += '}';
  return out;
}

std::string peers_json(MeshContext& context) {
  std::string out = "{";
  for (const PeerEntry* peer : context.peers.all()) {
    if (out.back() != '{') out += ',';
    append_json_string(out, peer->name);
    out += ":{";
    append_member(out, "node_id", peer->node_id.empty() ? peer->name : peer->node_id);
    append_member(out, "address", peer->address);
    if (peer->last_seen == WallTime{}) {
      append_raw(out, "last_seen", "null");
    } else {
      append_member(out, "last_seen", rfc3339(peer->last_seen));
    }
    append_raw(out, "is_healthy", peer->is_healthy ? "true" : "false");
    append_raw(out, "server_count", std::to_string(server_count(context, peer->node_id)));
    append_raw(out, "is_configured", peer->is_configured ? "true" : "false");
    append_member(out, "state", peer->state);
    if (const Link* link = context.links.to(peer->node_id)) {
      const auto rtt = std::chrono::duration_cast<std::chrono::microseconds>(link->rtt());
      append_raw(out, "rtt_us", std::to_string(rtt.count()));
    }
    out += '}';
  }
  out += '}';
  return out;
}

std::string registry_json(MeshContext& context, const std::vector<ServerEntry>& own) {
  std::string out = "{";
  append_member(out, "node_id", context.own_id());
  append_member(out, "node_address", context.config.address);
  append_raw(out, "servers", servers_json(context, own));
  append_raw(out, "peers", peers_json(context));
  append_member(out, "timestamp", rfc3339(context.wall_now()));
  out += '}';
  return out;
}

std::string health_json(MeshContext& context, const std::vector<ServerEntry>& own, std::size_t unannounced) {
  std::string out = "{";
  append_member(out, "status", "healthy");
  append_member(out, "node_id", context.own_id());
  append_member(out, "node_address", context.config.address);
  append_raw(out, "server_count", std::to_string(total_servers(context, own)));
  append_raw(out, "peer_count", std::to_string(context.peers.all().size()));
  append_raw(out, "healthy_peer_count", std::to_string(context.peers.healthy_count()));
  append_raw(out, "unannounced_servers", std::to_string(unannounced));
  append_raw(out, "known_nodes", std::to_string(context.topology.all().size()));
  append_raw(out, "counters", counters_json(context));
  append_member(out, "timestamp", rfc3339(context.wall_now()));
  out += '}';
  return out;
}

}  // namespace relay::mesh
