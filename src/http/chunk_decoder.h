#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/http_limits.h"
#include "http/line_scanner.h"
#include "http/refusal.h"

namespace relay::http {

// Takes a chunked body (RFC 9112, 7.1) apart as it comes in. Chunk extensions and trailer fields are checked, counted
// and thrown away: nothing of a trailer ever reaches the request's fields.
//
// Invariant: the outcome does not depend on how the bytes were cut into pieces.
// Bound:     body_bytes (413), chunk_extension_bytes (400); a trailer like a head (431).
class ChunkDecoder {
 public:
  enum class Status { kIncomplete, kComplete, kRefused };

  explicit ChunkDecoder(const HttpLimits& limits) : limits_(limits) {}

  // Takes as many bytes off the front of `input` as it can use, and appends what they hold of the body to `body`. With
  // kIncomplete everything is used.
  [[nodiscard]] Status advance(std::string_view& input, std::string& body);
  void reset();

  // After kRefused.
  [[nodiscard]] Refusal refusal() const { return refusal_; }

 private:
  enum class State { kSizeStart, kSize, kExtension, kSizeLineFeed, kData, kDataReturn, kDataLineFeed, kTrailer };

  Status refuse(Refusal refusal);
  [[nodiscard]] Refusal take_byte(char c);
  [[nodiscard]] Refusal take_size_digit(char c);
  [[nodiscard]] Refusal end_size_line();
  void take_data(std::string_view& input, std::string& body);
  [[nodiscard]] Status take_trailer(std::string_view& input);
  [[nodiscard]] Refusal take_trailer_line(std::string_view line);

  const HttpLimits& limits_;
  State state_ = State::kSizeStart;
  std::uint64_t chunk_left_ = 0;
  std::size_t size_digits_ = 0;
  std::size_t body_bytes_ = 0;
  std::size_t extension_bytes_ = 0;
  std::string trailer_;  // the trailer so far, while it is incomplete
  LineScanner trailer_scanner_;
  std::size_t trailer_fields_ = 0;
  Refusal refusal_;
};

}  // namespace relay::http
