#include "http/framing.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/chars.h"

namespace relay::http {
namespace {

// 19 digits always fit into 64 bits.
constexpr std::size_t kMaxLengthDigits = 19;

bool is_host_char(char c) {
  return is_visible(c) && std::string_view("/?#@\\,\"<>^`{|}").find(c) == std::string_view::npos;
}

}  // namespace

Refusal FramingRules::take(std::string_view name, std::string_view value) {
  switch (name.size()) {
    case 4: return equals_ignoring_case(name, "host") ? take_host(value) : Refusal{};
    case 6: return equals_ignoring_case(name, "expect") ? take_expect(value) : Refusal{};
    case 10:
      if (equals_ignoring_case(name, "connection")) take_connection(value);
      return {};
    case 14: return equals_ignoring_case(name, "content-length") ? take_content_length(value) : Refusal{};
    case 17: return equals_ignoring_case(name, "transfer-encoding") ? take_transfer_encoding(value) : Refusal{};
    default: return {};
  }
}

Refusal FramingRules::take_host(std::string_view value) {
  if (std::exchange(has_host_, true)) return {400, "there is more than one Host"};
  if (!std::all_of(value.begin(), value.end(), is_host_char)) return {400, "Host is not a host"};
  return {};
}

Refusal FramingRules::take_content_length(std::string_view value) {
  if (std::exchange(has_length_, true)) return {400, "there is more than one Content-Length"};
  const bool digits = std::all_of(value.begin(), value.end(), is_digit);
  if (value.empty() || !digits || value.size() > kMaxLengthDigits) return {400, "Content-Length is not a length"};
  std::from_chars(value.data(), value.data() + value.size(), content_length_);
  return {};
}

Refusal FramingRules::take_transfer_encoding(std::string_view value) {
  const bool repeated = std::exchange(has_encoding_, true);
  if (repeated || !equals_ignoring_case(value, "chunked")) return {400, "the only Transfer-Encoding here is chunked"};
  return {};
}

Refusal FramingRules::take_expect(std::string_view value) {
  const bool known = equals_ignoring_case(value, "100-continue");
  (known ? expects_continue_ : expects_other_) = true;
  return {};
}

void FramingRules::take_connection(std::string_view value) {
  std::string_view option;
  while (take_list_element(value, option)) {
    if (equals_ignoring_case(option, "close")) says_close_ = true;
    if (equals_ignoring_case(option, "keep-alive")) says_keep_alive_ = true;
  }
}

Refusal FramingRules::finish(RequestHead& head) const {
  const bool is_http11 = head.version == Version::kHttp11;
  if (is_http11 && !has_host_) return {400, "Host is missing"};
  if (has_encoding_ && has_length_) return {400, "Content-Length and Transfer-Encoding exclude each other"};
  if (has_encoding_ && !is_http11) return {400, "HTTP/1.0 has no Transfer-Encoding"};
  if (is_http11 && expects_other_) return {417, "the only expectation met here is 100-continue"};

  if (has_encoding_) head.framing = Framing::kChunked;
  if (has_length_ && content_length_ > 0) head.framing = Framing::kLength;
  head.content_length = content_length_;
  head.keep_alive = !says_close_ && (is_http11 || says_keep_alive_);
  head.expects_continue = is_http11 && expects_continue_;
  return {};
}

}  // namespace relay::http
