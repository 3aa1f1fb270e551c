#pragma once

#include <cstdint>
#include <string_view>

#include "http/refusal.h"
#include "http/request_head.h"

namespace relay::http {

// The rules that say where a request's body ends and what its connection does afterwards. Every shape that two
// implementations could read differently is refused, since that is how requests are smuggled: several or odd
// Content-Lengths, any Transfer-Encoding but exactly "chunked", both of them, chunked on HTTP/1.0, no or two Hosts.
class FramingRules {
 public:
  // Looks at one field; most are none of its business.
  [[nodiscard]] Refusal take(std::string_view name, std::string_view value);
  // After the last field: judges, and fills in how the body is framed.
  [[nodiscard]] Refusal finish(RequestHead& head) const;

 private:
  [[nodiscard]] Refusal take_content_length(std::string_view value);
  [[nodiscard]] Refusal take_transfer_encoding(std::string_view value);
  [[nodiscard]] Refusal take_host(std::string_view value);
  [[nodiscard]] Refusal take_expect(std::string_view value);
  void take_connection(std::string_view value);

  std::uint64_t content_length_ = 0;
  bool has_length_ = false;
  bool has_encoding_ = false;
  bool has_host_ = false;
  bool says_close_ = false;
  bool says_keep_alive_ = false;
  bool expects_continue_ = false;
  bool expects_other_ = false;
};

}  // namespace relay::http
