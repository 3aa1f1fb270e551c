#pragma once

#include <string_view>

#include "http/framing.h"
#include "http/http_limits.h"
#include "http/line_scanner.h"
#include "http/refusal.h"
#include "http/request_head.h"

namespace relay::http {

// Reads the head of one request (RFC 9112) from text that comes in pieces. It is strict where leniency smuggles
// requests past a proxy (http.md, Behaviour), and stores offsets only: no allocation once `fields` has grown.
//
// Invariant: the outcome does not depend on how the bytes were cut into pieces.
// Bound:     HttpLimits::head_bytes and head_fields.
class HeadParser {
 public:
  enum class Status { kIncomplete, kComplete, kRefused };

  explicit HeadParser(const HttpLimits& limits) : limits_(limits) {}

  // Goes on with a head of which `text` is all that has come so far: the same bytes as before and perhaps more.
  [[nodiscard]] Status advance(std::string_view text);
  // Forgets the head, for the next one.
  void reset();

  // After kComplete: the head, and the number of bytes that it took.
  [[nodiscard]] const RequestHead& head() const { return head_; }
  [[nodiscard]] std::size_t head_size() const { return scanner_.line_begin(); }
  // After kRefused.
  [[nodiscard]] Refusal refusal() const { return refusal_; }

 private:
  Status refuse(Refusal refusal);
  [[nodiscard]] Refusal take_line(std::string_view text, std::string_view line);
  [[nodiscard]] Refusal take_request_line(std::string_view text, std::string_view line);
  [[nodiscard]] Refusal take_field(std::string_view text, std::string_view line);

  const HttpLimits& limits_;
  LineScanner scanner_;
  RequestHead head_;
  FramingRules framing_;
  Refusal refusal_;
  bool has_request_line_ = false;
  bool skipped_empty_line_ = false;
};

}  // namespace relay::http
