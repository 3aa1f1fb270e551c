#include "mesh/topology.h"

#include <algorithm>
#include <utility>

#include "mesh/mesh_limits.h"
#include "mesh/planted.h"

namespace relay::mesh {
namespace {

// What a string, a node of a map or an element of a vector takes besides its characters.
constexpr std::size_t kStringBytes = sizeof(std::string);
constexpr std::size_t kMapNodeBytes = 64;

std::size_t bytes_of(const std::map<std::string, std::uint32_t>& edges) {
  std::size_t bytes = 0;
  for (const auto& [node, cost] : edges) bytes += node.size() + kStringBytes + kMapNodeBytes;
  return bytes;
}

std::size_t bytes_of(const ServerEntry& server) {
  std::size_t bytes = sizeof server + server.name.size();
  for (const std::string& method : server.methods) bytes += method.size() + kStringBytes;
  for (const auto& [field, type] : server.state) bytes += field.size() + type.size() + 2 * kStringBytes;
  return bytes;
}

bool have_same_servers(const Announcement* a, const Announcement* b) {
  return a != nullptr && b != nullptr && a->servers == b->servers;
}

}  // namespace

bool have_same_links(const Announcement& a, const Announcement& b) {
  return a.neighbors == b.neighbors && a.foreign == b.foreign;
}

std::size_t memory_bytes(const Announcement& announcement) {
  std::size_t bytes =
      sizeof announcement + 2 * kMapNodeBytes + announcement.node.size() + announcement.address.size();
  for (const ServerEntry& server : announcement.servers) bytes += bytes_of(server);
  return bytes + bytes_of(announcement.neighbors) + bytes_of(announcement.foreign);
}

Topology::Heard Topology::hear(Announcement announcement, Instant now, std::string_view by) {
  const Announcement* known = find(announcement.node);
  if (announcement.node == own_id_) {
    return known == nullptr || announcement.version > known->version ? Heard::kSelf : Heard::kRepeated;
  }
  const bool is_stale = known != nullptr && announcement.version <= known->version;
  if (is_stale && !planted(Bug::kStaleNews)) return Heard::kRepeated;
  const auto gone = gone_.find(announcement.node);
  if (gone != gone_.end() && announcement.version <= gone->second.version) return Heard::kRepeated;
  if (!make_room(announcement, by)) {
    ++refused_;
    return Heard::kFull;
  }
  if (gone != gone_.end()) gone_.erase(gone);
  store(std::move(announcement), now, by);
  return Heard::kNewer;
}

bool Topology::make_room(const Announcement& announcement, std::string_view by) {
  // The place of our own is kept even before we have announced anything.
  const std::size_t own = nodes_.contains(own_id_) ? 0 : 1;
  while (find(announcement.node) == nullptr && nodes_.size() + own >= kMaxNodes) {
    if (!drop_one_of_most(by, &Share::nodes, kSureNodesOfLink)) return false;
  }
  const std::size_t bytes = memory_bytes(announcement);
  const auto freed = [&] {
    const Announcement* known = find(announcement.node);
    return known != nullptr ? memory_bytes(*known) : 0;
  };
  while (bytes_ - freed() + bytes > kMaxMapBytes) {
    const auto share = shares_.find(by);
    const bool has_sure_room = (share == shares_.end() ? 0 : share->second.bytes) + bytes <= kSureBytesOfLink;
    if (!has_sure_room || !drop_one_of_most(by, &Share::bytes, kSureBytesOfLink)) return false;
  }
  return true;
}

// For the sake of `by`, which has less than is sure; false: nobody has more than that.
bool Topology::drop_one_of_most(std::string_view by, std::size_t Share::*what, std::size_t sure) {
  const auto has_less = [what](const auto& a, const auto& b) { return a.second.*what < b.second.*what; };
  const auto most = std::ranges::max_element(shares_, has_less);
  const auto own = shares_.find(by);
  const bool may_push = own == shares_.end() || own->second.*what < sure;
  if (!may_push || most == shares_.end() || most->first == by || most->second.*what <= sure) return false;
  const auto order = [&](const auto& source) {
    return source.second.by == most->first && source.first != own_id_ ? source.second.number : 0;
  };
  const auto newest = std::ranges::max_element(sources_, {}, order);
  if (newest == sources_.end() || order(*newest) == 0) return false;
  ++refused_;
  drop(std::string(newest->first));
  return true;
}

void Topology::set_own(Announcement announcement, Instant now) {
  store(std::move(announcement), now, own_id_);
}

void Topology::count(const std::string& by, const Announcement* before, const Announcement* after) {
  Share& share = shares_[by];
  const std::size_t gone = before != nullptr ? memory_bytes(*before) : 0;
  const std::size_t come = after != nullptr ? memory_bytes(*after) : 0;
  share.nodes += (after != nullptr ? 1 : 0) - (before != nullptr ? 1 : 0);
  share.bytes += come - gone;
  bytes_ += come - gone;
  if (share.nodes == 0) shares_.erase(by);
}

void Topology::store(Announcement announcement, Instant now, std::string_view by) {
  auto stored = std::make_shared<const Announcement>(std::move(announcement));
  std::shared_ptr<const Announcement>& place = nodes_[stored->node];
  note_change(place.get(), stored.get());
  // Whoever told the first of it has brought it, however others repeat it.
  Source& source =
      sources_.try_emplace(stored->node, Source{now, std::string(by), ++last_source_}).first->second;
  source.heard = now;
  count(source.by, place.get(), stored.get());
  place = std::move(stored);
}

void Topology::note_change(const Announcement* before, const Announcement* after) {
  const bool same_links = before != nullptr && after != nullptr && have_same_links(*before, *after);
  const bool same_servers = have_same_servers(before, after);
  if (!same_links) ++links_revision_;
  if (!same_servers) ++servers_revision_;
  if (!same_links || !same_servers || before->address != after->address) ++revision_;
}

void Topology::drop(std::string_view node) {
  const auto found = nodes_.find(node);
  if (found == nodes_.end()) return;
  note_change(found->second.get(), nullptr);
  const auto source = sources_.find(node);
  count(source->second.by, found->second.get(), nullptr);
  sources_.erase(source);
  nodes_.erase(found);
}

std::vector<std::string> Topology::expire(Instant now, Duration interval,
                                          const std::function<bool(const std::string& node)>& is_kept) {
  std::vector<std::string> expired;
  for (const auto& [node, source] : sources_) {
    const Duration every = std::chrono::milliseconds(find(node)->every_ms);
    const bool is_over = now - source.heard > kMissedIntervals * std::max(every, interval);
    if (is_over && node != own_id_ && !is_kept(node)) expired.push_back(node);
  }
  for (const std::string& node : expired) {
    bury(node, find(node)->version);
    drop(node);
  }
  return expired;
}

Version Topology::newest(std::string_view node) const {
  if (const Announcement* known = find(node)) return known->version;
  const auto gone = gone_.find(node);
  return gone == gone_.end() ? Version{} : gone->second.version;
}

void Topology::bury(const std::string& node, const Version& version) {
  gone_.insert_or_assign(node, Gone{version, ++last_gone_});
  if (gone_.size() <= kMaxNodes) return;
  gone_.erase(std::ranges::min_element(gone_, {}, [](const auto& entry) { return entry.second.number; }));
}

void Topology::forget(std::string_view node) {
  if (node != own_id_) drop(node);
}

const Announcement* Topology::find(std::string_view node) const {
  const auto found = nodes_.find(node);
  return found == nodes_.end() ? nullptr : found->second.get();
}

bool Topology::is_relay(std::string_view node) const {
  const Announcement* announcement = find(node);
  return announcement != nullptr && !announcement->neighbors.empty();
}

std::map<std::string, Version> Topology::digest() const {
  std::map<std::string, Version> digest;
  for (const auto& [node, announcement] : nodes_)
    digest.emplace_hint(digest.end(), node, announcement->version);
  return digest;
}

std::vector<const Announcement*> Topology::lacking(const std::map<std::string, Version>& digest) const {
  std::vector<const Announcement*> lacking;
  for (const auto& [node, announcement] : nodes_) {
    const auto known = digest.find(node);
    if (known == digest.end() || known->second < announcement->version) lacking.push_back(announcement.get());
  }
  return lacking;
}

}  // namespace relay::mesh
