#include "actor/pending_wait.h"

#include <algorithm>
#include <utility>

#include "actor/core.h"
#include "actor/outcome.h"
#include "actor/realm.h"
#include "actor/reply_to_actor.h"
#include "value/array.h"
#include "value/display.h"
#include "value/json_reader.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

std::string timeout_text(const std::string& target, Duration limit) {
  std::string text = "no reply from " + target + " within ";
  append_number(text, std::chrono::duration<double>(limit).count());
  return text + " seconds";
}

Value one_entry(std::string_view key, Value content) {
  Value entry = object::make();
  object::set(entry, string::make(key), std::move(content));
  return entry;
}

}  // namespace

void PendingWait::begin(Fiber& fiber) {
  Wait wait = fiber.take_wait();
  ++number_;
  kind_ = Kind::kOne;
  open_ = 1;
  deadline_ = kNoDeadline;
  parts_.clear();
  parts_.resize(1);
  values_.clear();
  values_.resize(1);
  error_.reset();
  if (auto* call = std::get_if<CallWait>(&wait)) return begin_call(std::move(*call));
  if (auto* calls = std::get_if<CallAllWait>(&wait)) {
    place_ = fiber.place();
    return begin_all(std::move(*calls));
  }
  if (auto* sleep = std::get_if<SleepWait>(&wait)) return begin_sleep(*sleep);
  if (std::holds_alternative<PrintWait>(wait)) return begin_room();
  begin_line();
}

void PendingWait::begin_call(CallWait call) {
  send(0, std::move(call));
  find_deadline();
}

void PendingWait::begin_all(CallAllWait calls) {
  const std::size_t count = calls.calls.size();
  kind_ = Kind::kAll;
  open_ = count;
  parts_.resize(count);
  values_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) send(i, std::move(calls.calls[i]));
  find_deadline();
}

void PendingWait::begin_sleep(SleepWait sleep) {
  kind_ = Kind::kSleep;
  parts_[0].deadline = Core::current()->now() + sleep.duration;
  find_deadline();
}

void PendingWait::begin_room() {
  realm_.world.output.when_room([&realm = realm_, id = waiter_.id, wait = WaitId{number_, 0}] {
    realm.deliver(id, {Control::Answer{wait, Control::Room{}}});
  });
}

void PendingWait::begin_line() {
  realm_.world.input.read_line([&realm = realm_, id = waiter_.id, wait = WaitId{number_, 0}](Input::Line line) {
    realm.deliver(id, {Control::Answer{wait, std::move(line)}});
  });
}

void PendingWait::send(std::uint32_t part, CallWait call) {
  Parcel args;
  const ArgsForm form = call.args.is_object() ? ArgsForm::kByName : ArgsForm::kByPosition;
  if (!call.args.is_undefined()) {
    Result<Parcel> packed = pack(std::move(call.args));
    if (!packed) return settle(part, runtime_error("argument", std::move(packed.error().detail)));
    args = std::move(*packed);
    packed_bytes_ += args.bytes();
  }
  sending_ = {number_, part};
  Call outgoing;
  outgoing.args = std::move(args);
  outgoing.form = form;
  outgoing.deadline = waiter_.deadline;
  outgoing.caller = waiter_.caller;
  outgoing.chain = waiter_.chain;
  outgoing.sink = std::make_unique<ReplyToActor>(realm_, waiter_.id, waiter_.caller, sending_, waiter_.chain);
  if (call.limit) {
    parts_[part].limit = *call.limit;
    parts_[part].deadline = Core::current()->now() + *call.limit;
    parts_[part].target = quoted({call.server, call.method});
    outgoing.deadline = std::min(outgoing.deadline, parts_[part].deadline);
  }
  outgoing.server = std::move(call.server);
  outgoing.method = std::move(call.method);
  HeapScope outside(Core::current()->heap());
  realm_.router->call(std::move(outgoing));
}

PendingWait::Taken PendingWait::take(Control::Answer answer) {
  const std::uint32_t part = answer.wait.part;
  if (answer.wait.number != number_ || part >= parts_.size() || !parts_[part].is_open || is_over()) {
    return Taken::kTooLate;
  }
  if (auto* reply = std::get_if<Reply>(&answer.content)) {
    settle_reply(part, std::move(*reply));
    return Taken::kYes;
  }
  if (auto* line = std::get_if<Input::Line>(&answer.content)) {
    if (!*line) {
      settle(part, runtime_error("limit", std::move(line->error().detail)));
    } else {
      settle(part, **line ? string::make(***line) : Value::nil());
    }
    return Taken::kYes;
  }
  settle(part, Value::nil());
  return Taken::kYes;
}

void PendingWait::settle_reply(std::uint32_t part, Reply reply) {
  if (auto* parcel = std::get_if<Parcel>(&reply)) {
    if (would_fill(parcel->bytes())) return settle(part, runtime_error("limit", "there is no memory left for this reply"));
    return settle(part, std::move(*parcel).open());
  }
  if (auto* failure = std::get_if<Failure>(&reply)) return settle(part, to_script_error(std::move(*failure), realm_.program.symbols));
  Result<Value> read = read_json(std::get<std::string>(reply), {.symbols = &realm_.program.symbols});
  if (read) return settle(part, std::move(*read));
  settle(part, runtime_error(name(Errc::kInternal), "the reply is not JSON: " + read.error().detail));
}

// Replies of one message_all come while nothing of the program runs that could be told.
bool PendingWait::would_fill(std::size_t bytes) {
  const Heap& heap = current_heap();
  return heap.is_over_limit() || bytes > heap.limit() - heap.bytes();
}

void PendingWait::settle(std::uint32_t part, Value value) {
  parts_[part].is_open = false;
  --open_;
  values_[part] = kind_ == Kind::kAll ? one_entry("ok", std::move(value)) : std::move(value);
}

void PendingWait::settle(std::uint32_t part, ScriptError error) {
  parts_[part].is_open = false;
  --open_;
  if (kind_ == Kind::kAll) {
    if (error.place.file == nullptr) error.place = place_;
    values_[part] = one_entry("error", caught_value(error, realm_.program.symbols));
    return;
  }
  error_ = std::make_unique<ScriptError>(std::move(error));
}

void PendingWait::expire(Instant now) {
  if (is_over() || now < deadline_) return;
  for (std::uint32_t i = 0; i < parts_.size(); ++i) {
    Part& part = parts_[i];
    if (!part.is_open || part.deadline > now) continue;
    if (kind_ == Kind::kSleep) {
      settle(i, Value::nil());
      continue;
    }
    if (waiter_.caller != 0) realm_.wait_graph.remove(waiter_.caller, {number_, i});
    settle(i, runtime_error(name(Errc::kTimeout), timeout_text(part.target, part.limit)));
  }
  find_deadline();
}

void PendingWait::find_deadline() {
  deadline_ = kNoDeadline;
  for (const Part& part : parts_) {
    if (part.is_open) deadline_ = std::min(deadline_, part.deadline);
  }
}

void PendingWait::abandon() {
  ++number_;
  open_ = 0;
  parts_.clear();
  values_.clear();
  error_.reset();
  if (waiter_.caller != 0) realm_.wait_graph.remove_all(waiter_.caller);
}

void PendingWait::resume(Fiber& fiber) {
  if (error_) return fiber.fail(std::move(*std::exchange(error_, nullptr)));
  if (kind_ != Kind::kAll) return fiber.deliver(std::move(values_[0]));
  fiber.deliver(array::make(values_));
  values_.clear();
}

void PendingWait::visit(const std::function<void(const Value&)>& visitor) const {
  for (const Value& value : values_) visitor(value);
  if (error_) visitor(error_->thrown);
}

}  // namespace relay
