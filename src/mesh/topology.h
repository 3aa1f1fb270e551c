#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mesh/announcement.h"

namespace relay::mesh {

// The map: the newest announcement of every node of the mesh (spec mesh.md, The map).
//
// What has expired is remembered for a while by its version alone, so that neighbours that still hold it do
// not bring it back again and again.
//
// Invariant: one entry a node, never older than one that was there before, unless it has become unknown.
// Bound:     kMaxNodes (of those that have expired, too), kMaxMapBytes; more are refused and counted, unless
//            they come by a peer that has brought less than its sure share: then what came last by the peer
//            that has brought most goes.
// Thread:    one; no clock inside.
class Topology {
 public:
  explicit Topology(std::string own_id) : own_id_(std::move(own_id)) {}

  enum class Heard : std::uint8_t {
    kNewer,     // stored: pass it on
    kRepeated,  // known already, or older
    kSelf,      // about ourselves, newer than what we say: answer with a higher seq
    kFull,      // refused
  };
  // `by`: the peer that told it.
  [[nodiscard]] Heard hear(Announcement announcement, Instant now, std::string_view by = {});
  // Our own, never refused. Its version is newer than before.
  void set_own(Announcement announcement, Instant now);
  // Forgets who was not heard of for kMissedIntervals of its own interval, or of ours when that is longer;
  // ourselves never, nor those that `is_kept`; returns who.
  std::vector<std::string> expire(Instant now, Duration interval,
                                  const std::function<bool(const std::string& node)>& is_kept);
  void forget(std::string_view node);
  // When `node` was last heard of; Instant{} for one that is not on the map.
  [[nodiscard]] Instant heard_at(std::string_view node) const {
    const auto found = sources_.find(node);
    return found == sources_.end() ? Instant{} : found->second.heard;
  }
  // The newest version that was heard, of one that has expired too; {0, 0}: none.
  [[nodiscard]] Version newest(std::string_view node) const;

  [[nodiscard]] const Announcement* find(std::string_view node) const;
  // What stands on the map without neighbours is a foreign peer whose servers a Relay node tells, or of no
  // use as a way.
  [[nodiscard]] bool is_relay(std::string_view node) const;
  [[nodiscard]] const std::map<std::string, std::shared_ptr<const Announcement>, std::less<>>& all() const {
    return nodes_;
  }
  [[nodiscard]] std::map<std::string, Version> digest() const;
  // What somebody with this digest lacks.
  [[nodiscard]] std::vector<const Announcement*> lacking(const std::map<std::string, Version>& digest) const;
  // Grows with every change of any node's neighbours, servers or address, not with a mere sign of life.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  // The same for what routes are made of, and for what the catalog is made of.
  [[nodiscard]] std::uint64_t links_revision() const { return links_revision_; }
  [[nodiscard]] std::uint64_t servers_revision() const { return servers_revision_; }
  // Nodes and announcements that found no room.
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  struct Gone {
    Version version;
    std::uint64_t number = 0;  // in the order of expiry
  };
  // Whence an entry came.
  struct Source {
    Instant heard{};
    std::string by;            // who told the first of it
    std::uint64_t number = 0;  // in the order of arrival
  };
  // What one peer has brought.
  struct Share {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
  };
  [[nodiscard]] bool make_room(const Announcement& announcement, std::string_view by);
  [[nodiscard]] bool drop_one_of_most(std::string_view by, std::size_t Share::*what, std::size_t sure);
  void count(const std::string& by, const Announcement* before, const Announcement* after);
  void store(Announcement announcement, Instant now, std::string_view by);
  void note_change(const Announcement* before, const Announcement* after);
  void bury(const std::string& node, const Version& version);
  void drop(std::string_view node);

  std::string own_id_;
  std::map<std::string, std::shared_ptr<const Announcement>, std::less<>> nodes_;
  std::map<std::string, Source, std::less<>> sources_;
  std::map<std::string, Share, std::less<>> shares_;
  std::uint64_t last_source_ = 0;
  std::map<std::string, Gone, std::less<>> gone_;
  std::uint64_t last_gone_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t revision_ = 0;
  std::uint64_t links_revision_ = 0;
  std::uint64_t servers_revision_ = 0;
  std::uint64_t refused_ = 0;
};

// Whether routes are the same by both.
[[nodiscard]] bool have_same_links(const Announcement& a, const Announcement& b);

// About how much memory an announcement takes.
[[nodiscard]] std::size_t memory_bytes(const Announcement& announcement);

}  // namespace relay::mesh
