#pragma once

#include <utility>

#include "call/call.h"

namespace relay {

// The answer of a call that perhaps others wait for beside its caller: calls of other nodes, which what is called meanwhile
// must carry on.
class ChainedSink : public ReplySink {
 public:
  [[nodiscard]] const CallChain& chain() const { return chain_; }

 protected:
  explicit ChainedSink(CallChain chain) : chain_(std::move(chain)) {}

 private:
  const CallChain chain_;
};

}  // namespace relay
