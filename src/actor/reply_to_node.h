#pragma once

#include <memory>

#include "actor/wait_graph.h"

namespace relay {

// The answer of a call that an actor of another node waits for: takes it out of the graph of waiting before it goes.
class ReplyToNode final : public ReplySink {
 public:
  // `sink` takes it there.
  ReplyToNode(WaitGraph& graph, CallId call, std::unique_ptr<ReplySink> sink)
      : graph_(graph), call_(std::move(call)), sink_(std::move(sink)) {}
  ~ReplyToNode() override {
    if (sink_ != nullptr) graph_.remove_arrived(call_);
  }

  [[nodiscard]] Form form() const override { return sink_->form(); }
  [[nodiscard]] std::size_t max_json_bytes() const override { return sink_->max_json_bytes(); }
  void answer(Reply reply) override {
    graph_.remove_arrived(call_);
    std::exchange(sink_, nullptr)->answer(std::move(reply));
  }
  // Its message has left the mailbox.
  void begin() { graph_.begin_arrived(call_); }
  [[nodiscard]] const CallId& call() const { return call_; }

 private:
  WaitGraph& graph_;
  const CallId call_;
  std::unique_ptr<ReplySink> sink_;
};

}  // namespace relay
