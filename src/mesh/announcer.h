#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mesh/allowance.h"
#include "mesh/announcement.h"
#include "mesh/link.h"
#include "mesh/mesh_context.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {

// Keeps the map (spec mesh.md): tells the neighbours what this node is, hears what others are, passes news on
// once.
//
// Order:  a link that comes up exchanges digests, then each end sends what the other lacks; a change of our
//         own servers or links, or of foreign peers here, is told at most once a kAnnounceGap; everything
//         once a discovery interval.
// Errors: what is not true about a linked node is counted and dropped; see Topology for bounds.
// Bound:  of one link kNewsPerSecond newer announcements and one answered digest a second.
// Thread: the mesh's core.
class Announcer {
 public:
  // What a node hears of its own doing.
  class Listener {
   public:
    // What is known of other nodes has changed.
    virtual void on_news() = 0;
    // Others tell newer things of the Relay node that this link is of than it has told itself.
    virtual void on_doubt(Link& link) = 0;
    // A later start of another node has this node's id: it is to leave the mesh.
    virtual void on_used_twice() = 0;

   protected:
    ~Listener() = default;
  };
  Announcer(MeshContext& context, Listener& listener);
  ~Announcer();
  Announcer(const Announcer&) = delete;
  Announcer& operator=(const Announcer&) = delete;

  void start();
  void stop();
  void set_servers(std::vector<ServerEntry> servers);
  // All of them, those too that do not fit into what is announced.
  [[nodiscard]] const std::vector<ServerEntry>& servers() const { return servers_; }
  [[nodiscard]] std::size_t unannounced() const { return servers_.size() - announced_.size(); }

  void link_up(Link& link);
  void link_down(const Link& link);
  // The link has ended for good, active or not.
  void forget(LinkId link);
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
  void tell_own();
  void hear_digest(Link& link, const std::map<std::string, Version>& digest);
  void hear_nodes(Link& link, std::vector<Announcement> nodes);
  void hear_foreign(Link& link, std::vector<ServerEntry> servers);
  [[nodiscard]] bool hear_one(Link& link, Announcement announcement);
  [[nodiscard]] bool may_tell(const Link& link, const Announcement& news);
  void hear_elsewhere(Link& own_link, const Announcement& announcement);
  void announce_foreign(const Link& link, std::vector<ServerEntry> servers);
  void correct(const Version& heard, std::uint64_t start);
  void count_correction(std::uint64_t start);
  [[nodiscard]] bool is_plausible(const Version& heard) const;
  [[nodiscard]] static Version next_version(const Version& heard);
  void send_digest(Link& link);
  void send_nodes(Link& link, const std::vector<const Announcement*>& nodes);
  void tell_all(const std::vector<const Announcement*>& nodes, const Link* except);

  MeshContext& context_;
  Listener& listener_;
  std::vector<ServerEntry> servers_;
  std::vector<ServerEntry> announced_;  // of them
  Version version_;
  std::map<std::string, EdgeCost, std::less<>> edges_;
  Instant announced_at_{};
  bool has_announced_ = false;
  std::optional<Executor::TimerId> soon_;
  std::optional<Executor::TimerId> interval_;
  std::set<std::string> untold_;   // foreign peers here whose news are told with our own
  std::set<std::string> doubted_;  // linked nodes of which others have told something newer
  LinkAllowances news_{kNewsPerSecond, kNewsAtOnce};
  LinkAllowances changes_{kChangesPerSecond, kNewsAtOnce};  // of what routes are made of
  LinkAllowances digests_{1, 2};
  LinkAllowances forwarded_{1, 2};  // what others say of a linked node, told to it
  int corrections_ = 0;             // in a row
  Instant corrected_at_{};
  std::optional<Instant> left_at_;
  bool is_stopped_ = false;
};

}  // namespace relay::mesh
