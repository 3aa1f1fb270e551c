#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace relay::mesh {

// Ids of calls whose origin counts nothing (foreign peers), remembered until their deadlines, so that a
// repeat does not run again. By peer, not by link: who connects again and repeats is known.
//
// Bound:  kMaxForeignIdsOfLink a peer that they came by, kMaxForeignIds in all; the oldest goes first, in all
//         that of the peer that has most.
// Thread: one; no clock.
class ForeignIds {
 public:
  // False when `id` of `origin` is remembered. `by`: the peer whose link it came by.
  [[nodiscard]] bool first_time(std::string_view by, std::string_view origin, std::string_view id,
                                Instant deadline, Instant now);
  [[nodiscard]] std::size_t size() const;

  ForeignIds();
  ~ForeignIds();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
