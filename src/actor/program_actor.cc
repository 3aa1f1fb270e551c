#include "actor/program_actor.h"

#include <utility>
#include <vector>

#include "actor/realm.h"

namespace relay {

ProgramActor::ProgramActor(Realm& realm, ProgramObserver& observer, const bytecode::Function* then)
    : Actor(realm, {.id = realm.directory.program_id(), .heap_limit = realm.limits.heap_bytes}),
      observer_(observer),
      then_(then) {
  define();
}

ProgramActor::~ProgramActor() {
  HeapScope scope(heap_);
  publisher_.forget();
}

void ProgramActor::on_start() { next_ = realm_.program.main; }

Actor::Began ProgramActor::begin_next() {
  if (next_ == nullptr) return Began::kNothing;
  begin_work(*std::exchange(next_, nullptr), {}, kNoDeadline);
  return Began::kSomething;
}

void ProgramActor::take_growth() {
  Actor::take_growth();
  define();
}

// Handlers that run before the first line of the program know what it defines.
void ProgramActor::define() {
  HeapScope scope(heap_);
  publisher_.take_growth(realm_.program);
  for (const bytecode::Definition& definition : realm_.program.definitions) {
    globals_[definition.slot] = definition.content;
  }
  if (!realm_.program.definitions.empty()) before_send();
}

void ProgramActor::give_up(Why why) {
  if (why != Why::kInterrupt) return;
  before_send();
  observer_.on_program_interrupted();
}

void ProgramActor::drop_waiting(const Control::Interrupt& order) {
  if (order.waiter == 0 && std::exchange(next_, nullptr) != nullptr) observer_.on_program_interrupted();
}

void ProgramActor::finish(Value result) {
  if (const auto slot = realm_.program.last_value; slot && !result.is_nil()) globals_[*slot] = result;
  before_send();
  next_ = std::exchange(then_, nullptr);
  if (next_ == nullptr) observer_.on_program_end(result);
}

void ProgramActor::fail(ScriptError error) {
  before_send();
  observer_.on_program_error(error);
}

void ProgramActor::before_send() { publisher_.publish(globals_, realm_.globals); }

void ProgramActor::refuse_all() {
  std::vector<Message> none;
  mailbox_.close(none);
}

void ProgramActor::visit(const std::function<void(const Value&)>& visitor) const {
  Actor::visit(visitor);
  publisher_.visit(visitor);
}

}  // namespace relay
