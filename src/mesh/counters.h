#pragma once

#include <cstdint>

namespace relay::mesh {

// What has gone wrong or was dropped since the node started: nothing is dropped uncounted.
struct Counters {
  std::uint64_t bad_frames = 0;             // not JSON, or own fields wrong
  std::uint64_t foreign_from = 0;           // `from` is not the link's peer
  std::uint64_t loops = 0;                  // a message came back to a node of its own route
  std::uint64_t repeats = 0;                // an id that was passed on before
  std::uint64_t late_replies = 0;           // nobody waits for them any more
  std::uint64_t stray_replies = 0;          // from another link and node than the call's
  std::uint64_t lost_replies = 0;           // no way back to the caller's node
  std::uint64_t repeated_calls = 0;         // known by the memory of calls
  std::uint64_t foreign_announcements = 0;  // about a linked node, from elsewhere
};

}  // namespace relay::mesh
