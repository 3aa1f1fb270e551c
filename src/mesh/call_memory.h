#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace relay::mesh {

// In which calls of one node to another are counted: the start (incarnation) of the caller, and a number
// drawn at random, which only those know who see its calls: nobody else can use up its counters.
struct CallSeries {
  std::uint64_t inc = 0;
  std::uint64_t number = 0;
  friend auto operator<=>(const CallSeries&, const CallSeries&) = default;
};

// What a target remembers so that a call runs at most once (spec mesh.md, At most once).
//
// For each series of each origin a sliding window of kCallWindow counters, and the newest replies,
// kMaxKeptReplyBytes of them over all origins. A window forgets nothing inside it, so a repeat is always
// known as one. Whoever claims another series touches no other's window.
//
// Bound:  kMaxOriginsOfLink windows that came first by one peer: one more, and its own window unused for
//         longest goes. kMaxOrigins in all: then one of the peer that has most. So nobody makes another's go
//         but by bringing less than it.
// Thread: one; no clock.
class CallMemory {
 public:
  enum class Verdict : std::uint8_t {
    kRun,        // never seen: run it
    kRunning,    // seen, not answered yet: its reply will come
    kRepeat,     // answered: `reply` is to be sent again
    kForgotten,  // seen, or too old to know, and the reply is gone: unknown_outcome, do not run
  };
  struct Seen {
    Verdict verdict = Verdict::kRun;
    std::string_view reply;  // kRepeat: the data of the response; valid until the next call
  };
  // Call `n` (from 1) of a series of `origin` has come over the link of peer `by`.
  [[nodiscard]] Seen begin(std::string_view by, std::string_view origin, CallSeries series, std::uint64_t n);
  // It was answered by this `server_response` data.
  void end(std::string_view origin, CallSeries series, std::uint64_t n, std::string reply);
  // It was refused before it could run (overloaded): a repeat may run.
  void undo(std::string_view origin, CallSeries series, std::uint64_t n);

  [[nodiscard]] std::size_t kept_bytes() const;

  CallMemory();
  ~CallMemory();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
