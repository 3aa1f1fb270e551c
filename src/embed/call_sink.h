#pragma once

#include <utility>

#include "call/reply.h"
#include "relay/node.h"

namespace relay::embed {

// Takes the answer of a call made by C++ code to its callback.
//
// Invariant: the callback is called exactly once: a sink that goes unanswered, with the end of the node, says kUnknownOutcome.
class CallSink final : public ReplySink {
 public:
  explicit CallSink(api::CallDone done) : done_(std::move(done)) {}
  ~CallSink() override;

  [[nodiscard]] Form form() const override { return Form::kValue; }
  void answer(relay::Reply reply) override;
  // The call could not be made.
  void fail(api::Error error) { tell(std::move(error)); }

 private:
  void tell(api::Result<api::Value> result);

  api::CallDone done_;  // empty once called
};

}  // namespace relay::embed
