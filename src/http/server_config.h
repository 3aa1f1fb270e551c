#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/cors.h"
#include "http/http_limits.h"

namespace relay::http {

// What the operator decides about the HTTP side. Immutable once a server runs; shared by all cores.
struct ServerConfig {
  HttpLimits limits;
  Cors cors;
  // Header lines added to every answer, each "Name: value\r\n"; see parse_response_header().
  std::string headers;
};

// Reads the -header flag, "Name: value", into a header line; refuses names that the server sets itself.
[[nodiscard]] Result<std::string> parse_response_header(std::string_view text);

}  // namespace relay::http
