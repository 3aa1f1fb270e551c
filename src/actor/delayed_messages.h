#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "base/guarded.h"
#include "call/call.h"

namespace relay {

// The messages of notify_after until their time comes. Timers hold only their numbers.
//
// Bound:  `count` messages and `bytes` of their arguments on the whole node.
// Thread: any core.
class DelayedMessages {
 public:
  DelayedMessages(std::size_t max_count, std::size_t max_bytes) : max_count_(max_count), max_bytes_(max_bytes) {}

  // The number under which the call is kept; nullopt when there is no room, and `call` is as it was.
  [[nodiscard]] std::optional<std::uint64_t> keep(Call& call);
  [[nodiscard]] Call take(std::uint64_t number);
  [[nodiscard]] std::size_t count() const;

 private:
  struct Kept {
    std::unordered_map<std::uint64_t, Call> calls;
    std::size_t bytes = 0;
    std::uint64_t last = 0;
  };
  const std::size_t max_count_;
  const std::size_t max_bytes_;
  Guarded<Kept> kept_;
};

}  // namespace relay
