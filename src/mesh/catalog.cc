#include "mesh/catalog.h"

#include <algorithm>
#include <set>

namespace relay::mesh {

void Catalog::follow(const Topology& topology) {
  if (revision_ == topology.servers_revision()) return;
  revision_ = topology.servers_revision();
  for (auto gone = followed_.begin(); gone != followed_.end();) {
    const auto old = gone++;
    if (topology.all().contains(old->first)) continue;
    change(old->first, old->second, nullptr);
    followed_.erase(old);
  }
  for (const auto& [node, announcement] : topology.all()) {
    if (node == own_id_) continue;
    Known& known = followed_[node];
    if (known == announcement) continue;
    change(node, known, announcement);
    known = announcement;
  }
}

void Catalog::change(const std::string& node, const Known& before, const Known& after) {
  static const std::vector<ServerEntry> kNone;
  const std::vector<ServerEntry>& old = before == nullptr ? kNone : before->servers;
  const std::vector<ServerEntry>& now = after == nullptr ? kNone : after->servers;
  if (old == now) return;
  for (const ServerEntry& server : now) add(node, server.name);
  std::set<std::string_view> kept;
  for (const ServerEntry& server : now) kept.insert(server.name);
  for (const ServerEntry& server : old) {
    if (!kept.contains(server.name)) remove(node, server.name);
  }
}

// Turns go on where they were, here and below.
void Catalog::add(const std::string& node, const std::string& server) {
  Replicas& replicas = servers_[server];
  std::vector<std::string>& nodes = replicas.nodes;
  const auto place = std::ranges::lower_bound(nodes, node);
  if (place != nodes.end() && *place == node) return;
  if (static_cast<std::size_t>(place - nodes.begin()) < replicas.next) ++replicas.next;
  nodes.insert(place, node);
}

void Catalog::remove(const std::string& node, const std::string& server) {
  const auto found = servers_.find(server);
  if (found == servers_.end()) return;
  Replicas& replicas = found->second;
  const auto place = std::ranges::lower_bound(replicas.nodes, node);
  if (place == replicas.nodes.end() || *place != node) return;
  if (static_cast<std::size_t>(place - replicas.nodes.begin()) < replicas.next) --replicas.next;
  replicas.nodes.erase(place);
  if (replicas.nodes.empty()) servers_.erase(found);
}

std::optional<std::string> Catalog::pick(const Topology& topology, std::string_view server,
                                         const std::function<bool(std::string_view node)>& is_reachable) {
  follow(topology);
  const auto found = servers_.find(server);
  if (found == servers_.end()) return std::nullopt;
  Replicas& replicas = found->second;
  const std::size_t count = replicas.nodes.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t turn = (replicas.next + i) % count;
    if (!is_reachable(replicas.nodes[turn])) continue;
    replicas.next = turn + 1;
    return replicas.nodes[turn];
  }
  return std::nullopt;
}

std::vector<std::string> Catalog::nodes_with(const Topology& topology, std::string_view server) {
  follow(topology);
  const auto found = servers_.find(server);
  return found == servers_.end() ? std::vector<std::string>() : found->second.nodes;
}

}  // namespace relay::mesh
