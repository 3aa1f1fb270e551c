#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <vector>

#include "mesh/link.h"

namespace relay::mesh {

// Which slots of a table went out by which link, in the order of add(): a list a link through the slots, so
// that adding and removing take the same time however many there are, and allocate nothing after the first
// growth.
//
// Invariant: a slot is in at most one list. LinkId 0 is no link: such slots are in none.
// Thread:    one.
class LinkLists {
 public:
  using Slot = std::uint32_t;

  // `slot` is in no list.
  void add(Slot slot, LinkId link);
  void remove(Slot slot);
  [[nodiscard]] std::size_t count(LinkId link) const;
  // The slots of a link, first to last.
  [[nodiscard]] std::vector<Slot> of(LinkId link) const;

 private:
  static constexpr Slot kNone = UINT32_MAX;
  struct List {
    Slot first = kNone;
    Slot last = kNone;
    std::size_t count = 0;
  };
  struct Node {
    LinkId link = 0;
    Slot before = kNone;
    Slot after = kNone;
  };
  boost::unordered_flat_map<LinkId, List> lists_;
  std::vector<Node> nodes_;  // by slot
};

}  // namespace relay::mesh
