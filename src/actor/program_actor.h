#pragma once

#include "actor/actor.h"
#include "actor/actor_system.h"
#include "actor/globals.h"

namespace relay {

// Top-level code: an actor that takes no messages, has no deadline and nobody can wait for. It owns the program's
// variables and publishes those that changed whenever it sends, waits or ends, so a handler sees them as they stood
// then (spec language.md, Servers). Each start runs the program's newest top-level code: a session has many.
//
// Bound: none on its heap: the memory of top-level code is its operator's to give.
class ProgramActor final : public Actor {
 public:
  // `then` runs behind it, unless it is null.
  ProgramActor(Realm& realm, ProgramObserver& observer, const bytecode::Function* then);
  ~ProgramActor() override;

  [[nodiscard]] WaitGraph::Place place() const override { return {"program", "main"}; }
  void take_growth() override;

 private:
  Began begin_next() override;
  void finish(Value result) override;
  void fail(ScriptError error) override;
  void give_up(Why why) override;
  void on_start() override;
  void refuse_all() override;
  void refuse_expired() override {}
  void take_back(const Control::TakeBack&) override {}
  [[nodiscard]] bool works_for(const Control::Interrupt& order) const override { return order.waiter == 0; }
  void drop_waiting(const Control::Interrupt& order) override;
  void before_send() override;
  bool load(std::uint16_t, Value&) override { return false; }
  void visit(const std::function<void(const Value&)>& visitor) const override;

  void define();

  ProgramObserver& observer_;
  GlobalsPublisher publisher_;
  const bytecode::Function* next_ = nullptr;  // what begins when nothing runs
  const bytecode::Function* then_;
};

}  // namespace relay
