#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "mesh/topology.h"

namespace relay::mesh {

// A map written down link by link.
class MapFixture {
 public:
  explicit MapFixture(std::string own = "a") : topology(std::move(own)) {}

  // Both ends state it; each at its own cost.
  void link(const std::string& a, const std::string& b, std::uint32_t cost, std::uint32_t cost_back) {
    half_link(a, b, cost);
    half_link(b, a, cost_back);
  }
  void link(const std::string& a, const std::string& b, std::uint32_t cost = 1) { link(a, b, cost, cost); }
  // Only `a` states it.
  void half_link(const std::string& a, const std::string& b, std::uint32_t cost = 1) {
    nodes_[a].neighbors[b] = cost;
    say(a);
    if (!nodes_.contains(b)) say(b);
  }
  void unlink(const std::string& a, const std::string& b) {
    nodes_[a].neighbors.erase(b);
    say(a);
    nodes_[b].neighbors.erase(a);
    say(b);
  }
  void foreign(const std::string& node, const std::string& peer, std::uint32_t cost = 1) {
    nodes_[node].foreign[peer] = cost;
    say(node);
  }
  void serve(const std::string& node, const std::vector<std::string>& servers) {
    nodes_[node].servers.clear();
    for (const std::string& server : servers) nodes_[node].servers.push_back({server, {"m"}, {}});
    say(node);
  }
  // As it stands, announced again.
  void say(const std::string& node) {
    Announcement& announcement = nodes_[node];
    announcement.node = node;
    ++announcement.version.seq;
    if (topology.hear(announcement, Instant{}) == Topology::Heard::kSelf)
      topology.set_own(announcement, Instant{});
  }

  Topology topology;

 private:
  std::map<std::string, Announcement> nodes_;
};

}  // namespace relay::mesh
