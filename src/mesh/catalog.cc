#include "mesh/catalog.h"

#include <utility>

namespace relay::mesh {

// Turns go on where they were, so that a change elsewhere does not send everything to the first node again.
void Catalog::rebuild(const Topology& topology) {
  if (revision_ == topology.servers_revision()) return;
  revision_ = topology.servers_revision();
  const auto before = std::exchange(servers_, {});
  for (const auto& [node, announcement] : topology.all()) {
    if (node == own_id_) continue;
    for (const ServerEntry& server : announcement->servers) {
      const auto [replicas, is_new] = servers_.try_emplace(server.name);
      std::vector<std::string>& nodes = replicas->second.nodes;
      const bool is_named_twice = !nodes.empty() && nodes.back() == node;
      if (!is_named_twice) nodes.push_back(node);
      if (!is_new) continue;
      if (const auto old = before.find(server.name); old != before.end())
        replicas->second.next = old->second.next;
    }
  }
}

std::optional<std::string> Catalog::pick(const Topology& topology, std::string_view server,
                                         const std::function<bool(std::string_view node)>& is_reachable) {
  rebuild(topology);
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
  rebuild(topology);
  const auto found = servers_.find(server);
  return found == servers_.end() ? std::vector<std::string>() : found->second.nodes;
}

}  // namespace relay::mesh
