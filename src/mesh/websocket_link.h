#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/random_source.h"
#include "mesh/link.h"
#include "mesh/websocket_reader.h"
#include "net/loop.h"
#include "net/stream.h"

namespace relay::mesh {

// A link over a stream that has been upgraded to WebSocket.
//
// What is sent in one round of the loop leaves at its end: to a Relay peer as one frame with an array of
// messages (up to kMaxFrameMessages or kMaxFrameBytes), to a foreign one as a frame each, all in one gathered
// write. Pings and pongs go before everything that has not been written.
//
// Bound:  mesh_limits.h; a peer that takes nothing for kWriteStall, or lets kMaxQueuedBytes pile up, is
// closed as too slow. Thread: the loop's own.
class WebSocketLink final : public Link,
                            private net::StreamListener,
                            private net::RoundEndHook,
                            private WebSocketReader::Listener {
 public:
  struct Settings {
    Duration ping_interval = std::chrono::seconds(2);
  };
  // `unread`: what has come behind the handshake. `random` gives words nobody can predict, for masks.
  WebSocketLink(LinkId id, LinkPeer peer, std::unique_ptr<net::Stream> stream, std::string unread,
                net::Loop& loop, LinkListener& listener, RandomSource& random, Settings settings);
  ~WebSocketLink() override;

  // Begins to read; the listener hears of it from the next round on.
  void start();

  [[nodiscard]] LinkId id() const override { return id_; }
  [[nodiscard]] const LinkPeer& peer() const override { return peer_; }
  [[nodiscard]] Sent send(std::string message, Lane lane, std::uint64_t tag) override;
  void ping() override;
  [[nodiscard]] Duration rtt() const override;
  [[nodiscard]] Instant last_heard() const override;
  void close(CloseCode code, std::string_view reason) override;

 private:
  const LinkId id_;
  const LinkPeer peer_;
};

}  // namespace relay::mesh
