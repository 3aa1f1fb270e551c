#include "mesh/peer_table.h"

#include <algorithm>
#include <utility>

#include "mesh/mesh_limits.h"
#include "mesh/node_name.h"

namespace relay::mesh {
namespace {

template <typename Map>
auto look_up(const Map& map, std::string_view key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<PeerTable::Number> PeerTable::number_of(std::string_view name) const {
  if (const auto number = look_up(by_id_, name)) return number;
  if (const auto number = look_up(by_alias_, name)) return number;
  if (name.find(':') == std::string_view::npos) return std::nullopt;
  if (const auto number = configured_at(name)) return number;
  for (const auto& [number, record] : records_) {
    if (record.address == name) return number;
  }
  return std::nullopt;
}

std::optional<PeerTable::Number> PeerTable::number_of_dialled(std::string_view dial_name) const {
  if (const auto number = look_up(by_dial_name_, dial_name)) return number;
  return number_of(dial_name);
}

std::optional<PeerTable::Number> PeerTable::configured_at(std::string_view address) const {
  for (const auto& [number, record] : records_) {
    if (record.is_configured && record.address == address) return number;
  }
  return std::nullopt;
}

std::size_t PeerTable::configured_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(records_, [](const auto& entry) { return entry.second.is_configured; }));
}

PeerTable::Number PeerTable::make_record() {
  if (records_.size() >= kMaxConfiguredPeers + kMaxLinks) forget_one();
  records_.try_emplace(++last_number_);
  return last_number_;
}

// Peers that dial in under ever new ids do not fill the table: whoever has been away for longest goes.
void PeerTable::forget_one() {
  auto oldest = records_.end();
  for (auto entry = records_.begin(); entry != records_.end(); ++entry) {
    const Record& record = entry->second;
    if (record.is_configured || record.is_healthy) continue;
    if (oldest == records_.end() || record.last_seen < oldest->second.last_seen) oldest = entry;
  }
  if (oldest != records_.end()) erase_record(oldest->first);
}

void PeerTable::erase_record(Number number) {
  const auto is_its = [number](const auto& name) { return name.second == number; };
  std::erase_if(by_id_, is_its);
  std::erase_if(by_alias_, is_its);
  std::erase_if(by_dial_name_, is_its);
  records_.erase(number);
}

// The first name that an operator gave; else its own; else where it is.
void PeerTable::rename(Record& record) const {
  if (!record.aliases.empty()) {
    record.name = record.aliases.front();
  } else {
    record.name = record.node_id.empty() ? record.address : record.node_id;
  }
}

Result<std::string> PeerTable::add(std::string_view alias, std::string_view address) {
  if (!alias.empty() && !is_node_name(alias)) {
    return Error{Errc::kParse, "bad node id '" + std::string(alias.substr(0, kMaxNodeNameBytes)) +
                                   "': it has 1 to 64 of A-Z, a-z, 0-9, '_', '.', '-', and is not 'rpc'"};
  }
  if (alias == own_id_) return Error{Errc::kDenied, "'" + own_id_ + "' is this node itself"};
  Result<std::string> place = parse_peer_address(address);
  if (!place) return place.error();
  std::optional<Number> known = alias.empty() ? std::nullopt : number_of(alias);
  if (!known) known = configured_at(*place);
  const bool is_one_more = !known || !records_.at(*known).is_configured;
  if (is_one_more && configured_count() >= kMaxConfiguredPeers) {
    return Error{Errc::kOverloaded,
                 "there are " + std::to_string(kMaxConfiguredPeers) + " peers already; remove one first"};
  }
  take_back(alias, *place);
  const Number number = known ? *known : make_record();
  configure(number, alias, *place);
  return records_.at(number).name;
}

void PeerTable::configure(Number number, std::string_view alias, const std::string& address) {
  Record& record = records_.at(number);
  record.address = address;
  record.is_configured = true;
  record.added = ++count_;
  const bool is_new_alias = !alias.empty() && !by_alias_.contains(alias);
  if (is_new_alias) {
    record.aliases.emplace_back(alias);
    by_alias_.emplace(alias, number);
  }
  rename(record);
  if (record.dial_names.empty()) dial_as(number, record.name);
}

// A dialler knows one peer by a name: what was dialled under it before is so no more.
void PeerTable::dial_as(Number number, const std::string& name) {
  if (const auto before = look_up(by_dial_name_, name); before && *before != number) {
    Record& other = records_.at(*before);
    std::erase(other.dial_names, name);
    other.is_configured = !other.dial_names.empty();
  }
  by_dial_name_.insert_or_assign(name, number);
  records_.at(number).dial_names.push_back(name);
}

Result<PeerEntry> PeerTable::remove(std::string_view name) {
  const std::optional<Number> number = number_of(name);
  if (!number) return Error{Errc::kUnknownNode, "peer '" + std::string(name) + "' is unknown"};
  const Record removed = records_.at(*number);
  refuse(removed);
  erase_record(*number);
  return static_cast<const PeerEntry&>(removed);
}

void PeerTable::refuse(const Record& record) {
  const bool is_nameless = record.node_id.empty() && record.aliases.empty();
  if (is_nameless) return;
  Refusal refusal{record.aliases, ++count_};
  if (record.is_configured) refusal.names.push_back(record.address);
  refused_.insert_or_assign(record.node_id.empty() ? record.name : record.node_id, std::move(refusal));
  if (refused_.size() <= kMaxRefusedIds) return;
  refused_.erase(
      std::ranges::min_element(refused_, {}, [](const auto& entry) { return entry.second.since; }));
}

void PeerTable::take_back(std::string_view alias, std::string_view address) {
  std::erase_if(refused_, [&](const auto& entry) {
    const auto& [id, refusal] = entry;
    return id == alias || std::ranges::any_of(refusal.names, [&](const std::string& name) {
             return name == alias || name == address;
           });
  });
}

bool PeerTable::is_refused(std::string_view node_id, std::string_view dialled) const {
  const auto refusal = refused_.find(node_id);
  if (refusal == refused_.end()) return false;
  const std::optional<Number> number = dialled.empty() ? std::nullopt : number_of_dialled(dialled);
  return !number || records_.at(*number).added < refusal->second.since;
}

void PeerTable::linked(std::string_view dialled, std::string_view node_id, std::string_view address,
                       WallTime now) {
  if (!is_refused(node_id, dialled))
    std::erase_if(refused_, [&](const auto& entry) { return entry.first == node_id; });
  const Number number = identify(dialled.empty() ? std::nullopt : number_of_dialled(dialled), node_id);
  Record& record = records_.at(number);
  if (!record.is_configured && !address.empty()) record.address = address;
  record.is_healthy = true;
  record.last_seen = now;
  record.state = "linked";
}

PeerTable::Number PeerTable::identify(std::optional<Number> dialled, std::string_view node_id) {
  const std::optional<Number> known = look_up(by_id_, node_id);
  // Who dials in under a name that an operator gave to nobody known yet is who was meant.
  if (!dialled && !known) {
    const std::optional<Number> meant = look_up(by_alias_, node_id);
    if (meant && records_.at(*meant).node_id.empty()) dialled = meant;
  }
  Number number = dialled ? *dialled : known ? *known : make_record();
  if (records_.at(number).node_id != node_id) leave_id(number);
  if (known && *known != number) {
    const bool stays = records_.at(*known).is_configured;
    merge(stays ? number : *known, stays ? *known : number);
    if (stays) number = *known;
  }
  Record& record = records_.at(number);
  record.node_id = node_id;
  by_id_.insert_or_assign(record.node_id, number);
  beat_alias(node_id, number);
  rename(record);
  return number;
}

// What was dialled calls itself otherwise than before. Its old id is another node if that one is linked
// still, else it is the same one with a new id.
void PeerTable::leave_id(Number number) {
  const std::string id = std::exchange(records_.at(number).node_id, {});
  if (id.empty()) return;
  by_id_.erase(id);
  if (!std::exchange(records_.at(number).is_healthy, false)) return;
  const Number rest = make_record();
  Record& other = records_.at(rest);
  other.node_id = id;
  other.is_healthy = true;
  other.last_seen = records_.at(number).last_seen;
  other.state = records_.at(number).state;
  by_id_.emplace(id, rest);
  beat_alias(id, rest);
  rename(other);
}

void PeerTable::merge(Number from, Number into) {
  Record& gone = records_.at(from);
  Record& stays = records_.at(into);
  for (std::string& alias : gone.aliases) {
    by_alias_.insert_or_assign(alias, into);
    stays.aliases.push_back(std::move(alias));
  }
  for (std::string& name : gone.dial_names) {
    by_dial_name_.insert_or_assign(name, into);
    stays.dial_names.push_back(std::move(name));
  }
  // The way that has just been gone is better than one that leads nowhere.
  if (gone.is_configured && !stays.is_healthy) stays.address = gone.address;
  stays.is_configured = stays.is_configured || gone.is_configured;
  stays.is_healthy = stays.is_healthy || gone.is_healthy;
  stays.last_seen = std::max(stays.last_seen, gone.last_seen);
  stays.added = std::max(stays.added, gone.added);
  erase_record(from);
}

void PeerTable::beat_alias(std::string_view node_id, Number real) {
  const auto alias = by_alias_.find(node_id);
  if (alias == by_alias_.end() || alias->second == real) return;
  Record& loser = records_.at(alias->second);
  std::erase(loser.aliases, node_id);
  by_alias_.erase(alias);
  rename(loser);
}

void PeerTable::unlinked(std::string_view node_id, WallTime now) {
  const auto number = look_up(by_id_, node_id);
  if (!number) return;
  Record& record = records_.at(*number);
  record.is_healthy = false;
  record.last_seen = now;
  record.state = "not linked";
}

void PeerTable::heard(std::string_view node_id, WallTime now) {
  if (const auto number = look_up(by_id_, node_id)) records_.at(*number).last_seen = now;
}

void PeerTable::set_state(std::string_view name, std::string state) {
  if (const auto number = number_of_dialled(name)) records_.at(*number).state = std::move(state);
}

void PeerTable::forget(WallTime before) {
  std::vector<Number> over;
  for (const auto& [number, record] : records_) {
    if (!record.is_configured && !record.is_healthy && record.last_seen < before) over.push_back(number);
  }
  for (const Number number : over) erase_record(number);
}

std::string PeerTable::resolve(std::string_view name) const {
  const PeerEntry* entry = find(name);
  return entry == nullptr || entry->node_id.empty() ? std::string(name) : entry->node_id;
}

const PeerEntry* PeerTable::find(std::string_view name) const {
  const std::optional<Number> number = number_of(name);
  return number ? &records_.at(*number) : nullptr;
}

const PeerEntry* PeerTable::find_dialled(std::string_view dial_name) const {
  const std::optional<Number> number = number_of_dialled(dial_name);
  return number ? &records_.at(*number) : nullptr;
}

std::vector<const PeerEntry*> PeerTable::all() const {
  std::vector<const PeerEntry*> entries;
  entries.reserve(records_.size());
  for (const auto& [number, record] : records_) entries.push_back(&record);
  std::ranges::sort(entries, {}, [](const PeerEntry* entry) -> const std::string& { return entry->name; });
  return entries;
}

std::size_t PeerTable::healthy_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(records_, [](const auto& entry) { return entry.second.is_healthy; }));
}

}  // namespace relay::mesh
