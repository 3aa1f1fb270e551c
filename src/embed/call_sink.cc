#include "embed/call_sink.h"

#include <exception>
#include <utility>

#include "base/log.h"
#include "embed/convert.h"
#include "embed/errors.h"

namespace relay::embed {
namespace {

api::Result<api::Value> result_of(relay::Reply reply) {
  if (auto* parcel = std::get_if<Parcel>(&reply)) return to_api(std::move(*parcel));
  if (auto* failure = std::get_if<Failure>(&reply)) return to_api(std::move(*failure));
  return api::Value::from_json(std::get<std::string>(reply));
}

}  // namespace

CallSink::~CallSink() {
  if (!done_) return;
  api::Error error = make_error(api::ErrorKind::kUnknownOutcome, "the node stopped before the answer came");
  error.ran = api::Ran::kUnknown;
  tell(std::move(error));
}

void CallSink::answer(relay::Reply reply) {
  tell(result_of(std::move(reply)));
}

void CallSink::tell(api::Result<api::Value> result) {
  const api::CallDone done = std::exchange(done_, nullptr);
  try {
    done(std::move(result));
  } catch (const std::exception& error) {
    log(LogLevel::kError, "the callback of a call threw", {{"error", error.what()}});
  }
}

}  // namespace relay::embed
