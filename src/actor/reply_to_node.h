#pragma once

#include <memory>
#include <utility>

#include "actor/chained_sink.h"
#include "actor/wait_graph.h"

namespace relay {

// The answer of a call that an actor of another node waits for: takes it out of the graph of waiting before it goes.
class ReplyToNode final : public ChainedSink {
 public:
  // The call is the last numbered entry of its chain; `sink` takes the answer there.
  ReplyToNode(WaitGraph& graph, CallChain chain, std::unique_ptr<ReplySink> sink)
      : ChainedSink(std::move(chain)), graph_(graph), sink_(std::move(sink)) {}
  ~ReplyToNode() override {
    if (sink_ != nullptr) graph_.remove_arrived(call());
  }

  [[nodiscard]] Form form() const override { return sink_->form(); }
  [[nodiscard]] std::size_t max_json_bytes() const override { return sink_->max_json_bytes(); }
  void answer(Reply reply) override {
    graph_.remove_arrived(call());
    std::exchange(sink_, nullptr)->answer(std::move(reply));
  }
  // Its message has left the mailbox.
  void begin() { graph_.begin_arrived(call()); }
  [[nodiscard]] CallId call() const { return id_of(*last_numbered(*chain())); }

 private:
  WaitGraph& graph_;
  std::unique_ptr<ReplySink> sink_;
};

}  // namespace relay
