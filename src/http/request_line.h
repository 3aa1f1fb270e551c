#pragma once

#include <string_view>

#include "http/refusal.h"

namespace relay::http {

// The parts of a request line; views into it.
struct RequestLine {
  std::string_view method;
  std::string_view path;
  std::string_view query;
  std::string_view version;  // "HTTP/1.1" or alike
};

// Takes a request line apart (RFC 9112, 3): one blank between the parts, target in origin form ("/path?query"),
// absolute form ("http://host/path"), or "*" for OPTIONS.
[[nodiscard]] Refusal parse_request_line(std::string_view line, RequestLine& parts);

}  // namespace relay::http
