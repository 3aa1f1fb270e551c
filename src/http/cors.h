#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relay::http {

// Which foreign web pages may read the answers (http.md, Behaviour).
struct Cors {
  enum class Mode { kAny, kList, kOff };
  Mode mode = Mode::kAny;
  std::vector<std::string> origins;  // kList: "https://example.org", compared as text
};

// Reads the -cors flag: "*", "off", or ORIGIN[,ORIGIN]. An origin is scheme://host[:port] without a path.
[[nodiscard]] Result<Cors> parse_cors(std::string_view text);

// The header lines that every answer carries under this policy.
[[nodiscard]] std::string cors_fixed_headers(const Cors& cors);

// The further lines of an answer to a request with this Origin (empty: it had none).
[[nodiscard]] std::string cors_headers_for(const Cors& cors, std::string_view origin);

}  // namespace relay::http
