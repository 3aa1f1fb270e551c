#pragma once

#include <cstdint>
#include <vector>

#include "http/output_queue.h"
#include "http/response_writer.h"

namespace relay::http {

// The answers that one connection owes, in the order of its requests: each request takes a place, answers come in any
// order, and those at the front that are ready go to the output together.
//
// Invariant: output is a prefix of the answers in request order; nothing follows an answer that closes.
// Bound:     its user opens at most HttpLimits::open_requests places, and one more for a final error.
class ReplyQueue {
 public:
  // Takes the next place; the number names it. `request_bytes`: what the request holds until it is answered.
  std::uint64_t open(ReplyForm form, std::size_t request_bytes);
  // The request of this place holds more bytes now.
  void grow(std::uint64_t number, std::size_t bytes);
  // Answers a place. Numbers that were answered or never opened are ignored. kClose: the connection ends after it.
  void fill(std::uint64_t number, Response response, ReplyForm::After after);
  // Sends "100 Continue" as soon as all answers before this place are out, unless the place is answered first.
  void want_continue(std::uint64_t number);
  [[nodiscard]] bool is_continue_pending() const { return continue_number_ != kNone; }
  // The last open place ends the connection (a graceful stop).
  void close_after_last() { closes_after_last_ = true; }

  // Moves what is ready to the output.
  void write_ready(ResponseWriter& writer);

  // Places opened since the beginning.
  [[nodiscard]] std::uint64_t opened() const { return first_ + count_; }
  // Places without an answer written.
  [[nodiscard]] std::size_t open_count() const { return count_; }
  // The answer that closes is in the output: nothing comes after it.
  [[nodiscard]] bool has_closed() const { return has_closed_; }
  // Bytes that requests and answers hold here, without the output.
  [[nodiscard]] std::size_t held_bytes() const { return held_bytes_; }

  [[nodiscard]] OutputQueue& output() { return output_; }
  [[nodiscard]] const OutputQueue& output() const { return output_; }

 private:
  struct Place {
    ReplyForm form;
    Response response;
    std::size_t bytes = 0;
    bool ready = false;
  };
  [[nodiscard]] Place& place(std::uint64_t number) { return ring_[number & (ring_.size() - 1)]; }
  [[nodiscard]] bool is_open(std::uint64_t number) const { return number - first_ < count_; }
  void grow_ring();
  void write_front(ResponseWriter& writer);
  void write_continue();

  static constexpr std::uint64_t kNone = UINT64_MAX;

  std::vector<Place> ring_;  // a power of two; grows up to the bound, so that idle connections stay small
  std::uint64_t first_ = 0;
  std::size_t count_ = 0;
  std::uint64_t continue_number_ = kNone;
  std::size_t held_bytes_ = 0;
  bool closes_after_last_ = false;
  bool has_closed_ = false;
  OutputQueue output_;
};

}  // namespace relay::http
