#include "actor/server_actor.h"

#include <utility>

#include "actor/binding.h"
#include "actor/core.h"
#include "actor/outcome.h"
#include "actor/realm.h"
#include "actor/reply_to_actor.h"
#include "actor/reply_to_node.h"
#include "value/json_writer.h"
#include "value/sole_bytes.h"
#include "value/string.h"

namespace relay {
namespace {

// How errors and deadlocks name the evaluation of a server's defaults.
constexpr std::string_view kDefaultsPlace = "state";

std::string refusal_text(WaitGraph::Place place, Errc code, Ran ran) {
  std::string text = "method " + quoted(place);
  if (code == Errc::kShuttingDown) return text + (ran == Ran::kNo ? " did not run" : " was stopped") + ": the server stops";
  return text + (ran == Ran::kNo ? " did not run: its deadline passed before its turn" : " was stopped: its deadline passed");
}

bool is_meant(const Control::TakeBack& order, const Message& message) {
  if (order.caller == 0) {
    const auto* sink = dynamic_cast<const ReplyToNode*>(message.sink.get());
    return sink != nullptr && sink->call() == order.call;
  }
  const auto* sink = dynamic_cast<const ReplyToActor*>(message.sink.get());
  return sink != nullptr && sink->is_for(order.caller, order.wait);
}

bool is_meant(const Control::Interrupt& order, const Message& message) {
  const auto* sink = dynamic_cast<const ReplyToActor*>(message.sink.get());
  return sink != nullptr && sink->is_for(order);
}

}  // namespace

ServerActor::ServerActor(Realm& realm, ActorId id, const bytecode::ServerInfo& info)
    : Actor(realm, {.id = id,
                    .caller = id,
                    .server = &info,
                    .mailbox = {realm.limits.mailbox_messages, realm.limits.mailbox_bytes},
                    .heap_limit = realm.limits.heap_bytes}),
      info_(info),
      has_defaults_(info.initializer == nullptr) {}

ServerActor::~ServerActor() {
  HeapScope scope(heap_);
  args_.clear();
  message_ = {};
}

WaitGraph::Place ServerActor::place() const {
  if (in_defaults_ || message_.method == nullptr) return {info_.name, kDefaultsPlace};
  return place_of(message_);
}

WaitGraph::Place ServerActor::place_of(const Message& message) const {
  return {info_.name, string::text(message.method->name)};
}

Actor::Began ServerActor::begin_next() {
  if (start_asked_ && !has_defaults_) {
    set_no_chain();
    begin_defaults(now_ + realm_.limits.notify_deadline);
    return Began::kSomething;
  }
  while (!inbox_.messages.empty()) {
    message_ = std::move(inbox_.messages.back());
    inbox_.messages.pop_back();
    if (is_past(message_.deadline)) {
      refuse(message_, Errc::kTimeout, Ran::kNo);
      continue;
    }
    if (message_.is_chained) {
      take_chain();
    } else {
      set_no_chain();
    }
    if (!has_defaults_) {
      begin_defaults(message_.deadline);
      return Began::kSomething;
    }
    if (begin_message()) return Began::kSomething;
  }
  return Began::kNothing;
}

void ServerActor::take_chain() {
  set_chain(static_cast<const ChainedSink&>(*message_.sink).chain());
  if (auto* sink = dynamic_cast<ReplyToNode*>(message_.sink.get())) sink->begin();
}

void ServerActor::begin_defaults(Instant deadline) {
  start_asked_ = false;
  in_defaults_ = true;
  globals_copy_.refresh(realm_.globals, globals_);
  begin_work(*info_.initializer, {}, deadline);
}

bool ServerActor::begin_message() {
  globals_copy_.refresh(realm_.globals, globals_);
  std::string why;
  owe(message_.args.bytes());
  const BindingTarget target{realm_.program, info_.name, *message_.method};
  if (!bind_arguments(target, std::move(message_.args).open(), message_.form, message_.source, args_, why)) {
    answer_message(make_failure(Errc::kInvalidParams, std::move(why), Ran::kNo));
    return false;
  }
  begin_work(*message_.method->function, args_, message_.deadline);
  return true;
}

void ServerActor::finish(Value result) {
  if (in_defaults_) return finish_defaults();
  Reply reply = make_reply(std::move(result));
  if (!fits_memory()) return fail_over_limit();
  if (std::holds_alternative<Failure>(reply)) {
    rollback();
  } else {
    commit();
  }
  answer_message(std::move(reply));
}

void ServerActor::finish_defaults() {
  if (!fits_memory()) return fail_over_limit();
  in_defaults_ = false;
  has_defaults_ = true;
  commit();
  if (message_.method != nullptr) (void)begin_message();
}

Reply ServerActor::make_reply(Value result) {
  if (message_.sink == nullptr) return Parcel();
  if (message_.sink->form() == ReplySink::Form::kJson) {
    std::string json;
    const std::size_t most = message_.sink->max_json_bytes();
    if (append_json(json, result, most)) {
      owe(json.size());
      return json;
    }
    return make_failure(Errc::kTooLarge,
                        "the result of " + quoted(place()) + " is larger than " + std::to_string(most) + " bytes", Ran::kYes);
  }
  Result<Parcel> packed = pack(std::move(result));
  if (packed) {
    owe(packed->bytes());
    return std::move(*packed);
  }
  return to_failure(runtime_error("argument", std::move(packed.error().detail)), ReplySink::Form::kValue, SIZE_MAX);
}

void ServerActor::fail(ScriptError error) {
  rollback();
  in_defaults_ = false;
  const ReplySink* sink = message_.sink.get();
  Failure failure = sink == nullptr ? to_failure(std::move(error), ReplySink::Form::kJson, SIZE_MAX)
                                    : to_failure(std::move(error), sink->form(), sink->max_json_bytes());
  answer_message(std::move(failure));
}

void ServerActor::give_up(Why why) {
  rollback();
  in_defaults_ = false;
  refuse(message_, why != Why::kShutdown ? Errc::kTimeout : Errc::kShuttingDown, Ran::kYes);
}

void ServerActor::on_start() { start_asked_ = true; }

void ServerActor::refuse_all() {
  std::vector<Message> left;
  left.reserve(inbox_.messages.size());
  while (!inbox_.messages.empty()) {
    left.push_back(std::move(inbox_.messages.back()));
    inbox_.messages.pop_back();
  }
  mailbox_.close(left);
  for (Message& message : left) refuse(message, Errc::kShuttingDown, Ran::kNo);
}

void ServerActor::refuse_expired() {
  std::vector<Message> expired;
  mailbox_.take_expired(now_, inbox_, expired);
  for (Message& message : expired) refuse(message, Errc::kTimeout, Ran::kNo);
}

void ServerActor::take_back(const Control::TakeBack& order) {
  std::optional<Message> message =
      mailbox_.take_first(inbox_, [&](const Message& candidate) { return is_meant(order, candidate); });
  if (!message) return;
  const WaitGraph::Place where = place_of(*message);
  std::string text = "deadlock: " + order.cycle + " -> ";
  text.append(where.server).append(".").append(where.method).append("@").append(realm_.world.node_id);
  answer(message->sink, make_failure(Errc::kDeadlock, std::move(text), Ran::kNo));
  core_->count_finished();
}

// Nobody reads the refusal: who would wait for it has given up.
bool ServerActor::works_for(const Control::Interrupt& order) const { return is_meant(order, message_); }

void ServerActor::drop_waiting(const Control::Interrupt& order) {
  const auto is_of_order = [&](const Message& candidate) { return is_meant(order, candidate); };
  while (std::optional<Message> message = mailbox_.take_first(inbox_, is_of_order)) {
    refuse(*message, Errc::kTimeout, Ran::kNo);
  }
}

void ServerActor::refuse(Message& message, Errc code, Ran ran) {
  const WaitGraph::Place where = message.method == nullptr ? place() : place_of(message);
  Failure failure = make_failure(code, refusal_text(where, code, ran), ran);
  if (message.sink != nullptr) {
    answer(message.sink, std::move(failure));
  } else if (code != Errc::kShuttingDown) {
    realm_.failures.note(where, failure);
  }
  if (message.method == nullptr) return;
  message = {};
  core_->count_finished();
}

void ServerActor::answer_message(Reply reply) {
  if (message_.sink != nullptr) {
    answer(message_.sink, std::move(reply));
  } else if (const auto* failure = std::get_if<Failure>(&reply)) {
    realm_.failures.note(place(), *failure);
  }
  if (message_.method == nullptr) return;
  message_ = {};
  core_->count_finished();
}

bool ServerActor::fits_memory() {
  if (!heap_.is_over_limit()) [[likely]] return true;
  free_unused();
  if (!heap_.is_over_limit()) return true;
  SoleBytes replaced(heap_.bytes() - heap_.limit());
  const auto count = [&](const Value& value) { replaced.add(value); };
  state_->visit_replaced(count);
  undo_.visit(count);
  return replaced.is_enough();
}

void ServerActor::fail_over_limit() { fail(over_limit("this server", heap_)); }

void ServerActor::commit() {
  state_->commit();
  undo_.commit();
}

void ServerActor::rollback() {
  state_->rollback();
  undo_.rollback();
}

}  // namespace relay
