#pragma once

#include "actor/chained_sink.h"
#include "actor/message.h"

namespace relay {

struct Realm;

// Takes the answer of a call back to the actor that waits for it, by its id: an actor that has gone meanwhile, or does
// not wait any more, is not touched.
class ReplyToActor final : public ChainedSink {
 public:
  ReplyToActor(Realm& realm, ActorId actor, ActorId caller, WaitId wait, const CallChain& chain)
      : ChainedSink(chain), realm_(realm), actor_(actor), caller_(caller), wait_(wait) {}

  [[nodiscard]] Form form() const override { return Form::kValue; }
  void answer(Reply reply) override;
  [[nodiscard]] bool is_for(ActorId caller, WaitId wait) const { return caller_ == caller && wait_ == wait; }
  [[nodiscard]] bool is_for(const Control::Interrupt& order) const {
    return actor_ == order.waiter && wait_.number == order.wait;
  }

 private:
  Realm& realm_;
  const ActorId actor_;
  const ActorId caller_;  // in the graph of waiting; 0: not there
  const WaitId wait_;
};

}  // namespace relay
