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
// answer when the way on is lost. Slots that are used again, found by (origin, id) and by tag; deadlines in
// one heap.
//
// Bound:  kMaxForwarded; full is a verdict (overloaded). How many may go by one link its sender decides, by
// count_on(). Thread: one; no clock.
class ForwardTable {
 public:
  struct Entry {
    std::string origin;
    std::string id;  // of the call, as its origin named it (response_id)
    std::string target;
    LinkId in = 0;
    LinkId out = 0;                // 0: flooded
    std::vector<LinkId> flooded;  // for an id that is not on the map
    int hops = 1;  // that the call had made when it came
    Instant deadline{};
    std::uint64_t tag = 0;  // under which it was sent on, given by the sender; unique in this table; 0: none
    bool is_unwritten = false;  // the out-link gave it back
  };

  // nullptr: full. One that is there for the same origin and id goes. Pointers are valid until their entry is
  // taken, replaced or expired.
  [[nodiscard]] Entry* add(Entry entry);
  [[nodiscard]] Entry* find(std::string_view origin, std::string_view id);
  [[nodiscard]] Entry* find_tag(std::uint64_t tag);
  [[nodiscard]] std::optional<Entry> take(std::string_view origin, std::string_view id);
  // Everything that went out by this link, in the order of add(): it gets no reply from there any more.
  [[nodiscard]] std::vector<Entry> take_out_link(LinkId link);
  // Drops what is over; returns how many.
  std::size_t expire(Instant now);
  // The earliest deadline; kNoDeadline: none.
  [[nodiscard]] Instant next_deadline() const;
  [[nodiscard]] std::size_t count_on(LinkId out) const;
  [[nodiscard]] std::size_t size() const;

  ForwardTable();
  ~ForwardTable();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
