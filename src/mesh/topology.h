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
// Invariant: one entry a node, never older than one that was there before.
// Bound:     kMaxNodes, kMaxMapBytes; more are refused and counted.
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
  [[nodiscard]] Heard hear(Announcement announcement, Instant now);
  // Our own, never refused.
  void set_own(Announcement announcement, Instant now);
  // Forgets who was not heard of since `before`, ourselves never; returns who.
  std::vector<std::string> expire(Instant before);
  void forget(std::string_view node);

  [[nodiscard]] const Announcement* find(std::string_view node) const;
  [[nodiscard]] const std::map<std::string, std::shared_ptr<const Announcement>, std::less<>>& all() const {
    return nodes_;
  }
  [[nodiscard]] std::map<std::string, Version> digest() const;
  // What somebody with this digest lacks.
  [[nodiscard]] std::vector<const Announcement*> lacking(const std::map<std::string, Version>& digest) const;
  // Grows with every change of any node's neighbours or servers; says when routes must be found anew.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  std::string own_id_;
  std::map<std::string, std::shared_ptr<const Announcement>, std::less<>> nodes_;
  std::map<std::string, Instant, std::less<>> heard_;
  std::size_t bytes_ = 0;
  std::uint64_t revision_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace relay::mesh
