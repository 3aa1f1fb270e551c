#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace relay::mesh {

// Every bound of the mesh, with its unit and why this number (spec mesh.md).

// A node's name: 1 to 64 of [A-Za-z0-9_.-], so it needs no escape in JSON or a URL.
inline constexpr std::size_t kMaxNodeNameBytes = 64;
// Incarnations and sequence numbers, so that every JSON reader keeps them exact.
inline constexpr std::uint64_t kMaxIncarnation = (std::uint64_t{1} << 53) - 1;
// An id of a message; ours have about 16 bytes, a foreign peer may use a UUID or longer.
inline constexpr std::size_t kMaxMessageIdBytes = 128;
// Hops that a message may make, whatever its sender asks for; no sane mesh is wider.
inline constexpr int kMaxTtl = 64;
// Of a message that names none, and the least that an origin gives.
inline constexpr int kDefaultTtl = 10;
// What an origin adds to the hops that it knows of, for a path that changes on the way.
inline constexpr int kTtlReserve = 4;

// One message. A call or reply that is larger is refused by its sender as too_large.
inline constexpr std::size_t kMaxMessageBytes = 8u << 20;
// What a message has besides its data: names, route, wrapper.
inline constexpr std::size_t kEnvelopeRoom = 16u << 10;
// A frame of a relay.1 sender is closed at so many messages or bytes: load makes frames larger, but not
// without end.
inline constexpr std::size_t kMaxFrameMessages = 256;
inline constexpr std::size_t kMaxFrameBytes = 256u << 10;
// What a receiver takes as one WebSocket message: the largest message, the frame that it is added to, its
// brackets.
inline constexpr std::size_t kMaxReceivedBytes = kMaxMessageBytes + kMaxFrameBytes + 1024;
// Fragments of one WebSocket message: many tiny unfinished ones would cost more than their bytes
// (CVE-2026-48779).
inline constexpr std::size_t kMaxFragments = 1024;

// Calls on a link without an answer, and bytes of calls that wait to be written; past them calls fail as
// overloaded.
inline constexpr std::size_t kMaxUnansweredCalls = 4096;
inline constexpr std::size_t kMaxQueuedCallBytes = 16u << 20;
// Bytes of everything that waits to be written. Past it the peer is too slow and is closed, since replies
// cannot be refused.
inline constexpr std::size_t kMaxQueuedBytes = 64u << 20;
// A socket that takes nothing for so long belongs to a peer that is too slow.
inline constexpr Duration kWriteStall = std::chrono::seconds(5);

// Silence of so many ping intervals ends a link: with the default of 2 s, a silent peer is known within 6 s.
inline constexpr int kSilentIntervals = 3;
// What a peer may take to answer our close frame.
inline constexpr Duration kCloseAnswer = std::chrono::seconds(1);
// What a link may still take to say goodbye when the node ends; then it is cut. Less than the node gives its
// HTTP clients, who wait for calls by this link.
inline constexpr Duration kStopGrace = std::chrono::milliseconds(400);
// What a link that another one replaces may still take to finish what it has.
inline constexpr Duration kRetireGrace = std::chrono::seconds(1);
// A node must answer within this when another connection asks for its place.
inline constexpr Duration kProbeAnswer = std::chrono::seconds(1);
// Connections that wait for that under one id; an honest node has two or three.
inline constexpr std::size_t kMaxRivals = 16;

// Wrong frames within the window before a link is closed with 1008.
inline constexpr int kMaxFaults = 5;
inline constexpr Duration kFaultWindow = std::chrono::seconds(10);

// Answers of type `error` that one link may cause in a second; who sends more wrong messages knows already.
inline constexpr int kErrorsPerSecond = 20;

// Redialling: the first pause, doubling to the longest; each is drawn at random below that (full jitter).
inline constexpr Duration kDialPauseMin = std::chrono::milliseconds(500);
inline constexpr Duration kDialPauseMax = std::chrono::seconds(30);
// A TCP connection and handshake take no longer than this.
inline constexpr Duration kDialTimeout = std::chrono::seconds(5);

// Links open at once; more are refused with 503 before the upgrade.
inline constexpr std::size_t kMaxLinks = 4096;
// Peers that an operator adds.
inline constexpr std::size_t kMaxConfiguredPeers = 1024;
// Ids that an operator has removed and that are refused until they are added again.
inline constexpr std::size_t kMaxRefusedIds = 4096;

// Nodes on the map; more are refused and counted.
inline constexpr std::size_t kMaxNodes = 1024;
// What one announcement may hold; more is a wrong frame. A node does not announce what would be more.
inline constexpr std::size_t kMaxServersOfNode = 10'000;
inline constexpr std::size_t kMaxMethodsOfServer = 1'000;
inline constexpr std::size_t kMaxStateFields = 1'000;
inline constexpr std::size_t kMaxNeighbors = kMaxLinks;
inline constexpr std::size_t kMaxNameBytes = 256;  // of servers, methods, fields, types
inline constexpr std::size_t kMaxAddressBytes = 300;
// Bytes of the servers of one announcement as JSON; the rest is room for kMaxNeighbors links.
inline constexpr std::size_t kMaxServersBytes = 384u << 10;
inline constexpr std::size_t kMaxAnnouncementBytes = 768u << 10;
// A registry_sync is closed at so many bytes of announcements, so that a large map does not stand in one
// message, and one of more than these and one announcement is a wrong frame: parsed, it takes ten times that.
inline constexpr std::size_t kSyncBytes = 128u << 10;
inline constexpr std::size_t kMaxSyncBytes = 1u << 20;
static_assert(kSyncBytes + kMaxAnnouncementBytes + (64u << 10) < kMaxSyncBytes);
// Bytes of all announcements that the map keeps, in memory.
inline constexpr std::size_t kMaxMapBytes = 64u << 20;
// When the map is full, what comes over a link that has brought less than this takes the place of what came
// last over the link that has brought most: a liar's inventions keep no honest node out.
inline constexpr std::size_t kSureNodesOfLink = 64;
inline constexpr std::size_t kSureBytesOfLink = 4u << 20;
// Newer announcements taken over one link in a second on average, and at once: a whole map, twice.
inline constexpr int kNewsPerSecond = static_cast<int>(kMaxNodes);
inline constexpr int kNewsAtOnce = 2 * kNewsPerSecond;
// Of those the ones that state other links than before, on average. Each may cost a search of all ways, 0.4 ms with 64 nodes
// all linked to each other or 1,024 with eight links each.
inline constexpr int kChangesPerSecond = 128;
// The longest interval between announcements that a node may ask others to wait for.
inline constexpr Duration kMaxDiscoveryInterval = std::chrono::hours(1);
// What other cores see of the map is made anew for news at most once in this time.
inline constexpr Duration kViewGap = std::chrono::milliseconds(10);
// And for news and links for each server of others, and each name of a node, in ten times what that costs, so that changes of a large
// map do not take the core.
inline constexpr Duration kViewGapOfServer = std::chrono::microseconds(2);
inline constexpr Duration kViewGapOfNode = std::chrono::microseconds(10);
// A node announces changes of its own at most once in this time.
inline constexpr Duration kAnnounceGap = std::chrono::seconds(1);
// Missed intervals after which what is known of a node is forgotten.
inline constexpr int kMissedIntervals = 3;
// A new cost of an edge counts when it has held for so long.
inline constexpr Duration kCostHold = std::chrono::seconds(10);
// Answers in a row to a newer announcement about ourselves before we say that our id is used twice.
inline constexpr int kMaxSelfCorrections = 5;
// A node leaves the mesh because its id is used twice at most once in this time: whoever really has the id
// keeps it out from then on, and a liar cannot do it again and again.
inline constexpr Duration kLeaveGap = std::chrono::minutes(10);
// It stays out for so long at least, so that its peers hear of the other node, whom they then ask.
inline constexpr Duration kOutFor = std::chrono::seconds(5);

// Calls of one origin for ids that are not on the map, led to foreign neighbours that lead on, in a second.
inline constexpr int kMaxFloodsPerSecond = 10;
// A message id that has been seen is dropped for so long.
inline constexpr Duration kSeenFor = std::chrono::seconds(60);
inline constexpr std::size_t kMaxSeenIdsOfPeer = 16'384;
inline constexpr std::size_t kMaxSeenIds = 65'536;
// Calls that this node forwards and whose reply is awaited.
inline constexpr std::size_t kMaxForwarded = 65'536;
// Pending calls of this node, over all targets.
inline constexpr std::size_t kMaxPendingCalls = 65'536;

// At most once: counters of one origin that are told apart, and bytes of replies kept for repeats, over all
// origins.
inline constexpr std::size_t kCallWindow = 65'536;
inline constexpr std::size_t kMaxKeptReplyBytes = 16u << 20;
// Starts of origins whose windows are kept, and how many of them came first by one peer: all nodes may stand
// behind one.
inline constexpr std::size_t kMaxOrigins = 4096;
inline constexpr std::size_t kMaxOriginsOfLink = kMaxNodes;
// Ids of foreign calls that are remembered until their deadlines, of one peer and in all; then the oldest of
// the peer that has most goes. 24 bytes each.
inline constexpr std::size_t kMaxForeignIdsOfPeer = 65'536;
inline constexpr std::size_t kMaxForeignIds = 262'144;

// A call that names no time; a notification's own.
inline constexpr Duration kDefaultCallTimeout = std::chrono::seconds(30);
// The longest that a peer may ask a call to wait.
inline constexpr Duration kMaxCallTimeout = std::chrono::hours(1);
// Entries of `chain`: calls that wait for each other over nodes.
inline constexpr std::size_t kMaxChain = 64;

}  // namespace relay::mesh
