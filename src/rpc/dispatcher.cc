#include "rpc/dispatcher.h"

#include "rpc/batch_reply.h"
#include "rpc/request.h"
#include "rpc/response.h"
#include "rpc/single_reply.h"

namespace relay::rpc {
namespace {

// The answer to a body that is no request at all.
void refuse(AnswerSink& sink, ErrorRow row, std::string_view detail, std::string_view id) {
  Answer answer{400, {}};
  append_error(answer.body, row, detail, id);
  sink.answer(std::move(answer));
}

}  // namespace

Dispatcher::Dispatcher(CallPort& calls, const Clock& clock, const Limits& limits, ErrorDetail detail,
                       const SymbolTable* symbols)
    : calls_(calls), clock_(clock), limits_(limits), detail_(detail), symbols_(symbols) {}

void Dispatcher::dispatch(std::string_view body, std::unique_ptr<AnswerSink> sink) {
  Result<RequestList> read = read_requests(body, limits_, symbols_);
  if (!read) return refuse(*sink, kParseError, read.error().detail, kNullId);
  RequestList& list = *read;
  if (!list.is_batch) return dispatch_single(list.requests.front(), std::move(sink));
  if (list.count == 0) return refuse(*sink, kInvalidRequest, "an empty batch", kNullId);
  if (list.count > limits_.max_batch) {
    return refuse(*sink, kInvalidRequest,
                  "a batch of " + std::to_string(list.count) + " calls; at most " +
                      std::to_string(limits_.max_batch) + " are allowed",
                  kNullId);
  }
  dispatch_batch(list, std::move(sink));
}

void Dispatcher::dispatch_single(Request& request, std::unique_ptr<AnswerSink> sink) {
  const bool is_notification = request.id.empty();
  if (!request.fault) {
    std::unique_ptr<ReplySink> reply;
    if (!is_notification)
      reply = std::make_unique<SingleReply>(std::move(sink), request.id, limits_, detail_);
    send(request, clock_.now(), std::move(reply));
    if (is_notification) sink->answer({204, {}});
    return;
  }
  if (is_notification) return sink->answer({204, {}});
  const auto& [row, detail] = *request.fault;
  if (row.code == kInvalidRequest.code) return refuse(*sink, row, detail, request.id);
  Answer answer;
  append_error(answer.body, row, detail, request.id);
  sink->answer(std::move(answer));
}

void Dispatcher::dispatch_batch(RequestList& list, std::unique_ptr<AnswerSink> sink) {
  const Instant now = clock_.now();
  BatchReply* batch = BatchReply::open(std::move(sink), list.requests.size(), limits_, detail_);
  for (Request& request : list.requests) {
    const bool is_notification = request.id.empty();
    if (!request.fault) {
      send(request, now, is_notification ? nullptr : batch->add(request.id));
    } else if (!is_notification) {
      batch->add_error(request.fault->row, request.fault->detail, request.id);
    }
  }
  batch->close();
}

void Dispatcher::send(Request& request, Instant now, std::unique_ptr<ReplySink> sink) {
  const Duration timeout = request.timeout > Duration::zero() ? request.timeout : limits_.call_timeout;
  request.call.deadline = now + timeout;
  request.call.sink = std::move(sink);
  calls_.call(std::move(request.call));
}

}  // namespace relay::rpc
