#include "http/session_clock.h"

#include <algorithm>

namespace relay::http {

void SessionClock::wait_for(Wait wait, Instant now) {
  if (wait == wait_) return;
  wait_ = wait;
  since_ = now;
  window_bytes_ = 0;
}

void SessionClock::output(Output output, Instant now) {
  const bool begins = !has_output_ && output != Output::kNone;
  has_output_ = output != Output::kNone;
  if (begins || output == Output::kProgress) written_ = now;
}

Duration SessionClock::patience() const {
  switch (wait_) {
    case Wait::kFirstRequest:
    case Wait::kHead: return limits_.head_timeout;
    case Wait::kIdle: return limits_.idle_timeout;
    case Wait::kBody: return limits_.body_window;
    case Wait::kLinger: return limits_.linger;
    case Wait::kBusy: break;
  }
  return Duration::max();
}

Instant SessionClock::deadline() const {
  const Instant input = wait_ == Wait::kBusy ? kNoDeadline : since_ + patience();
  return has_output_ ? std::min(input, written_ + limits_.write_stall) : input;
}

bool SessionClock::body_is_fast_enough() const {
  const auto window = std::chrono::duration<double>(limits_.body_window).count();
  return static_cast<double>(window_bytes_) >= window * static_cast<double>(limits_.body_min_rate);
}

SessionClock::Verdict SessionClock::judge(Instant now) {
  if (has_output_ && now - written_ >= limits_.write_stall) return Verdict::kCut;
  if (wait_ == Wait::kBusy || now - since_ < patience()) return Verdict::kNone;
  if (wait_ == Wait::kBody && body_is_fast_enough()) {
    since_ = now;
    window_bytes_ = 0;
    return Verdict::kNone;
  }
  const bool request_began = wait_ == Wait::kHead || wait_ == Wait::kBody;
  return request_began ? Verdict::kRequestTimeout : Verdict::kCloseSilently;
}

}  // namespace relay::http
