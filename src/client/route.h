#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "client/http_client.h"

namespace relay::client {

// The way that a call for a node would take.
struct Route {
  struct Step {
    std::string from;
    std::string to;
    std::optional<std::uint64_t> cost_us;
  };
  std::string node;  // its id
  std::string from;  // the asked node
  std::string by;    // "self", "link" or "map"
  std::size_t hops = 0;
  std::optional<std::uint64_t> cost_us;
  std::vector<Step> steps;  // may be fewer than hops where the asked node knows no more
  std::string text;         // the JSON of the node
};

// What a node without a way says.
struct NoRoute {
  std::string kind;  // "unknown_node", "no_route"; empty: it tells no routes at all
  std::string sentence;
  std::string text;  // the JSON of the node
};

struct RouteReply {
  Route route;
  std::optional<NoRoute> failure;
};

// From /registry/route. Errors: those of HttpClient; kIo for an answer that no node gives.
[[nodiscard]] Result<RouteReply> ask_route(const HttpClient& client, std::string_view node);

}  // namespace relay::client
