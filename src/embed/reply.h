#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "native/open_call.h"
#include "relay/server.h"

namespace relay::api {

// An open call in the hands of a handler.
//
// A Reply that goes while its handler still runs goes perhaps because the handler throws: then what it throws is the answer.
// So the end of the handler decides.
struct Reply::Impl {
  enum class Phase { kHandling, kDroppedWhileHandling, kHandled };

  explicit Impl(std::shared_ptr<native::OpenCall> open_call) : call(std::move(open_call)) {}

  // The handler has returned.
  void handled();
  void dropped();

  const std::shared_ptr<native::OpenCall> call;
  std::atomic<Phase> phase{Phase::kHandling};
};

}  // namespace relay::api

namespace relay::embed {

// Answers with a value of the API, in the form that the caller wants and of the type that the method declares.
bool answer(native::OpenCall& call, const api::Value& result);
bool answer_thrown(native::OpenCall& call, const api::Value& thrown);
bool answer_error(native::OpenCall& call, const api::Error& error);
// kRuntime
bool answer_runtime(native::OpenCall& call, std::string error_kind, std::string message);

}  // namespace relay::embed
