#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace relay::mesh {

// What a node tells of one of its servers: never values.
struct ServerEntry {
  std::string name;
  std::vector<std::string> methods;                        // in source order
  std::vector<std::pair<std::string, std::string>> state;  // field, name of its type

  friend bool operator==(const ServerEntry&, const ServerEntry&) = default;
};

// How new something is that a node says of itself: its incarnation, then its own count.
struct Version {
  std::uint64_t inc = 0;
  std::uint64_t seq = 0;
  friend auto operator<=>(const Version&, const Version&) = default;
};

// What a node tells the mesh of itself (spec mesh.md, The map).
//
// Wire: {"node","inc","seq","start","every","address",
//        "servers":{name:{"methods":[..],"state":{field:type}}},"neighbors":{id:cost},"foreign":{id:cost}}
struct Announcement {
  std::string node;
  Version version;
  // The incarnation of its start, under which it calls and is called. `version` may be ahead of it, when
  // others held something newer than the node had said. 0: not told, the same as version.inc.
  std::uint64_t start = 0;
  std::uint64_t every_ms = 0;                      // it announces all at least so often; 0: not told
  std::string address;                             // "host:port"; may be empty
  std::vector<ServerEntry> servers;                // sorted by name
  std::map<std::string, std::uint32_t> neighbors;  // Relay nodes linked to it: cost
  std::map<std::string, std::uint32_t> foreign;    // foreign peers linked to it: cost

  [[nodiscard]] std::uint64_t started() const { return start != 0 ? start : version.inc; }
};

// The data of a `registry_sync`: what the sender knows (digest), or what the receiver lacks (nodes), or, from
// a foreign peer, its own servers and whether it passes messages on to nodes that are not on the map.
struct SyncMessage {
  std::map<std::string, Version> digest;
  bool has_digest = false;
  std::vector<Announcement> nodes;
  std::vector<ServerEntry> foreign_servers;
  bool has_foreign_servers = false;
  bool leads_on = false;
};

// Errors: kParse, naming the field; kTooLarge past a bound of mesh_limits.h. Nothing is stored by it.
[[nodiscard]] Result<SyncMessage> parse_sync(std::string_view data);
void append_digest(std::string& out, const std::map<std::string, Version>& digest);
// As many of the first `nodes` as begin within `most_bytes`, but one at least; how many.
std::size_t append_nodes(std::string& out, std::span<const Announcement* const> nodes,
                         std::size_t most_bytes = SIZE_MAX);
// Takes out of a node's own servers (sorted by name) what no announcement may hold: past the bounds of
// mesh_limits.h the last ones. How many were taken out.
[[nodiscard]] std::size_t fit_servers(std::vector<ServerEntry>& servers);
// {"methods":[..],"state":{..}} without braces, as the registry shows it too.
void append_server_members(std::string& out, const ServerEntry& server);

}  // namespace relay::mesh
