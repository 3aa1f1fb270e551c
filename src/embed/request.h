#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "call/call.h"
#include "native/declaration.h"
#include "native/open_call.h"
#include "relay/server.h"

namespace relay::api {

// What a Request shows, and what goes on with calls made within it.
struct Request::Impl {
  std::shared_ptr<const native::Declaration> declaration;
  const bytecode::Function* function = nullptr;  // what is declared of the method; the declaration's
  std::string method;
  Array args;
  Instant deadline = kNoDeadline;
  bool has_caller = false;
  CallChain chain;  // calls that wait for this one
  std::weak_ptr<const native::OpenCall> open_call;
};

}  // namespace relay::api
