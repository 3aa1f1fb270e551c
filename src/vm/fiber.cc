#include "vm/fiber.h"

#include "base/check.h"
#include "vm/fiber_data.h"
#include "vm/interpreter.h"

namespace relay {

FiberRooms::FiberRooms() = default;
FiberRooms::~FiberRooms() = default;

Fiber::Fiber(const FiberOwner& owner) : owner_(owner) {}
Fiber::~Fiber() = default;

void Fiber::take_room(FiberRooms& rooms) {
  if (data_ || rooms.rooms_.empty()) return;
  data_ = std::move(rooms.rooms_.back());
  rooms.rooms_.pop_back();
  std::construct_at(&data_->owner, owner_);  // its references cannot be assigned
}

void Fiber::leave_room(FiberRooms& rooms) {
  RELAY_CHECK(is_idle(), "a fiber leaves the room in which it runs");
  if (!data_) return;
  data_->caught.clear();
  data_->result.clear();
  data_->outcome.clear();
  data_->wait = SleepWait{};
  const bool is_small = data_->stack.capacity() <= FiberRooms::kMostRegisters;
  if (is_small && rooms.rooms_.size() < FiberRooms::kMost) rooms.rooms_.push_back(std::move(data_));
  data_.reset();
}

void Fiber::start(const bytecode::Function& function, std::span<Value> args, Arguments checked) {
  RELAY_CHECK(is_idle(), "a fiber begins a call while it runs another");
  RELAY_CHECK(args.size() <= function.parameters.size(), "more arguments than parameters");
  if (!data_) data_ = std::make_unique<Data>(owner_);
  Data& data = *data_;
  data.stack.reserve(function.register_count + 1u);
  Value* registers = data.stack.data() + 1;
  for (std::size_t i = 0; i < args.size(); ++i) registers[i] = std::move(args[i]);
  for (std::size_t i = args.size(); i < function.parameters.size(); ++i) registers[i] = Value::nil();
  const std::uint32_t entry = checked == Arguments::kChecked ? function.checked_entry : 0;
  data.frames.push_back({&function, function.code.data() + entry, 1, 0});
}

Step Fiber::run(InlineCaches& caches, std::int64_t& budget) {
  RELAY_CHECK(!is_idle(), "a fiber runs without a call");
  return Interpreter(*data_, caches, budget).run();
}

Value Fiber::take_result() { return std::move(data_->result); }

ScriptError Fiber::take_error() {
  ScriptError error = std::move(*data_->pending_error);
  data_->pending_error.reset();
  return error;
}

Wait Fiber::take_wait() { return std::move(data_->wait); }

void Fiber::deliver(Value value) { data_->stack.data()[data_->wait_result] = std::move(value); }

void Fiber::fail(ScriptError error) { data_->pending_error = std::move(error); }

void Fiber::abandon() {
  if (!data_) return;
  Data& data = *data_;
  data.frames.clear();
  data.stack.clear(0, data.stack.capacity());
  data.caught.clear();
  data.work.reset();
  data.outcome.clear();
  data.pending_error.reset();
  data.wait = SleepWait{};
}

SourcePlace Fiber::place() const {
  if (!data_) return {};
  for (auto frame = data_->frames.rbegin(); frame != data_->frames.rend(); ++frame) {
    if (!frame->function->is_prelude) return place_of(*frame);
  }
  return {};
}

bool Fiber::is_idle() const { return !data_ || data_->frames.empty(); }

void Fiber::visit(const std::function<void(const Value&)>& visitor) const {
  if (!data_) return;
  const Data& data = *data_;
  for (std::size_t i = 0; i < data.stack.capacity(); ++i) visitor(data.stack.data()[i]);
  for (const Data::Caught& caught : data.caught) visitor(caught.value);
  if (data.pending_error) visitor(data.pending_error->thrown);
  if (data.work) data.work->visit(visitor);
  visitor(data.outcome);
  visitor(data.result);
}

}  // namespace relay
