#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mesh/link.h"

namespace relay::mesh {

// What this node has passed on and whose reply it awaits (spec mesh.md, Routing): the way back, and what to
// answer when the way on is lost.
//
// Bound:  kMaxForwarded; full is a verdict (overloaded).
// Thread: one; no clock.
class ForwardTable {
 public:
  struct Entry {
    std::string origin;
    std::string id;  // of the call, as its origin named it (response_id)
    std::string target;
    LinkId in = 0;
    LinkId out = 0;
    Instant deadline{};
    std::uint64_t tag = 0;      // under which it was sent on; unique in this table
    bool is_unwritten = false;  // the out-link gave it back
  };

  // nullptr: full. The pointer is valid until the next call of a member that changes the table.
  [[nodiscard]] Entry* add(Entry entry);
  [[nodiscard]] Entry* find(std::string_view origin, std::string_view id);
  [[nodiscard]] Entry* find_tag(std::uint64_t tag);
  [[nodiscard]] std::optional<Entry> take(std::string_view origin, std::string_view id);
  // Everything that went out by this link: it gets no reply from there any more.
  [[nodiscard]] std::vector<Entry> take_out_link(LinkId link);
  // Drops what is over; returns how many.
  std::size_t expire(Instant now);
  [[nodiscard]] std::size_t size() const;

  ForwardTable();
  ~ForwardTable();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Ids seen lately: each is let through once (spec mesh.md, flooding).
// Bound: kMaxSeenIds; the oldest goes first.
class SeenIds {
 public:
  // False when `origin` has sent `id` within kSeenFor.
  [[nodiscard]] bool first_time(std::string_view origin, std::string_view id, Instant now);
  SeenIds();
  ~SeenIds();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
