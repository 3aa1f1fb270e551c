#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actor/actor_limits.h"
#include "actor/world.h"
#include "base/clock.h"
#include "base/result.h"
#include "http/cors.h"
#include "http/http_limits.h"
#include "rpc/rpc_limits.h"

namespace relay::node {

// All that a node can be told from outside. The defaults are those of the flags (spec http.md, CLI and
// Limits).
struct NodeConfig {
  std::string app_name;  // stands in the log and in /info when it is given
  std::string host = "0.0.0.0";
  std::uint16_t port = 8080;                     // 0: a free one
  std::string node_id;                           // empty: 16 random hex digits
  std::size_t workers = 0;                       // cores; 0: one a hardware thread
  std::vector<std::string> arguments;            // args()
  std::vector<std::string> allowed_environment;  // names that env() may read
  bool dev = false;                              // clients see file, line and stack of errors
  Duration drain = std::chrono::seconds(10);     // for calls in work, at a stop

  bool disable_registry = false;   // no links, no registry
  std::vector<std::string> peers;  // "http://host:port" or "host:port": dialled from the start
  std::string advertise;           // "host:port" under which others reach this node; empty: host and port
  Duration discovery_interval = std::chrono::seconds(30);
  Duration ping_interval = std::chrono::seconds(2);
  std::vector<std::string>
      peer_admins;  // networks whose clients may add and remove peers; this machine always may

  http::Cors cors;
  std::vector<std::string> response_headers;  // each "Name: value", as parse_response_header() takes it
  http::HttpLimits http;
  rpc::Limits rpc;
  ActorLimits actors;
};

// Errors: kParse, unless `id` is 1 to 64 of [A-Za-z0-9_.-] and not `rpc`.
[[nodiscard]] Result<void> check_node_id(std::string_view id);
// 16 random hex digits.
[[nodiscard]] std::string random_node_id(RandomSource& random);

}  // namespace relay::node
