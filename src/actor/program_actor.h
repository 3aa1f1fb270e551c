#pragma once

#include "actor/actor.h"
#include "actor/actor_system.h"
#include "actor/globals.h"

namespace relay {

// Top-level code: an actor that takes no messages, has no deadline and nobody can wait for. It owns the program's
// variables and publishes those that changed whenever it sends, waits or ends, so a handler sees them as they stood
// then (spec language.md, Servers).
//
// Bound: none on its heap: the memory of top-level code is its operator's to give.
class ProgramActor final : public Actor {
 public:
  // `then` runs behind it, unless it is null.
  ProgramActor(Realm& realm, ProgramObserver& observer, const bytecode::Function* then);
  ~ProgramActor() override;

  [[nodiscard]] WaitGraph::Place place() const override { return {"program", "main"}; }

 private:
  Began begin_next() override;
  void finish(Value result) override;
  void fail(ScriptError error) override;
  void give_up(Why) override {}
  void on_start() override;
  void refuse_all() override;
  void refuse_expired() override {}
  void take_back(const Control::TakeBack&) override {}
  void before_send() override;
  bool load(std::uint16_t, Value&) override { return false; }
  void visit(const std::function<void(const Value&)>& visitor) const override;

  ProgramObserver& observer_;
  GlobalsPublisher publisher_;
  const bytecode::Function* next_ = nullptr;  // what begins when nothing runs
  const bytecode::Function* then_;
};

}  // namespace relay
