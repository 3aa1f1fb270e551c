#include "actor/program_actor.h"

#include <utility>
#include <vector>

#include "actor/realm.h"

namespace relay {

ProgramActor::ProgramActor(Realm& realm, ProgramObserver& observer, const bytecode::Function* then)
    : Actor(realm, {.id = realm.directory.program_id(), .heap_limit = realm.limits.heap_bytes}),
      observer_(observer),
      publisher_(realm.program),
      then_(then) {}

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

void ProgramActor::finish(Value result) {
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
