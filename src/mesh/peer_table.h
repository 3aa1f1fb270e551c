#pragma once

#include <cstdint>
#include <map>
#include <optional>
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
  // Under which its dialling was begun, first to last: what add() has answered for it. They never change,
  // whatever the entry is called later; two of them when two names turned out to mean the same node.
  std::vector<std::string> dial_names;
};

// The peers of this node, their names and who is not wanted (spec mesh.md, Node identity and Registry
// endpoints).
//
// A name means, in this order: a real id, an alias, an address. When a node turns up whose id is the alias of
// another one, the alias is gone. Two entries that turn out to be the same node become one, which keeps the
// names of both.
//
// Invariant: at most one entry a real id; an alias never hides a real id of the same name.
// Bound:     kMaxConfiguredPeers; kMaxRefusedIds, of which the oldest is forgotten; links are bounded by
// kMaxLinks. Thread:    one; no clock, no sockets.
class PeerTable {
 public:
  explicit PeerTable(std::string own_id) : own_id_(std::move(own_id)) {}

  // An operator adds a peer, under `alias` (empty: under its address until its id is known). Takes a refused
  // id back. The same alias again changes the address; the same address under another alias is another name
  // of the same peer. Errors: kParse for a bad alias or address, kDenied for the node itself, kOverloaded
  // past the bound. Answers the name under which it stands.
  [[nodiscard]] Result<std::string> add(std::string_view alias, std::string_view address);
  // An operator removes what stands under `name` (alias, id or address); answers the entry that was there, so
  // that its link can be closed and its dial names forgotten; its id (the alias, while none is known) is
  // refused from now on. Errors: kUnknownNode.
  [[nodiscard]] Result<PeerEntry> remove(std::string_view name);
  // `dialled`: the dial name under which it was reached; a peer that was added after the removal is wanted
  // again, even if only the link tells that it is the removed one. Empty: it dialled in.
  [[nodiscard]] bool is_refused(std::string_view node_id, std::string_view dialled = {}) const;

  // A link to `node_id` is up. `dialled`: the dial name under which it was reached; empty: it dialled in. The
  // entry may stand under another name from here on, and two entries may have become one.
  void linked(std::string_view dialled, std::string_view node_id, std::string_view address, WallTime now);
  // The last link to `node_id` is gone. One that was not added by an operator stays as unhealthy until
  // forget().
  void unlinked(std::string_view node_id, WallTime now);
  void heard(std::string_view node_id, WallTime now);
  // `name`: any, dial names too.
  void set_state(std::string_view name, std::string state);
  // Drops entries not configured and not healthy, last seen before `before`.
  void forget(WallTime before);

  // The real id that is meant by an alias, an id or an address; `name` itself when it is none of these.
  [[nodiscard]] std::string resolve(std::string_view name) const;
  [[nodiscard]] const PeerEntry* find(std::string_view name) const;
  // By a name that a dialler uses.
  [[nodiscard]] const PeerEntry* find_dialled(std::string_view dial_name) const;
  [[nodiscard]] std::vector<const PeerEntry*> all() const;  // sorted by name
  [[nodiscard]] std::size_t healthy_count() const;

 private:
  // Names an entry for as long as it lives, in the order made.
  using Number = std::uint64_t;
  using Names = std::map<std::string, Number, std::less<>>;
  struct Record : PeerEntry {
    std::vector<std::string> aliases;
    std::uint64_t added = 0;  // when an operator last added it, on the same count as Refusal::since
  };
  struct Refusal {
    std::vector<std::string> names;  // of the removed entry: adding one of them takes the id back
    std::uint64_t since = 0;
  };

  [[nodiscard]] std::optional<Number> number_of(std::string_view name) const;
  [[nodiscard]] std::optional<Number> number_of_dialled(std::string_view dial_name) const;
  [[nodiscard]] std::optional<Number> configured_at(std::string_view address) const;
  [[nodiscard]] std::size_t configured_count() const;
  Number make_record();
  void forget_one();
  void erase_record(Number number);
  void configure(Number number, std::string_view alias, const std::string& address);
  void dial_as(Number number, const std::string& name);
  void take_back(std::string_view alias, std::string_view address);
  void refuse(const Record& record);
  // The entry of a link: it has this id from now on.
  Number identify(std::optional<Number> dialled, std::string_view node_id);
  void leave_id(Number number);
  void merge(Number from, Number into);
  void beat_alias(std::string_view node_id, Number real);
  void rename(Record& record) const;

  std::string own_id_;
  std::map<Number, Record> records_;
  Names by_id_;
  Names by_alias_;
  Names by_dial_name_;
  std::map<std::string, Refusal, std::less<>> refused_;  // by id
  Number last_number_ = 0;
  std::uint64_t count_ = 0;  // of what operators did
};

// "host:port" out of "host:port", "http://host:port" and "http://host:port/"; IPv6 in brackets.
// Errors: kParse, a sentence that says what is missing.
[[nodiscard]] Result<std::string> parse_peer_address(std::string_view text);

}  // namespace relay::mesh
