#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "call/call_port.h"
#include "rpc/answer.h"
#include "rpc/rpc_limits.h"
#include "value/symbol_table.h"

namespace relay::rpc {

struct Request;
struct RequestList;

// JSON-RPC 2.0 without sockets: the text of one request or batch in, calls out, one answer back (spec
// http.md, JSON-RPC). The text is read whole before the first call is made, so broken text never runs half a
// batch; all calls of a batch are made before any is awaited.
//
// Bound:  Limits. Nothing is kept between requests; what a request holds lives in the sinks of its calls.
// Errors: always as the answer, never by exception: each row of docs/errors.md.
// Thread: any; the port and the clock must outlive all open calls.
class Dispatcher {
 public:
  // `symbols` (may be null, must be filled): the program's strings, which keys of objects then share.
  Dispatcher(CallPort& calls, const Clock& clock, const Limits& limits, ErrorDetail detail,
             const SymbolTable* symbols);

  // `body` is needed only during this call. `sink` is answered exactly once: before dispatch() returns, or
  // later on whatever core the last reply comes from.
  void dispatch(std::string_view body, std::unique_ptr<AnswerSink> sink);

 private:
  void dispatch_single(Request& request, std::unique_ptr<AnswerSink> sink);
  void dispatch_batch(RequestList& list, std::unique_ptr<AnswerSink> sink);
  void send(Request& request, Instant now, std::unique_ptr<ReplySink> sink);

  CallPort& calls_;
  const Clock& clock_;
  Limits limits_;
  ErrorDetail detail_;
  const SymbolTable* symbols_;
};

}  // namespace relay::rpc
