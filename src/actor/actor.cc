#include "actor/actor.h"

#include <algorithm>
#include <utility>

#include "actor/core.h"
#include "actor/realm.h"
#include "value/cycles.h"

namespace relay {
namespace {

// A collection looks at each live cell once or twice; so many of them cost one unit of the budget.
constexpr std::size_t kCellsPerUnit = 4;

}  // namespace

Actor::Actor(Realm& realm, const Parts& parts)
    : realm_(realm),
      heap_(parts.heap_limit),
      mailbox_(parts.mailbox),
      globals_(realm.program.globals.size()),
      host_(realm, *this, parts.caller),
      fiber_(owner(*this, parts.server)),
      id_(parts.id),
      wait_(realm, {parts.id, parts.caller, kNoDeadline, nullptr}) {}

Actor::~Actor() {
  HeapScope scope(heap_);
  fiber_.abandon();
  wait_.abandon();
  state_.reset();
  undo_.commit();
  globals_.clear();
  inbox_ = {};
}

FiberOwner Actor::owner(Actor& self, const bytecode::ServerInfo* server) {
  if (server != nullptr) self.state_.emplace(*server);
  return {.program = self.realm_.program,
          .host = self.host_,
          .state = server != nullptr ? &*self.state_ : nullptr,
          .undo = self.undo_,
          .globals = self.globals_,
          .owns_globals = server == nullptr,
          .max_depth = self.realm_.limits.max_depth};
}

Actor::TurnEnd Actor::turn(Core& core, Instant now) {
  HeapScope scope(heap_);
  core_ = &core;
  now_ = now;
  std::int64_t budget = realm_.limits.turn_budget;
  const bool has_expired = mailbox_.begin_turn(inbox_, now);
  take_controls();
  look_at_deadlines(has_expired);
  // What the last turn left to free comes first: else large values would pile up faster than they are freed.
  tidy(budget);
  while (budget > 0) {
    if (!go_on(budget)) return TurnEnd::kRest;
  }
  tidy(budget);
  mailbox_.yield();
  return TurnEnd::kMore;
}

bool Actor::go_on(std::int64_t& budget) {
  switch (phase_) {
    case Phase::kStopped: return false;
    case Phase::kWaiting: return wait_on();
    case Phase::kFree: return begin_or_rest(budget);
    case Phase::kRunning: break;
  }
  run_fiber(budget);
  return true;
}

bool Actor::wait_on() {
  const ActorId id = id_;
  Core& core = *core_;
  Instant alarm = kNoDeadline;
  if (mailbox_.suspend(inbox_, std::min(deadline_, wait_.deadline()), alarm) == Mailbox::Taken::kSomething) {
    take_controls();
    return true;
  }
  // From here on another core may run this actor.
  if (alarm != kNoDeadline) core.realm().set_alarm(id, alarm);
  return false;
}

bool Actor::begin_or_rest(std::int64_t& budget) {
  tidy(budget);
  const Began began = begin_next();
  pay(budget);
  if (began == Began::kSomething || budget <= 0) return true;
  fiber_.leave_room(core_->fiber_rooms());
  if (mailbox_.take_or_rest(inbox_) == Mailbox::Taken::kNothing) return false;
  take_controls();
  return true;
}

void Actor::begin_work(const bytecode::Function& function, std::span<Value> args, Instant deadline) {
  fiber_.take_room(core_->fiber_rooms());
  fiber_.start(function, args, Fiber::Arguments::kChecked);
  deadline_ = deadline;
  wait_.set_deadline(deadline);
  phase_ = Phase::kRunning;
}

void Actor::run_fiber(std::int64_t& budget) {
  if (heap_.is_over_limit() && !make_room(budget)) return;
  switch (fiber_.run(core_->caches(), budget)) {
    case Step::kOutOfBudget: budget = 0; return;
    case Step::kWaiting:
      before_send();
      phase_ = Phase::kWaiting;
      wait_.begin(fiber_);
      owe(wait_.take_packed_bytes());
      pay(budget);
      tidy(budget);
      return resume_if_over();
    case Step::kDone:
      phase_ = Phase::kFree;
      budget -= kMessageCost;
      finish(fiber_.take_result());
      return pay(budget);
    case Step::kError:
      phase_ = Phase::kFree;
      budget -= kMessageCost;
      return fail(fiber_.take_error());
  }
}

void Actor::take_growth() { globals_.resize(realm_.program.globals.size()); }

void Actor::take_controls() {
  if (inbox_.controls.empty()) [[likely]] return resume_if_over();
  std::vector<Control> controls;
  controls.swap(inbox_.controls);
  for (Control& control : controls) {
    if (std::holds_alternative<Control::Stop>(control.what)) return stop();
    if (std::holds_alternative<Control::Start>(control.what)) {
      on_start();
      continue;
    }
    if (const auto* order = std::get_if<Control::TakeBack>(&control.what)) {
      take_back(*order);
      continue;
    }
    if (const auto* order = std::get_if<Control::Interrupt>(&control.what)) {
      interrupt(*order);
      continue;
    }
    if (wait_.take(std::get<Control::Answer>(std::move(control.what))) == PendingWait::Taken::kTooLate) {
      realm_.late_replies.fetch_add(1, std::memory_order_relaxed);
    }
  }
  resume_if_over();
}

void Actor::interrupt(const Control::Interrupt& order) {
  const bool is_busy = phase_ == Phase::kRunning || phase_ == Phase::kWaiting;
  if (!is_busy || !works_for(order)) return drop_waiting(order);
  const Control::Interrupt onward{id_, wait_.number()};
  const bool was_waiting = phase_ == Phase::kWaiting;
  fiber_.abandon();
  wait_.abandon();
  phase_ = Phase::kFree;
  if (was_waiting) realm_.interrupt(onward);
  give_up(Why::kInterrupt);
}

void Actor::resume_if_over() {
  if (phase_ != Phase::kWaiting || !wait_.is_over()) return;
  wait_.resume(fiber_);
  phase_ = Phase::kRunning;
}

void Actor::look_at_deadlines(bool has_expired) {
  if (phase_ != Phase::kRunning && phase_ != Phase::kWaiting) return;
  if (has_expired) refuse_expired();
  if (is_past(deadline_)) {
    fiber_.abandon();
    wait_.abandon();
    phase_ = Phase::kFree;
    return give_up(Why::kDeadline);
  }
  if (phase_ != Phase::kWaiting) return;
  wait_.expire(now_);
  resume_if_over();
}

void Actor::stop() {
  const bool was_busy = phase_ != Phase::kFree;
  fiber_.abandon();
  wait_.abandon();
  phase_ = Phase::kStopped;
  if (was_busy) give_up(Why::kShutdown);
  refuse_all();
  realm_.note_stopped(id_);
}

void Actor::answer(std::unique_ptr<ReplySink>& sink, Reply reply) {
  HeapScope outside(core_->heap());
  sink->answer(std::move(reply));
  sink.reset();
}

void Actor::tidy(std::int64_t& budget) {
  if (heap_.should_collect()) collect_cycles(budget);
  if (heap_.has_dead() && !heap_.drain(kBlocksPerDrain)) budget = 0;
}

// Frees what nobody needs before the fiber is judged; false when the rest is to be freed first, in a later turn.
bool Actor::make_room(std::int64_t& budget) {
  if (heap_.cell_count() > 0) collect_cycles(budget);
  if (heap_.drain(kBlocksPerDrain)) return true;
  budget = 0;
  return false;
}

void Actor::free_unused() {
  std::int64_t spent = 0;
  if (heap_.cell_count() > 0) collect_cycles(spent);
  owed_ -= spent;
  const std::size_t before = heap_.bytes();
  heap_.drain(SIZE_MAX);
  owe(before - heap_.bytes());
}

void Actor::collect_cycles(std::int64_t& budget) {
  budget -= static_cast<std::int64_t>(heap_.cell_count() / kCellsPerUnit);
  CycleCollector collector(heap_);
  visit([&](const Value& root) { collector.mark(root); });
  collector.sweep();
}

void Actor::visit(const std::function<void(const Value&)>& visitor) const {
  fiber_.visit(visitor);
  wait_.visit(visitor);
  undo_.visit(visitor);
  if (state_) state_->visit(visitor);
  for (const Value& value : globals_) visitor(value);
}

}  // namespace relay
