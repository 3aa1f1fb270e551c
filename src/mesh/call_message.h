#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "call/call.h"
#include "call/reply.h"

namespace relay::mesh {

// The data of a `server_call`. Members that only Relay nodes send are optional.
//
// Wire: {"response_id", "call": {"server_name", "method", "args": [..] or {..}, "timeout": s},
//        "left_ms", "inc", "n", "target_inc", "attempt", "trace", "chain":
//        [{"node","server","method","call"}]}
struct CallMessage {
  std::string response_id;
  std::string server;
  std::string method;
  std::string_view args;  // JSON: an array, an object; empty: none
  Duration left{0};       // until the deadline, from `left_ms`, else from `timeout`, else kDefaultCallTimeout
  std::uint64_t origin_inc = 0;  // 0: from a foreign peer
  std::uint64_t n = 0;           // counts the origin's calls to this target, from 1
  std::uint64_t target_inc = 0;  // 0: any
  std::uint32_t attempt = 1;
  bool is_notification = false;  // "notify": true: nobody waits, no reply is sent
  std::string trace;
  std::vector<ChainEntry> chain;
};

// Errors: kParse, naming the field. `args` is checked to be JSON of the right form, not read.
[[nodiscard]] Result<CallMessage> parse_call(std::string_view data);
void append_call(std::string& out, const CallMessage& call);

// The data of a `server_response`.
//
// Wire: {"response_id", "node_id", "success": true, "result"} or {"response_id", "node_id", "success": false,
// "error",
//        "code", "kind", "error_kind", "data", "path", "ran", "retry_after_ms"}
struct ResponseMessage {
  std::string response_id;
  std::string node_id;  // who answers
  bool success = false;
  std::string_view result;  // JSON, when success; "null" when none was sent
  Failure failure;          // else; thrown_json holds `data` of an application error; `where` the rest
};
// Errors: kParse, naming the field. A failure without `kind` (a foreign peer's) is an application error.
[[nodiscard]] Result<ResponseMessage> parse_response(std::string_view data);
void append_response(std::string& out, std::string_view response_id, std::string_view node_id,
                     std::string_view result_json);
void append_response(std::string& out, std::string_view response_id, std::string_view node_id,
                     const Failure& failure);

// Only `response_id`, for one who passes the message on. Errors: kParse.
[[nodiscard]] Result<std::string> response_id_of(std::string_view data);

}  // namespace relay::mesh
