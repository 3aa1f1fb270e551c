#pragma once

#include <cstdint>

#include "base/clock.h"

namespace relay {

// The actors that wait for their turn on one core, as the core's loop sees them: it calls run_for() after each round
// of I/O callbacks and posted tasks, with its stack empty.
// Thread: the core's.
class ReadyList {
 public:
  enum class Left : std::uint8_t { kNothing, kMore };

  virtual ~ReadyList() = default;
  // Runs actors for about `slice`, at most. kMore: call again after a look at the sockets, without sleeping.
  virtual Left run_for(Duration slice) = 0;
};

// How long a core runs actors before it looks at its sockets again. Short enough not to be felt in an answer, long
// enough that the look (a system call) is a few percent.
inline constexpr Duration kActorSlice = std::chrono::microseconds(200);

}  // namespace relay
