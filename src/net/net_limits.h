#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace relay::net {

// Every bound of the net module, with its unit and why this number.

// Socket events handled in one round, so that idle work and answers wait for at most so many callbacks.
inline constexpr std::size_t kEventsPerRound = 64;
// Timers run in one round; the rest of a burst waits for a look at the sockets.
inline constexpr std::size_t kTimersPerRound = 1024;

// How long a core looks out for what is expected before it sleeps: an exchange between two cores of a machine takes half of
// it, sleeping and waking twice of it. It does so only after a wait for something expected that took less than a short sleep.
inline constexpr Duration kLookOut = std::chrono::microseconds(50);
inline constexpr Duration kShortSleep = std::chrono::microseconds(200);
// Looks in vain in a row, and the waits that a core then sleeps through before it looks again: where answers come every 150
// microseconds, a thirtieth of a core is lost instead of a third.
inline constexpr std::uint32_t kVainLooks = 8;
inline constexpr std::uint32_t kWaitsOfRest = 64;

// Connections that the system queues for us (it cuts this down to its own somaxconn, 4,096).
inline constexpr int kListenBacklog = 4096;
// Connections accepted in one go, so that a flood of them does not starve those that are open.
inline constexpr std::size_t kAcceptsPerRound = 64;
// Pause after accept() failed for want of descriptors or memory; doubles up to the longest.
inline constexpr Duration kAcceptPauseMin = std::chrono::milliseconds(10);
inline constexpr Duration kAcceptPauseMax = std::chrono::seconds(1);

// Names looked up at once by a core, so that some that hang do not hold up the others.
inline constexpr std::size_t kLookUpThreads = 16;

// What an address may take to accept a connection while the same name has others to try.
inline constexpr Duration kConnectPatience = std::chrono::seconds(2);
// A connection that we opened breaks when what it sent is not acknowledged for so long (TCP_USER_TIMEOUT); the system's own
// limit is a quarter of an hour.
inline constexpr Duration kUnackedPatience = std::chrono::seconds(30);

// Pieces of one gathered write; the system takes at most 1,024.
inline constexpr std::size_t kWritePieces = 64;

}  // namespace relay::net
