#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "native/declaration.h"
#include "relay/server.h"

namespace relay::api {

struct Request::Impl {
  std::shared_ptr<const native::Declaration> declaration;
  const bytecode::Function* function = nullptr;  // what is declared of the method; the declaration's
  std::string method;
  Array args;
  Instant deadline = kNoDeadline;
  bool has_caller = false;
};

}  // namespace relay::api
