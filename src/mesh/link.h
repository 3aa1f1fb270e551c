#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace relay::mesh {

// Names one link of a node for as long as the node runs.
using LinkId = std::uint64_t;

// What the handshake has told of the other side.
struct LinkPeer {
  std::string node_id;
  std::string address;    // "host:port" under which it can be dialled; empty: not known
  std::uint64_t inc = 0;  // its incarnation; 0: not told
  bool is_relay = false;  // speaks relay.1; else it is foreign
  bool we_dialled = false;
  Instant since{};
  // Sec-WebSocket-Key of the handshake: drawn by the dialler, so both ends know this connection by it and
  // nobody else can guess it.
  std::string key;
};

// What becomes of a message when its link fails matters to whoever sent it.
enum class Lane : std::uint8_t {
  kControl,  // pongs, announcements, probes, errors: before the rest
  kCall,     // refused past a bound
  kReply,    // never refused; too many end the link
};

// Close codes of RFC 6455 section 7.4, and ours.
enum class CloseCode : std::uint16_t {
  kNormal = 1000,
  kGoingAway = 1001,
  kProtocolError = 1002,
  kUnsupportedData = 1003,
  kInvalidText = 1007,
  kPolicy = 1008,
  kTooBig = 1009,
  kTryLater = 1013,   // too slow
  kReplaced = 4001,   // another link of the same peer goes on
  kRemoved = 4002,    // the operator removed the peer
  kUsedTwice = 4003,  // a later start of another node has the closing node's id
};

// One connection to a peer, as the mesh sees it.
//
// Order:  messages of a lane leave in the order sent; a ping waits for nothing.
// Owner:  whoever holds it; destroyed only after on_link_closed, from outside of its own calls.
// Thread: the mesh's core.
class Link {
 public:
  virtual ~Link() = default;

  [[nodiscard]] virtual LinkId id() const = 0;
  [[nodiscard]] virtual const LinkPeer& peer() const = 0;

  enum class Sent : std::uint8_t { kQueued, kOverloaded, kClosed };
  // Sends one message. `tag`, unless 0, comes back through on_unwritten() if the link ends first. Never
  // blocks, never calls back.
  [[nodiscard]] virtual Sent send(std::string message, Lane lane, std::uint64_t tag) = 0;
  // Asks for a sign of life now; any byte that comes counts.
  virtual void ping() = 0;
  // The smoothed round-trip time; zero while nothing is known.
  [[nodiscard]] virtual Duration rtt() const = 0;
  [[nodiscard]] virtual Instant last_heard() const = 0;
  // Whether it takes messages; a link that is closing does not.
  [[nodiscard]] virtual bool is_open() const = 0;
  // Whether what the peer says still counts: to the end of a link that closes in good order, but not once it
  // was closed for a fault.
  [[nodiscard]] virtual bool hears() const = 0;
  // Ends the link in good order: what is queued is written, the close frame follows; on_link_closed comes
  // later. What the peer says until then still comes, but not after kPolicy, kRemoved and the like.
  // kGoingAway bounds also an end that has begun: a peer that takes nothing holds up no node that stops.
  virtual void close(CloseCode code, std::string_view reason) = 0;
};

// Who is told what happens on links. Calls never come from inside a member function of the link.
class LinkListener {
 public:
  // One WebSocket message of text, as it came; valid during the call.
  virtual void on_link_text(Link& link, std::string_view text) = 0;
  // The link takes no more messages; what it has may still be answered. Left out when it ends at once.
  virtual void on_link_closing(Link& link) = 0;
  // The message sent with `tag` was not written whole, so the peer has not got it. Before on_link_closed.
  virtual void on_unwritten(Link& link, std::uint64_t tag) = 0;
  // The link has ended; it may be destroyed after this returns. `reason` is a sentence for people: who closed
  // it and why.
  virtual void on_link_closed(Link& link, std::string_view reason) = 0;

 protected:
  ~LinkListener() = default;
};

}  // namespace relay::mesh
