#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "call/call.h"
#include "rpc/error_table.h"
#include "rpc/rpc_limits.h"
#include "value/symbol_table.h"

namespace relay::rpc {

// Why no call is made of a request.
struct RequestFault {
  ErrorRow row;
  std::string detail;
};

// One request of a body, judged alone.
struct Request {
  std::string_view id;  // as it stood in the body; empty: a notification; "null" when it could not be read
  std::optional<RequestFault> fault;
  Call call;            // all but deadline and sink; not meant to be used when there is a fault
  Duration timeout{0};  // the client's own; 0: none named
};

// A whole body.
// Bound: `requests` holds at most Limits::max_batch; `count` says how many there were.
struct RequestList {
  bool is_batch = false;
  std::size_t count = 0;
  std::vector<Request> requests;
};

// Reads one request or a batch (spec http.md, JSON-RPC). Unknown members are ignored; of a duplicate member
// the last one counts. Ids point into `body`.
// Errors: kParse when the body is not JSON as a whole; what is wrong with one request stands in its `fault`.
[[nodiscard]] Result<RequestList> read_requests(std::string_view body, const Limits& limits,
                                                const SymbolTable* symbols);

}  // namespace relay::rpc
