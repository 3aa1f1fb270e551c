#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/admission.h"
#include "http/chunk_decoder.h"
#include "http/core_context.h"
#include "http/head_parser.h"
#include "http/input_buffer.h"
#include "http/reply_queue.h"
#include "http/responder.h"
#include "http/session_clock.h"
#include "net/stream.h"

namespace relay::http {

class Session;

// Who keeps the connections of a core.
class SessionOwner : public ReplyPort {
 public:
  // The session has closed its stream and does nothing more; it may still be running, so it is destroyed later.
  virtual void on_session_closed(RequestId id) = 0;

 protected:
  ~SessionOwner() = default;
};

// One HTTP/1.1 connection: reads requests, hands them to their handlers, and sends the answers in their order.
//
// A turn is one visit by the loop: bytes came in, output drained, a timer, or answers at the end of a round. All
// answers that are ready when a turn ends leave in one gathered write, so pipelined requests share it; an answer given
// while its handler runs costs neither a post nor a wake-up.
//
// Order:  answers in the order of the requests.
// Bound:  HttpLimits; reading stops at open_requests or connection_bytes, and goes on when answers have left.
// Errors: a request that breaks the rules gets its answer after those before it, then the connection ends: it is shut
//         for writing, and read to its end for a moment, since a reset would destroy the answer on its way.
// Owner:  the SessionOwner, which destroys it after on_session_closed().
// Thread: its core.
class Session final : public net::StreamListener, public net::RoundEndHook {
 public:
  // `id`: the session's place; `number` is not used.
  Session(CoreContext& context, SessionOwner& owner, RequestId id, std::unique_ptr<net::Stream> stream);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Begins to read.
  void start();
  // Answers `refusal` before any request, and ends: the node has too many connections.
  void start_refused(Refusal refusal);

  // Answers request `number` of this connection.
  void answer(std::uint64_t number, Response response);
  // Gives up the stream, while the handler of request `number` runs and nothing else is owed.
  [[nodiscard]] std::optional<TakenStream> take_over(std::uint64_t number);

  // Ends the connection when its requests are answered; at once when there are none.
  void drain();
  // Ends the connection now.
  void close();

  void on_readable() override;
  void on_writable() override;
  void on_round_end() override;

 private:
  enum class Phase {
    kHead,     // between requests, or inside a head
    kBody,     // inside a body that its handler waits for
    kSkip,     // inside a body that nobody wants
    kFinal,    // the last answer is on its way; input is left alone
    kLinger,   // the last answer is out; input is thrown away until the client ends
    kClosed,
  };

  // session.cc: turns, output, timers.
  void end_turn();
  void flush();
  void write_output();
  void begin_linger();
  void settle_budget();
  void settle_clock();
  [[nodiscard]] SessionClock::Wait current_wait() const;
  void arm_timer();
  void on_timer();
  void fail_slow_request();
  [[nodiscard]] std::size_t held_bytes() const;
  [[nodiscard]] bool is_idle() const;

  // session_input.cc: from bytes to requests.
  void read_input();
  [[nodiscard]] bool read_once();
  void take_end_of_input();
  void take_input(std::string_view bytes);
  [[nodiscard]] std::size_t consume(std::string_view text);
  [[nodiscard]] std::size_t consume_head(std::string_view text);
  [[nodiscard]] std::size_t begin_request(std::string_view text);
  void await_body(std::string_view head_text, std::string_view rest, std::optional<Response> early_answer);
  [[nodiscard]] std::size_t consume_body(std::string_view text);
  [[nodiscard]] bool take_body_bytes(std::string_view& text);
  void finish_body(std::string_view rest);
  void dispatch(std::string_view head_text, std::string_view body, std::string* owned, std::string_view rest);
  void end_request();
  void fail_head(Refusal refusal);
  void fail_request(Refusal refusal);
  [[nodiscard]] bool may_begin_request() const;
  [[nodiscard]] bool wants_input() const;

  CoreContext& context_;
  SessionOwner& owner_;
  const RequestId id_;
  std::unique_ptr<net::Stream> stream_;

  Phase phase_ = Phase::kHead;
  bool in_turn_ = false;
  bool round_end_asked_ = false;
  bool input_ended_ = false;
  bool output_blocked_ = false;
  bool draining_ = false;
  bool held_back_ = false;  // input_ may hold a whole request that waits for room

  InputBuffer input_;
  HeadParser parser_;
  ReplyQueue replies_;

  // The request whose body is coming in.
  std::uint64_t current_ = 0;
  const Route* route_ = nullptr;
  std::optional<Response> early_answer_;  // kSkip: given when the body has passed
  std::string head_text_;
  std::string body_;
  std::uint64_t length_left_ = 0;
  ChunkDecoder chunks_;
  bool is_dispatching_ = false;
  std::string_view unread_;  // while dispatching: what stands behind the request

  SessionClock clock_;
  std::optional<Executor::TimerId> timer_;
  Instant timer_at_ = kNoDeadline;
  std::size_t budgeted_ = 0;
};

}  // namespace relay::http
