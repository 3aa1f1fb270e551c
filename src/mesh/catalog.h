#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/topology.h"

namespace relay::mesh {

// Which nodes have a server of a name (spec mesh.md, Calls). Follows the topology when it is asked: what one node
// has changed costs that node's servers, not those of the whole map.
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
  using Known = std::shared_ptr<const Announcement>;

  void follow(const Topology& topology);
  void change(const std::string& node, const Known& before, const Known& after);
  void add(const std::string& node, const std::string& server);
  void remove(const std::string& node, const std::string& server);

  std::string own_id_;
  std::uint64_t revision_ = UINT64_MAX;
  std::map<std::string, Known, std::less<>> followed_;  // as they stood at that revision
  std::map<std::string, Replicas, std::less<>> servers_;
};

}  // namespace relay::mesh
