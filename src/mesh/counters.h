#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace relay::mesh {

// What has gone wrong or was dropped since the node started: nothing is dropped uncounted. Shown by
// `GET /registry/health`.
struct Counters {
  std::uint64_t bad_frames = 0;             // not JSON, or own fields wrong
  std::uint64_t bad_inside = 0;             // the same inside a message that a peer has passed on
  std::uint64_t foreign_from = 0;           // `from` is not the link's peer
  std::uint64_t loops = 0;                  // a message came back to a node of its own route
  std::uint64_t repeats = 0;                // an id that was passed on before
  std::uint64_t late_replies = 0;           // nobody waits for them any more
  std::uint64_t stray_replies = 0;          // from another link and node than the call's
  std::uint64_t lost_replies = 0;           // no way back to the caller's node
  std::uint64_t lost_notifications = 0;     // of this node, not written before their link ended
  std::uint64_t lost_messages = 0;          // of others, awaiting no reply, not passed on
  std::uint64_t doubted_calls = 0;          // passed on under an origin that is linked here, or not known
  std::uint64_t repeated_calls = 0;         // known by the memory of calls
  std::uint64_t foreign_announcements = 0;  // about a linked node, from elsewhere; or not plausible
  std::uint64_t excess_floods = 0;          // for ids not on the map, past the allowance of their origin
  std::uint64_t excess_news = 0;            // announcements and digests of one link past its allowance
};

// Each under its name.
inline constexpr std::array<std::pair<std::string_view, std::uint64_t Counters::*>, 15> kCounters = {{
    {"bad_frames", &Counters::bad_frames},
    {"bad_inside", &Counters::bad_inside},
    {"foreign_from", &Counters::foreign_from},
    {"loops", &Counters::loops},
    {"repeats", &Counters::repeats},
    {"late_replies", &Counters::late_replies},
    {"stray_replies", &Counters::stray_replies},
    {"lost_replies", &Counters::lost_replies},
    {"lost_notifications", &Counters::lost_notifications},
    {"lost_messages", &Counters::lost_messages},
    {"doubted_calls", &Counters::doubted_calls},
    {"repeated_calls", &Counters::repeated_calls},
    {"foreign_announcements", &Counters::foreign_announcements},
    {"excess_floods", &Counters::excess_floods},
    {"excess_news", &Counters::excess_news},
}};
static_assert(sizeof(Counters) == kCounters.size() * sizeof(std::uint64_t), "every counter has a name");

}  // namespace relay::mesh
