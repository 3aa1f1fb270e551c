#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mesh/announcement.h"
#include "mesh/link.h"
#include "mesh/mesh_context.h"

namespace relay::mesh {

// Keeps the map (spec mesh.md): tells the neighbours what this node is, hears what others are, passes news on
// once.
//
// Order:  a link that comes up exchanges digests, then each end sends what the other lacks; a change of our
// own servers or
//         links is told at most once a kAnnounceGap; everything once a discovery interval.
// Errors: what is not true about a linked node is counted and dropped; see Topology for bounds.
// Thread: the mesh's core.
class Announcer {
 public:
  // `on_change` is told when what is known of other nodes has changed.
  Announcer(MeshContext& context, std::function<void()> on_change);

  void start();
  void stop();
  void set_servers(std::vector<ServerEntry> servers);
  [[nodiscard]] const std::vector<ServerEntry>& servers() const { return servers_; }

  void link_up(Link& link);
  void link_down();
  // A `registry_sync` of a linked peer.
  void hear(Link& link, SyncMessage message);
  // Digests to all neighbours now: what a person means by "discover".
  void discover();

 private:
  struct EdgeCost {
    std::uint32_t cost = 0;
    std::uint32_t candidate = 0;  // differs from `cost` since `since`
    Instant since{};
  };
  void own_changed();
  void refresh_own();
  void announce();
  void on_interval();
  void refresh_foreign();
  void measure_edges();
  void set_own();
  void hear_digest(Link& link, const std::map<std::string, Version>& digest);
  void hear_nodes(Link& link, std::vector<Announcement> nodes);
  void hear_foreign(Link& link, std::vector<ServerEntry> servers);
  void correct(const Version& heard);
  [[nodiscard]] bool is_plausible(const Version& heard) const;
  void send_digest(Link& link);
  static void send_nodes(MeshContext& context, Link& link, const std::vector<const Announcement*>& nodes);
  void tell_all(const std::vector<const Announcement*>& nodes, const Link* except);

  MeshContext& context_;
  std::function<void()> on_change_;
  std::vector<ServerEntry> servers_;
  Version version_;
  std::map<std::string, EdgeCost, std::less<>> edges_;
  Instant announced_at_{};
  bool has_announced_ = false;
  std::optional<Executor::TimerId> soon_;
  std::optional<Executor::TimerId> interval_;
  std::uint64_t foreign_count_ = 0;  // announcements taken from foreign peers: their seq
  int corrections_ = 0;
  Instant corrected_at_{};
};

}  // namespace relay::mesh
