#pragma once

#include "call/call.h"

namespace relay {

// The only way to a server's methods, local or elsewhere.
//
// Invariant: each accepted call is answered exactly once through its sink, with a value or a typed failure.
// Errors: never by exception or return value; a call that cannot be accepted is answered at once.
// Thread: any core.
class CallPort {
 public:
  virtual ~CallPort() = default;
  virtual void call(Call call) = 0;
};

}  // namespace relay
