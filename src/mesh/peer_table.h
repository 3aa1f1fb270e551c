#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace relay::mesh {

// One peer as the registry shows it: added by an operator, linked by itself, or both.
struct PeerEntry {
  std::string name;            // under which it stands: the operator's alias, else its id, else host:port
  std::string node_id;         // its own; empty until it has told it
  std::string address;         // "host:port"; may be empty for one that dialled in and announced none
  bool is_configured = false;  // dialled, and kept when its link is lost
  bool is_healthy = false;     // linked now
  WallTime last_seen{};        // WallTime{}: never
  std::string state;  // for people: "linked", "connecting", "waiting 4 s after: connection refused", ...
};

// The peers of this node, their names and who is not wanted (spec mesh.md, Node identity and Registry
// endpoints).
//
// Invariant: at most one entry a real id; an alias never hides a real id of the same name.
// Bound:     kMaxConfiguredPeers, kMaxRefusedIds; links are bounded by kMaxLinks.
// Thread:    one; no clock, no sockets.
class PeerTable {
 public:
  explicit PeerTable(std::string own_id) : own_id_(std::move(own_id)) {}

  // An operator adds a peer, under `alias` (empty: under its address until its id is known). Takes a refused
  // id back. The same alias again changes the address. Errors: kParse for a bad alias or address, kDenied for
  // the node itself, kOverloaded past the bound. Answers the name under which it stands.
  [[nodiscard]] Result<std::string> add(std::string_view alias, std::string_view address);
  // An operator removes what stands under `name` (alias, id or address); answers the entry that was there, so
  // that its link can be closed; its id (the alias, while none is known) is refused from now on. Errors:
  // kUnknownNode.
  [[nodiscard]] Result<PeerEntry> remove(std::string_view name);
  [[nodiscard]] bool is_refused(std::string_view node_id) const;

  // A link to `node_id` is up. `configured`: the name of the entry that was dialled; empty: it dialled in.
  void linked(std::string_view configured, std::string_view node_id, std::string_view address, WallTime now);
  // The last link to `node_id` is gone. One that was not added by an operator stays as unhealthy until
  // forget().
  void unlinked(std::string_view node_id, WallTime now);
  void heard(std::string_view node_id, WallTime now);
  void set_state(std::string_view name, std::string state);
  // Drops entries not configured and not healthy, last seen before `before`.
  void forget(WallTime before);

  // The real id that is meant by an alias, an id or an address; `name` itself when it is none of these.
  [[nodiscard]] std::string resolve(std::string_view name) const;
  [[nodiscard]] const PeerEntry* find(std::string_view name) const;
  [[nodiscard]] std::vector<const PeerEntry*> all() const;  // sorted by name
  [[nodiscard]] std::size_t healthy_count() const;

 private:
  std::string own_id_;
  std::map<std::string, PeerEntry, std::less<>> entries_;  // by name
  std::map<std::string, std::string, std::less<>> by_id_;  // node id to name
  std::set<std::string, std::less<>> refused_;
};

// "host:port" out of "host:port", "http://host:port" and "http://host:port/"; IPv6 in brackets.
// Errors: kParse, a sentence that says what is missing.
[[nodiscard]] Result<std::string> parse_peer_address(std::string_view text);

}  // namespace relay::mesh
