#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "http/routes.h"
#include "rpc/dispatcher.h"

namespace relay::node {

// What the routes of a node look at. All of it outlives the HTTP server.
struct RouteContext {
  rpc::Dispatcher& dispatcher;
  std::function<std::vector<std::string>()> server_names;  // sorted
  const Clock& clock;
  const std::string& app_name;
  const std::string& node_id;
  const std::atomic<bool>& has_started;  // the program has run to its end
  bool has_registry = false;             // /info names the registry's endpoints
};

// POST /rpc, GET /health, GET /info (spec http.md).
[[nodiscard]] http::Routes make_routes(const RouteContext& context);

}  // namespace relay::node
