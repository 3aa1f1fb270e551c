#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random_source.h"
#include "mesh/link.h"
#include "mesh/link_pulse.h"
#include "mesh/outgoing_frames.h"
#include "mesh/websocket_reader.h"
#include "net/loop.h"
#include "net/stream.h"

namespace relay::mesh {

// A link over a stream that has been upgraded to WebSocket.
//
// What is sent in one round of the loop leaves at its end: to a Relay peer as one frame with an array of
// messages (up to kMaxFrameMessages or kMaxFrameBytes), to a foreign one as a frame each, all in one gathered
// write. Pings and pongs go before everything that has not begun to leave.
//
// Bound:  mesh_limits.h; a peer that takes nothing for kWriteStall, or lets kMaxQueuedBytes pile up, is
//         closed as too slow. A link without traffic holds less than 8 KiB.
// Errors: a fault of the peer is answered by its close code; what it still sends is thrown away for a moment,
// since a
//         reset would destroy the close frame on its way.
// Owner:  may destroy it earlier than on_link_closed too; then nobody is told.
// Thread: the loop's own.
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
  WebSocketLink(const WebSocketLink&) = delete;
  WebSocketLink& operator=(const WebSocketLink&) = delete;

  // Begins to read; the listener hears of it from the next round on.
  void start();

  [[nodiscard]] LinkId id() const override { return id_; }
  [[nodiscard]] const LinkPeer& peer() const override { return peer_; }
  [[nodiscard]] Sent send(std::string message, Lane lane, std::uint64_t tag) override;
  void ping() override;
  [[nodiscard]] Duration rtt() const override { return pulse_.rtt(); }
  [[nodiscard]] Instant last_heard() const override { return pulse_.last_heard(); }
  [[nodiscard]] bool is_open() const override { return phase_ == Phase::kOpen; }
  [[nodiscard]] bool hears() const override { return phase_ == Phase::kOpen || phase_ == Phase::kClosing; }
  void close(CloseCode code, std::string_view reason) override;

 private:
  enum class Phase : std::uint8_t {
    kOpen,
    kClosing,    // our close frame is on its way, or was answered; messages still come in
    kLingering,  // as kClosing, but input is thrown away
    kEnded,      // the stream is closed, the listener told
  };

  // net::StreamListener, net::RoundEndHook
  void on_readable() override;
  void on_writable() override;
  void on_round_end() override;
  // WebSocketReader::Listener
  void on_text(std::string_view message) override;
  void on_ping(std::string_view payload) override;
  void on_pong(std::string_view payload) override;
  void on_close(std::uint16_t code, std::string_view reason) override;

  void begin();
  void on_timer();
  void judge_time(Instant now);
  void read_input();
  [[nodiscard]] bool read_once();
  void take_input(std::span<char> bytes);
  void send_ping();
  void write_output();
  void begin_closing(Phase phase, CloseCode code, std::string_view reason, std::string ended_because);
  void end_too_slow();
  void end(std::string_view reason);
  void settle();
  void settle_closing();
  [[nodiscard]] Instant next_deadline() const;
  void arm_timer();
  void wake();

  const LinkId id_;
  const LinkPeer peer_;
  std::unique_ptr<net::Stream> stream_;
  net::Loop& loop_;
  LinkListener& listener_;
  WebSocketReader reader_;
  OutgoingFrames output_;
  LinkPulse pulse_;
  std::string unread_;

  Phase phase_ = Phase::kOpen;
  bool has_told_closing_ = false;
  std::string ended_because_;
  Instant closing_deadline_ = kNoDeadline;
  bool peer_has_closed_ = false;  // its close frame came
  bool awaits_close_ = false;     // ours has left

  bool has_begun_ = false;
  bool round_end_asked_ = false;
  bool waits_writable_ = false;
  Instant stalled_since_ = kNoDeadline;  // the socket has taken nothing since
  std::optional<Executor::TimerId> timer_;
  Instant timer_at_ = kNoDeadline;
};

}  // namespace relay::mesh
