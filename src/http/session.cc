#include "http/session.h"

#include <array>
#include <utility>

#include "net/net_limits.h"

namespace relay::http {

Session::Session(CoreContext& context, SessionOwner& owner, RequestId id, std::unique_ptr<net::Stream> stream)
    : context_(context),
      owner_(owner),
      id_(id),
      stream_(std::move(stream)),
      parser_(context.config.limits),
      chunks_(context.config.limits),
      clock_(context.config.limits, context.loop.round_time()) {
  stream_->set_listener(this);
}

Session::~Session() = default;

void Session::start() { end_turn(); }

void Session::start_refused(Refusal refusal) {
  in_turn_ = true;
  fail_head(refusal);
  end_turn();
}

void Session::on_readable() {
  in_turn_ = true;
  read_input();
  end_turn();
}

void Session::on_writable() {
  in_turn_ = true;
  output_blocked_ = false;
  end_turn();
}

void Session::on_round_end() {
  in_turn_ = true;
  round_end_asked_ = false;
  end_turn();
}

void Session::on_timer() {
  in_turn_ = true;
  timer_.reset();
  switch (clock_.judge(context_.loop.round_time())) {
    case SessionClock::Verdict::kNone: break;
    case SessionClock::Verdict::kRequestTimeout: fail_slow_request(); break;
    case SessionClock::Verdict::kCloseSilently:
    case SessionClock::Verdict::kCut: close(); break;
  }
  end_turn();
}

void Session::fail_slow_request() {
  constexpr Refusal kTooSlow{408, "the request came in too slowly"};
  phase_ == Phase::kHead ? fail_head(kTooSlow) : fail_request(kTooSlow);
}

void Session::answer(std::uint64_t number, Response response) {
  replies_.fill(number, std::move(response), ReplyForm::After::kKeepAlive);
  if (in_turn_ || round_end_asked_) return;
  round_end_asked_ = true;
  context_.loop.at_round_end(*this);
}

std::optional<TakenStream> Session::take_over(std::uint64_t number) {
  if (!is_dispatching_ || number != current_) return std::nullopt;
  flush();
  if (phase_ == Phase::kClosed || replies_.open_count() != 1 || !replies_.output().empty()) return std::nullopt;
  TakenStream taken{std::move(stream_), std::string(unread_)};
  taken.stream->set_listener(nullptr);
  close();
  return taken;
}

void Session::drain() {
  draining_ = true;
  replies_.close_after_last();
  if (is_idle()) close();
}

void Session::close() {
  if (std::exchange(phase_, Phase::kClosed) == Phase::kClosed) return;
  if (timer_) context_.loop.cancel(*timer_);
  if (round_end_asked_) context_.loop.forget_round_end(*this);
  context_.budget.change(std::exchange(budgeted_, 0), 0);
  if (stream_) stream_->close();
  owner_.on_session_closed(id_);
}

void Session::end_turn() {
  flush();
  // Answers that have left make room for requests that were read already.
  while (phase_ == Phase::kHead && held_back_ && may_begin_request()) {
    held_back_ = false;
    input_.drop(consume(input_.view()));
    flush();
  }
  in_turn_ = false;
  if (phase_ == Phase::kClosed) return;
  settle_budget();
  settle_clock();
  if (wants_input()) stream_->wait_readable();
}

void Session::flush() {
  if (phase_ == Phase::kClosed) return;
  replies_.write_ready(context_.writer);
  // What comes behind would run without an answer.
  if (replies_.has_closed() && phase_ == Phase::kHead) phase_ = Phase::kFinal;
  write_output();
  if (phase_ == Phase::kClosed || !replies_.output().empty()) return;
  if (replies_.has_closed()) return begin_linger();
  const bool is_done = input_ended_ && replies_.open_count() == 0;
  if (is_done || (draining_ && is_idle())) close();
}

void Session::write_output() {
  OutputQueue& output = replies_.output();
  std::array<std::string_view, net::kWritePieces> pieces;
  while (!output.empty() && !output_blocked_) {
    const std::size_t count = output.next_pieces(pieces);
    const net::IoResult result = stream_->write({pieces.data(), count});
    switch (result.status) {
      case net::IoResult::Status::kDone:
        output.consume(result.bytes);
        clock_.output(SessionClock::Output::kProgress, context_.loop.round_time());
        break;
      case net::IoResult::Status::kWouldBlock:
        output_blocked_ = true;
        stream_->wait_writable();
        break;
      case net::IoResult::Status::kEnd:
      case net::IoResult::Status::kFailed: return close();
    }
  }
}

void Session::begin_linger() {
  if (phase_ == Phase::kLinger) return;
  phase_ = Phase::kLinger;
  if (input_ended_) return close();
  stream_->shut_down_writing();
}

std::size_t Session::held_bytes() const {
  return replies_.held_bytes() + replies_.output().size() + input_.size() + body_.size();
}

bool Session::is_idle() const {
  return phase_ == Phase::kHead && replies_.open_count() == 0 && replies_.output().empty() && input_.empty();
}

void Session::settle_budget() {
  const std::size_t held = held_bytes();
  if (held != budgeted_) context_.budget.change(std::exchange(budgeted_, held), held);
}

SessionClock::Wait Session::current_wait() const {
  switch (phase_) {
    case Phase::kLinger: return SessionClock::Wait::kLinger;
    case Phase::kBody:
    case Phase::kSkip:
      return replies_.is_continue_pending() ? SessionClock::Wait::kBusy : SessionClock::Wait::kBody;
    case Phase::kHead: break;
    case Phase::kFinal:
    case Phase::kClosed: return SessionClock::Wait::kBusy;
  }
  if (!input_.empty()) return held_back_ ? SessionClock::Wait::kBusy : SessionClock::Wait::kHead;
  if (!is_idle()) return SessionClock::Wait::kBusy;
  return replies_.opened() == 0 ? SessionClock::Wait::kFirstRequest : SessionClock::Wait::kIdle;
}

void Session::settle_clock() {
  const Instant now = context_.loop.round_time();
  clock_.output(replies_.output().empty() ? SessionClock::Output::kNone : SessionClock::Output::kStuck, now);
  clock_.wait_for(current_wait(), now);
  arm_timer();
}

void Session::arm_timer() {
  const Instant deadline = clock_.deadline();
  // A timer that comes too early looks again; so a busy connection hardly ever sets one.
  if (deadline == kNoDeadline || (timer_ && timer_at_ <= deadline)) return;
  if (timer_) context_.loop.cancel(*timer_);
  timer_ = context_.loop.run_at(deadline, [this] { on_timer(); });
  timer_at_ = deadline;
}

}  // namespace relay::http
