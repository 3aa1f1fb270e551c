#include "embed/errors.h"

#include <utility>

#include "embed/convert.h"
#include "relay/result.h"

namespace relay::embed {

static_assert(to_errc(api::ErrorKind::kInvalidParams) == Errc::kInvalidParams);
static_assert(to_errc(api::ErrorKind::kServerNotFound) == Errc::kServerNotFound);
static_assert(to_errc(api::ErrorKind::kMethodNotFound) == Errc::kMethodNotFound);
static_assert(to_errc(api::ErrorKind::kApplication) == Errc::kApplication);
static_assert(to_errc(api::ErrorKind::kRuntime) == Errc::kRuntime);
static_assert(to_errc(api::ErrorKind::kDeadlock) == Errc::kDeadlock);
static_assert(to_errc(api::ErrorKind::kOverloaded) == Errc::kOverloaded);
static_assert(to_errc(api::ErrorKind::kTimeout) == Errc::kTimeout);
static_assert(to_errc(api::ErrorKind::kUnknownNode) == Errc::kUnknownNode);
static_assert(to_errc(api::ErrorKind::kNoRoute) == Errc::kNoRoute);
static_assert(to_errc(api::ErrorKind::kUnreachable) == Errc::kUnreachable);
static_assert(to_errc(api::ErrorKind::kTtlExceeded) == Errc::kTtlExceeded);
static_assert(to_errc(api::ErrorKind::kTooLarge) == Errc::kTooLarge);
static_assert(to_errc(api::ErrorKind::kDenied) == Errc::kDenied);
static_assert(to_errc(api::ErrorKind::kShuttingDown) == Errc::kShuttingDown);
static_assert(to_errc(api::ErrorKind::kUnknownOutcome) == Errc::kUnknownOutcome);
static_assert(to_errc(api::ErrorKind::kParse) == Errc::kParse);
static_assert(to_errc(api::ErrorKind::kIo) == Errc::kIo);
static_assert(to_errc(api::ErrorKind::kInternal) == Errc::kInternal);
static_assert(static_cast<relay::Ran>(api::Ran::kNo) == relay::Ran::kNo);
static_assert(static_cast<relay::Ran>(api::Ran::kYes) == relay::Ran::kYes);
static_assert(static_cast<relay::Ran>(api::Ran::kUnknown) == relay::Ran::kUnknown);

namespace {

api::Value thrown_value(Failure& failure) {
  if (failure.thrown_json.empty()) return to_api(std::move(failure.thrown));
  api::Result<api::Value> read = api::Value::from_json(failure.thrown_json);
  return read ? std::move(*read) : api::Value(failure.thrown_json);
}

}  // namespace

api::Error to_api(const relay::Error& error) {
  return make_error(to_kind(error.code), error.detail);
}

api::Error to_api(Failure failure) {
  api::Error error = make_error(to_kind(failure.code), std::move(failure.message));
  if (failure.code == Errc::kApplication) error.data = thrown_value(failure);
  error.error_kind = std::move(failure.error_kind);
  error.ran = static_cast<api::Ran>(failure.ran);
  error.retry_after = failure.retry_after;
  if (failure.where != nullptr) {
    error.node = std::move(failure.where->node);
    error.path = std::move(failure.where->path);
  }
  return error;
}

api::Error make_error(api::ErrorKind kind, std::string message) {
  api::Error error;
  error.kind = kind;
  error.message = std::move(message);
  return error;
}

api::Error must_not_wait() {
  return make_error(api::ErrorKind::kDeadlock,
                    "a handler or callback on a core must not wait: use the function that takes a callback");
}

api::Error not_running() {
  return make_error(api::ErrorKind::kShuttingDown, "the node does not run");
}

}  // namespace relay::embed
