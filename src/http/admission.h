#pragma once

#include <optional>

#include "http/request_head.h"
#include "http/response.h"
#include "http/routes.h"
#include "http/server_config.h"

namespace relay::http {

// What becomes of a request whose head is complete: a route, or the answer that needs no route.
struct Admission {
  const Route* route = nullptr;
  std::optional<Response> answer;  // when there is no route
};

// Decides from the head alone, so that a body nobody wants is never stored. `text`: the lines of the head.
[[nodiscard]] Admission admit(const RequestHead& head, std::string_view text, const Routes& routes,
                              const ServerConfig& config);

}  // namespace relay::http
