#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "call/call.h"
#include "native/open_call.h"
#include "value/value.h"

namespace relay::native {

// What a handler is called with.
struct Invocation {
  std::size_t method = 0;   // place in the declaration
  std::vector<Value> args;  // one a parameter, of the declared type; of the current heap, so not to be kept
  CallChain chain;          // calls that wait for this one
};

// A server's code. It answers through `call`, before it returns or later, and keeps `call` for as long as it takes.
// Thread: any core, one call at a time. It must not block, and lets no exception through.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void handle(Invocation invocation, std::shared_ptr<OpenCall> call) = 0;
};

}  // namespace relay::native
