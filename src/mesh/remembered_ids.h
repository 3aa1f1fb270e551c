#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace relay::mesh {

// Ids of messages, each remembered until its deadline, so that a repeat is known: of calls whose origin counts
// nothing (foreign peers), and of what this node has passed on without awaiting a reply. By peer, not by link: who
// connects again and repeats is known.
//
// Bound:  as told, a peer that they came by and in all; the oldest goes first, in all that of the peer that has
//         most. So no peer makes this node forget what came by others.
// Thread: one; no clock.
class RememberedIds {
 public:
  // False when `id` of `origin` is remembered. `by`: the peer whose link it came by.
  [[nodiscard]] bool first_time(std::string_view by, std::string_view origin, std::string_view id,
                                Instant deadline, Instant now);
  [[nodiscard]] std::size_t size() const;

  struct Bound {
    std::size_t of_a_peer;
    std::size_t in_all;
  };
  explicit RememberedIds(Bound bound);
  ~RememberedIds();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
