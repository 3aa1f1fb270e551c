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
#include "value/json_reader.h"

namespace relay::mesh {

// The data of a `server_call`. Members that only Relay nodes send are optional.
//
// Wire: {"response_id", "call": {"server_name", "method", "args": [..] or {..}, "timeout": s}, "notify",
//        "left_ms", "inc", "series", "n", "target_inc", "attempt", "trace", "chain":
//        [{"node","server","method","call"}]}
struct CallMessage {
  std::string response_id;
  std::string server;
  std::string method;
  std::string_view args;  // JSON: an array, an object; empty: none
  Duration left{0};       // until the deadline, from `left_ms`, else from `timeout`, else kDefaultCallTimeout
  std::uint64_t origin_inc = 0;  // 0: from a foreign peer
  std::uint64_t series = 0;      // in which n counts; drawn at random by the origin
  std::uint64_t n = 0;           // counts the origin's calls to this target, from 1
  std::uint64_t target_inc = 0;  // 0: any
  std::uint32_t attempt = 1;
  bool is_notification = false;  // "notify": true: nobody waits, no reply is sent
  std::string trace;
  std::vector<ChainEntry> chain;
};

// Errors: kParse, or kTooLarge past a bound, naming the field. `args` is checked to be JSON of the right form
//         and depth, not read.
[[nodiscard]] Result<CallMessage> parse_call(std::string_view data, JsonText state = JsonText::kUnchecked);
// What only Relay nodes read is left out when `origin_inc` is 0. `left` is rounded up to milliseconds, at
// most kMaxCallTimeout.
void append_call(std::string& out, const CallMessage& call);

// The data of a `server_response`.
//
// Wire: {"response_id", "node_id", "success": true, "result"} or {"response_id", "node_id", "success": false,
//        "error", "code", "kind", "error_kind", "data", "ran", "node", "path", "retry_after_ms"}
//        `node`: where the failure arose, when that is not `node_id`. All but `response_id` and `success`
//        may be missing.
struct ResponseMessage {
  std::string response_id;
  std::string node_id;  // who answers; empty: it did not say
  bool success = false;
  std::string_view result;  // JSON, when success; "null" when none was sent
  Failure failure;          // else; thrown_json holds `data` of an application error; `where` the rest
};
// A failure of no known `kind` (a foreign peer's) is an application error that threw `data`, or the text of
// `error` when there is none; without `ran`, usual_ran() says it.
// Errors: kParse, or kTooLarge past a bound, naming the field.
[[nodiscard]] Result<ResponseMessage> parse_response(std::string_view data,
                                                     JsonText state = JsonText::kUnchecked);
void append_response(std::string& out, std::string_view response_id, std::string_view node_id,
                     std::string_view result_json);
void append_response(std::string& out, std::string_view response_id, std::string_view node_id,
                     const Failure& failure);

// Whether JSON that is to travel as arguments or result is nested deeper than a receiver reads (kMaxJsonDepth).
[[nodiscard]] bool is_too_deep(std::string_view json);

// Only `response_id`, for one who passes the message on. Errors: kParse.
[[nodiscard]] Result<std::string> response_id_of(std::string_view data,
                                                 JsonText state = JsonText::kUnchecked);

}  // namespace relay::mesh
