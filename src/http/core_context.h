#pragma once

#include <vector>

#include "http/byte_budget.h"
#include "http/refusal_log.h"
#include "http/request.h"
#include "http/response_writer.h"
#include "http/routes.h"
#include "http/server_config.h"
#include "net/loop.h"

namespace relay::http {

// What the connections of one core share. Owner: outlives them. Thread: its core.
struct CoreContext {
  // Bytes read from a socket at a time.
  static constexpr std::size_t kReadBytes = 64 * 1024;

  CoreContext(net::Loop& core_loop, const ServerConfig& server_config, const Routes& server_routes,
              SharedBudget& shared_budget)
      : loop(core_loop),
        config(server_config),
        routes(server_routes),
        budget(shared_budget),
        writer(core_loop, cors_fixed_headers(server_config.cors) + server_config.headers),
        scratch(kReadBytes + kBodyPadding) {}

  net::Loop& loop;
  const ServerConfig& config;
  const Routes& routes;
  ByteBudget budget;
  ResponseWriter writer;
  // Where a connection reads to while it holds no input: what is used up at once is never copied.
  std::vector<char> scratch;
  RefusalLog too_many{"the node has too many connections; -max-connections raises the limit"};
  RefusalLog too_much{"the node has too many requests in work; -max-in-flight raises the limit"};
};

}  // namespace relay::http
