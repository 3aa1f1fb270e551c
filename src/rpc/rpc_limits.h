#pragma once

#include <chrono>
#include <cstddef>

#include "base/clock.h"
#include "value/json_reader.h"

namespace relay::rpc {

// Every bound of the JSON-RPC layer; each is a flag of the node (spec http.md, Limits).
struct Limits {
  // Calls in one batch. Enough for bulk loads, and one request cannot fill a mailbox (10,000) by itself.
  std::size_t max_batch = 1'000;
  // Bytes of one result as JSON. As large as a request's body: what a node takes in it can give back.
  std::size_t max_reply_bytes = 8u << 20;
  // Bytes of all results of one batch. Four full replies; a batch cannot multiply the bound by 1,000.
  std::size_t max_batch_reply_bytes = 32u << 20;
  // How long a call may take when the client names no time. What HTTP clients and proxies commonly wait.
  Duration call_timeout = std::chrono::seconds(30);
  // The longest time that a client may name (`timeout` of remote_call). A forgotten call ends in an hour.
  Duration max_call_timeout = std::chrono::hours(1);
  // Levels of arrays and objects in a request. Far above what people write, far below what harms a reader.
  std::size_t max_json_depth = kMaxJsonDepth;
  // What an overloaded answer asks a client to wait when the failure itself names no time: long enough for a
  // full mailbox to move on, short enough not to be felt.
  std::chrono::milliseconds retry_after = std::chrono::milliseconds(100);
};

}  // namespace relay::rpc
