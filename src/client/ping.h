#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "client/http_client.h"
#include "client/rpc_text.h"

namespace relay::client {

// What one ping came to.
struct Ping {
  std::optional<RpcError> error;  // why the node was not reached
  std::string node;               // who answered; empty: the asked node, which is meant itself
  std::string path;               // "a -> b -> c", from the asked node to the one that answered
  std::string path_json;          // the same as the nodes told it; an array
  Duration round_trip{0};         // of the whole request, the connection to the asked node included
};

// Asks the node `name` through the node of `client` for a server that no program can have: its refusal has
// made the whole way there and back, as a call would, and ran nothing. Errors: those of HttpClient; kIo for
// an answer that no node gives.
[[nodiscard]] Result<Ping> ping_node(const HttpClient& client, std::string_view name);

}  // namespace relay::client
