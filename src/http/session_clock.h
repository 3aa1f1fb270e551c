#pragma once

#include <cstddef>
#include <cstdint>

#include "base/clock.h"
#include "http/http_limits.h"

namespace relay::http {

// What a connection is allowed to wait for, and how long (http.md, Limits). It only knows instants that it is told.
class SessionClock {
 public:
  // What a connection waits for, or kBusy when nothing is due from the client.
  enum class Wait : std::uint8_t { kFirstRequest, kIdle, kHead, kBody, kLinger, kBusy };
  enum class Verdict : std::uint8_t { kNone, kCloseSilently, kRequestTimeout, kCut };

  SessionClock(const HttpLimits& limits, Instant now) : limits_(limits), since_(now), written_(now) {}

  // The connection waits for this now. The same wait again goes on as it began, but for kBody, whose windows are
  // counted by body_bytes().
  void wait_for(Wait wait, Instant now);
  // So many bytes of the body came in.
  void body_bytes(std::size_t bytes) { window_bytes_ += bytes; }
  // Output is waiting for the client; `progress`: it has just taken some.
  enum class Output : std::uint8_t { kNone, kProgress, kStuck };
  void output(Output output, Instant now);

  // When to look again; kNoDeadline: never.
  [[nodiscard]] Instant deadline() const;
  // What is to be done at `now`. A body that is fast enough gets its next window.
  [[nodiscard]] Verdict judge(Instant now);

 private:
  [[nodiscard]] Duration patience() const;
  [[nodiscard]] bool body_is_fast_enough() const;

  const HttpLimits& limits_;
  Wait wait_ = Wait::kFirstRequest;
  Instant since_;
  std::size_t window_bytes_ = 0;
  bool has_output_ = false;
  Instant written_;
};

}  // namespace relay::http
