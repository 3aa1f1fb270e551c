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

bool have_same_links(const Announcement* a, const Announcement* b) {
  return a != nullptr && b != nullptr && a->neighbors == b->neighbors && a->foreign == b->foreign;
}

bool have_same_servers(const Announcement* a, const Announcement* b) {
  return a != nullptr && b != nullptr && a->servers == b->servers;
}

}  // namespace

std::size_t memory_bytes(const Announcement& announcement) {
  std::size_t bytes =
      sizeof announcement + 2 * kMapNodeBytes + announcement.node.size() + announcement.address.size();
  for (const ServerEntry& server : announcement.servers) bytes += bytes_of(server);
  return bytes + bytes_of(announcement.neighbors) + bytes_of(announcement.foreign);
}

Topology::Heard Topology::hear(Announcement announcement, Instant now) {
  const Announcement* known = find(announcement.node);
  if (announcement.node == own_id_) {
    return known == nullptr || announcement.version > known->version ? Heard::kSelf : Heard::kRepeated;
  }
  const bool is_stale = known != nullptr && announcement.version <= known->version;
  if (is_stale && !planted(Bug::kStaleNews)) return Heard::kRepeated;
  const auto gone = gone_.find(announcement.node);
  if (gone != gone_.end() && announcement.version <= gone->second.version) return Heard::kRepeated;
  // The place of our own is kept even before we have announced anything.
  const std::size_t own = nodes_.contains(own_id_) ? 0 : 1;
  const std::size_t freed = known != nullptr ? memory_bytes(*known) : 0;
  const bool is_crowded = known == nullptr && nodes_.size() + own >= kMaxNodes;
  if (is_crowded || bytes_ - freed + memory_bytes(announcement) > kMaxMapBytes) {
    ++refused_;
    return Heard::kFull;
  }
  if (gone != gone_.end()) gone_.erase(gone);
  store(std::move(announcement), now);
  return Heard::kNewer;
}

void Topology::set_own(Announcement announcement, Instant now) {
  store(std::move(announcement), now);
}

void Topology::store(Announcement announcement, Instant now) {
  auto stored = std::make_shared<const Announcement>(std::move(announcement));
  std::shared_ptr<const Announcement>& place = nodes_[stored->node];
  note_change(place.get(), stored.get());
  if (place != nullptr) bytes_ -= memory_bytes(*place);
  bytes_ += memory_bytes(*stored);
  heard_.insert_or_assign(stored->node, now);
  place = std::move(stored);
}

void Topology::note_change(const Announcement* before, const Announcement* after) {
  const bool same_links = have_same_links(before, after);
  const bool same_servers = have_same_servers(before, after);
  if (!same_links) ++links_revision_;
  if (!same_servers) ++servers_revision_;
  if (!same_links || !same_servers || before->address != after->address) ++revision_;
}

void Topology::drop(std::string_view node) {
  const auto found = nodes_.find(node);
  if (found == nodes_.end()) return;
  note_change(found->second.get(), nullptr);
  bytes_ -= memory_bytes(*found->second);
  nodes_.erase(found);
  heard_.erase(heard_.find(node));
}

std::vector<std::string> Topology::expire(Instant before) {
  std::vector<std::string> expired;
  for (const auto& [node, heard] : heard_) {
    if (heard < before && node != own_id_) expired.push_back(node);
  }
  for (const std::string& node : expired) {
    bury(node, find(node)->version);
    drop(node);
  }
  return expired;
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
