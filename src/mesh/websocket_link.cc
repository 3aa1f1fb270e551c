#include "mesh/websocket_link.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "mesh/mesh_limits.h"
#include "net/net_limits.h"

namespace relay::mesh {
namespace {

constexpr std::size_t kReadBytes = 64u << 10;
// Reads and writes of one turn, so that one busy link does not hold up the others.
constexpr int kReadsATurn = 4;
constexpr int kWritesATurn = 8;

WebSocketReader::Side side_of(const LinkPeer& peer) {
  return peer.we_dialled ? WebSocketReader::Side::kClient : WebSocketReader::Side::kServer;
}

OutgoingFrames::Batching batching_for(const LinkPeer& peer) {
  return peer.is_relay ? OutgoingFrames::Batching::kArrays : OutgoingFrames::Batching::kOneAFrame;
}

std::string closed_by(std::string_view who, std::uint16_t code, std::string_view reason) {
  std::string text = fmt::format("closed by {} ({})", who, code);
  if (!reason.empty()) text.append(": ").append(reason);
  return text;
}

// Whether the messages of a peer still count after its link was closed for this.
bool still_listens(CloseCode code) {
  return code == CloseCode::kNormal || code == CloseCode::kGoingAway || code == CloseCode::kReplaced;
}

}  // namespace

WebSocketLink::WebSocketLink(LinkId id, LinkPeer peer, std::unique_ptr<net::Stream> stream,
                             std::string unread, net::Loop& loop, LinkListener& listener,
                             RandomSource& random, Settings settings)
    : id_(id),
      peer_(std::move(peer)),
      stream_(std::move(stream)),
      loop_(loop),
      listener_(listener),
      reader_(side_of(peer_), *this),
      output_(side_of(peer_), batching_for(peer_), random),
      pulse_(settings.ping_interval, loop.round_time()),
      unread_(std::move(unread)) {}

WebSocketLink::~WebSocketLink() {
  if (timer_) loop_.cancel(*timer_);
  if (round_end_asked_) loop_.forget_round_end(*this);
}

void WebSocketLink::start() {
  stream_->set_listener(this);
  // A timer that is due: the listener is told nothing from inside this call.
  timer_at_ = loop_.round_time();
  timer_ = loop_.run_at(timer_at_, [this] { on_timer(); });
}

Link::Sent WebSocketLink::send(std::string message, Lane lane, std::uint64_t tag) {
  if (phase_ != Phase::kOpen) return Sent::kClosed;
  if (lane == Lane::kCall && output_.call_bytes() + message.size() > kMaxQueuedCallBytes)
    return Sent::kOverloaded;
  // The end of the round ends a link with so much waiting; until then what one turn adds must be bounded too.
  if (output_.bytes() + message.size() > 2 * kMaxQueuedBytes) return Sent::kOverloaded;
  output_.add(std::move(message), lane, tag);
  // Calls and replies follow each other.
  if (lane != Lane::kControl) loop_.expect_soon();
  wake();
  return Sent::kQueued;
}

void WebSocketLink::ping() {
  if (phase_ != Phase::kOpen) return;
  send_ping();
  wake();
}

void WebSocketLink::close(CloseCode code, std::string_view reason) {
  if (phase_ == Phase::kEnded) return;
  if (phase_ == Phase::kOpen) {
    const Phase phase = still_listens(code) ? Phase::kClosing : Phase::kLingering;
    begin_closing(phase, code, reason, closed_by("this node", static_cast<std::uint16_t>(code), reason));
  }
  if (code == CloseCode::kGoingAway) {
    closing_deadline_ = std::min(closing_deadline_, loop_.round_time() + kStopGrace);
  }
  wake();
}

// ---- what the loop calls

void WebSocketLink::on_readable() {
  read_input();
  settle();
}

void WebSocketLink::on_writable() {
  waits_writable_ = false;
  settle();
}

void WebSocketLink::on_round_end() {
  round_end_asked_ = false;
  settle();
}

void WebSocketLink::on_timer() {
  timer_.reset();
  if (!std::exchange(has_begun_, true)) begin();
  judge_time(loop_.round_time());
  settle();
}

void WebSocketLink::begin() {
  std::string unread = std::exchange(unread_, {});
  if (!unread.empty()) take_input(unread);
  stream_->wait_readable();
}

void WebSocketLink::judge_time(Instant now) {
  if (now >= closing_deadline_) return end(ended_because_);
  if (stalled_since_ != kNoDeadline && now >= stalled_since_ + kWriteStall) return end_too_slow();
  if (phase_ != Phase::kOpen) return;
  // What has come but was not read yet counts as life.
  if (now >= pulse_.silent_at()) read_input();
  if (phase_ != Phase::kOpen) return;
  if (now >= pulse_.silent_at()) {
    const std::chrono::duration<double> silence = now - pulse_.last_heard();
    return end(fmt::format("silent for {:.3g} s", silence.count()));
  }
  if (now >= pulse_.next_ping()) send_ping();
}

// ---- input

void WebSocketLink::read_input() {
  for (int reads = 0; reads < kReadsATurn && phase_ != Phase::kEnded; ++reads) {
    if (!read_once()) break;
  }
  if (phase_ != Phase::kEnded) stream_->wait_readable();
}

// Whether more may be there.
bool WebSocketLink::read_once() {
  // Left as it is: filling it would cost more than a small read.
  std::array<char, kReadBytes> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  const net::IoResult result = stream_->read(buffer);
  switch (result.status) {
    case net::IoResult::Status::kDone:
      break;
    case net::IoResult::Status::kWouldBlock:
      return false;
    case net::IoResult::Status::kEnd:
      end(phase_ == Phase::kOpen ? "the peer ended the connection" : std::string_view(ended_because_));
      return false;
    case net::IoResult::Status::kFailed:
      end(phase_ == Phase::kOpen ? "the connection broke" : std::string_view(ended_because_));
      return false;
  }
  pulse_.heard(loop_.round_time());
  take_input(std::span(buffer).first(result.bytes));
  return result.bytes == buffer.size();
}

void WebSocketLink::take_input(std::span<char> bytes) {
  // A reader that has stopped takes no more, and has told why.
  if (reader_.feed(bytes) || reader_.fault() == nullptr || phase_ == Phase::kLingering) return;
  const WebSocketReader::Fault& fault = *reader_.fault();
  begin_closing(Phase::kLingering, fault.code, fault.reason,
                closed_by("this node", static_cast<std::uint16_t>(fault.code), fault.reason));
  output_.drop_messages();
}

void WebSocketLink::on_text(std::string_view message) {
  if (hears()) listener_.on_link_text(*this, message);
}

void WebSocketLink::on_ping(std::string_view payload) {
  output_.add_pong(payload);
}

void WebSocketLink::on_pong(std::string_view payload) {
  pulse_.pong(payload, loop_.clock().now());
}

void WebSocketLink::on_close(std::uint16_t code, std::string_view reason) {
  constexpr std::uint16_t kNoCode = 1005;  // must not be sent
  peer_has_closed_ = true;
  const auto answer = code == kNoCode ? CloseCode::kNormal : static_cast<CloseCode>(code);
  if (phase_ == Phase::kOpen) begin_closing(Phase::kClosing, answer, "", closed_by("the peer", code, reason));
  closing_deadline_ = std::min(closing_deadline_, loop_.round_time() + kCloseAnswer);
  output_.drop_messages();
}

// ---- output

void WebSocketLink::send_ping() {
  output_.add_ping(pulse_.begin_ping(loop_.clock().now()));
}

void WebSocketLink::write_output() {
  std::array<std::string_view, net::kWritePieces> room;
  for (int writes = 0; !waits_writable_; ++writes) {
    const auto pieces = output_.next_pieces(room);
    if (pieces.empty()) return;
    const bool is_enough = writes == kWritesATurn;
    const net::IoResult result =
        is_enough ? net::IoResult{net::IoResult::Status::kWouldBlock, 0} : stream_->write(pieces);
    switch (result.status) {
      case net::IoResult::Status::kDone:
        output_.consume(result.bytes);
        stalled_since_ = kNoDeadline;
        break;
      case net::IoResult::Status::kWouldBlock:
        waits_writable_ = true;
        if (stalled_since_ == kNoDeadline) stalled_since_ = loop_.round_time();
        stream_->wait_writable();
        break;
      case net::IoResult::Status::kEnd:
      case net::IoResult::Status::kFailed:
        return end(phase_ == Phase::kOpen ? "the connection broke" : std::string_view(ended_because_));
    }
  }
}

// ---- the end

void WebSocketLink::begin_closing(Phase phase, CloseCode code, std::string_view reason,
                                  std::string ended_because) {
  if (phase_ == Phase::kOpen) {
    ended_because_ = std::move(ended_because);
    closing_deadline_ = loop_.round_time() + kWriteStall;
    output_.add_close(code, reason);
  }
  phase_ = phase;
}

void WebSocketLink::end_too_slow() {
  const std::string reason = fmt::format("too slow, {} bytes waited", output_.bytes());
  constexpr auto kCode = CloseCode::kTryLater;
  begin_closing(Phase::kLingering, kCode, reason,
                closed_by("this node", static_cast<std::uint16_t>(kCode), reason));
  output_.drop_messages();
  // It may have made room just now.
  waits_writable_ = false;
  write_output();
  end(ended_because_);
}

void WebSocketLink::end(std::string_view reason) {
  if (phase_ == Phase::kEnded) return;
  phase_ = Phase::kEnded;
  reader_.stop();
  if (timer_) loop_.cancel(*std::exchange(timer_, std::nullopt));
  if (std::exchange(round_end_asked_, false)) loop_.forget_round_end(*this);
  stream_->close();
  for (const std::uint64_t tag : output_.take_unwritten()) listener_.on_unwritten(*this, tag);
  listener_.on_link_closed(*this, reason);
}

// ---- after every turn

void WebSocketLink::settle() {
  if (phase_ == Phase::kEnded) return;
  write_output();
  if (phase_ == Phase::kOpen && output_.bytes() > kMaxQueuedBytes) end_too_slow();
  settle_closing();
  if (phase_ == Phase::kEnded) return;
  if (phase_ != Phase::kOpen && !std::exchange(has_told_closing_, true)) listener_.on_link_closing(*this);
  if (phase_ != Phase::kEnded) arm_timer();
}

void WebSocketLink::settle_closing() {
  if (phase_ == Phase::kOpen || phase_ == Phase::kEnded || !output_.has_closed()) return;
  if (peer_has_closed_) return end(ended_because_);
  if (std::exchange(awaits_close_, true)) return;
  closing_deadline_ = std::min(closing_deadline_, loop_.round_time() + kCloseAnswer);
  // No answer can be read any more, only the end of the connection.
  if (reader_.fault() != nullptr) stream_->shut_down_writing();
}

Instant WebSocketLink::next_deadline() const {
  const Instant stall = stalled_since_ == kNoDeadline ? kNoDeadline : stalled_since_ + kWriteStall;
  if (phase_ != Phase::kOpen) return std::min(stall, closing_deadline_);
  return std::min({stall, pulse_.next_ping(), pulse_.silent_at()});
}

void WebSocketLink::arm_timer() {
  const Instant deadline = next_deadline();
  // One that comes too early looks again; so a busy link hardly ever sets one.
  if (timer_ && timer_at_ <= deadline) return;
  if (timer_) loop_.cancel(*timer_);
  timer_at_ = deadline;
  timer_ = loop_.run_at(deadline, [this] { on_timer(); });
}

void WebSocketLink::wake() {
  if (std::exchange(round_end_asked_, true)) return;
  loop_.at_round_end(*this);
}

}  // namespace relay::mesh
