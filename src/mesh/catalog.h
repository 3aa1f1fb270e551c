#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/topology.h"

namespace relay::mesh {

// Which nodes have a server of a name (spec mesh.md, Calls): built from the topology once a revision of
// its servers.
// Thread: one; pure.
class Catalog {
 public:
  explicit Catalog(std::string own_id) : own_id_(std::move(own_id)) {}

  // A node other than ours that has `server` and for which `is_reachable` says yes: each in turn. nullopt:
  // none.
  [[nodiscard]] std::optional<std::string> pick(
      const Topology& topology, std::string_view server,
      const std::function<bool(std::string_view node)>& is_reachable);
  // All nodes other than ours that have it, sorted.
  [[nodiscard]] std::vector<std::string> nodes_with(const Topology& topology, std::string_view server);

 private:
  struct Replicas {
    std::vector<std::string> nodes;
    std::size_t next = 0;
  };
  void rebuild(const Topology& topology);

  std::string own_id_;
  std::uint64_t revision_ = UINT64_MAX;
  std::map<std::string, Replicas, std::less<>> servers_;
};

}  // namespace relay::mesh
