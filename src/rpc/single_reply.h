#pragma once

#include <memory>
#include <string>

#include "call/reply.h"
#include "rpc/answer.h"
#include "rpc/response.h"
#include "rpc/rpc_limits.h"

namespace relay::rpc {

// Turns the reply of a request that came alone into the answer of its body.
//
// Invariant: the answer is given exactly once; a sink that is destroyed unanswered gives an internal error.
// Thread: as ReplySink.
class SingleReply final : public ReplySink {
 public:
  SingleReply(std::unique_ptr<AnswerSink> sink, std::string_view id, const Limits& limits,
              ErrorDetail detail);
  ~SingleReply() override;

  [[nodiscard]] Form form() const override { return Form::kJson; }
  [[nodiscard]] std::size_t max_json_bytes() const override { return max_bytes_; }
  void answer(Reply reply) override;

 private:
  std::unique_ptr<AnswerSink> sink_;  // null once answered
  std::string id_;
  std::size_t max_bytes_;
  FailureStyle style_;
};

}  // namespace relay::rpc
