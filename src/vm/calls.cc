#include "value/boxed.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"
#include "vm/interpreter.h"

// Calls: of values, of functions known at load, of natives and methods.

namespace relay {
namespace {

const bytecode::Function& bytecode_of(const FunctionInfo& info) { return static_cast<const bytecode::Function&>(info); }
const NativeInfo& native_of(const FunctionInfo& info) { return static_cast<const NativeInfo&>(info); }

ScriptError wrong_count(const bytecode::Function& function, std::size_t given) {
  const std::string what = function.is_prelude ? "method '" : "function '";
  const std::size_t most = function.parameters.size();
  return runtime_error("argument", what + std::string(string::text(function.name)) + "' expects " +
                                       expected_count(function.required, most) + ", got " + std::to_string(given));
}

}  // namespace

Interpreter::Called Interpreter::call_value(std::uint32_t callee, std::uint32_t count, Offer offer) {
  const Value& value = data_.stack.data()[callee];
  if (!value.is_function()) {
    raise(runtime_error("type", "cannot call " + std::string(type_name(value))));
    return Called::kError;
  }
  const FunctionInfo& info = *function::info(value);
  const std::size_t most = info.is_builtin ? native_of(info).most : bytecode_of(info).parameters.size();
  if (offer == Offer::kAsManyAsTaken && count > most) {
    data_.stack.clear(callee + 1 + most, callee + 1 + count);
    count = static_cast<std::uint32_t>(most);
  }
  if (info.is_builtin) {
    if (!native_of(info).takes(count)) {
      raise(relay::wrong_count(native_of(info), count));
      return Called::kError;
    }
    Value none;
    return call_native(native_of(info), none, callee, count);
  }
  const bytecode::Function& function = bytecode_of(info);
  if (count < function.required || count > most) {
    raise(wrong_count(function, count));
    return Called::kError;
  }
  const Called called = call_function(function, callee + 1, count, callee);
  if (called != Called::kFrame) return called;
  Value* registers = data_.stack.data() + callee + 1;
  for (std::size_t k = count; k < most; ++k) registers[k] = Value::nil();
  return called;
}

Interpreter::Called Interpreter::call_function(const bytecode::Function& function, std::uint32_t base,
                                               std::uint32_t count, std::uint32_t result) {
  return push_frame(function, base, count, result) ? Called::kFrame : Called::kError;
}

bool Interpreter::fail_too_deep() {
  raise(runtime_error("limit", "stack overflow"));
  return false;
}

bool Interpreter::leave_last(Value value) {
  data_.result = std::move(value);
  data_.stack.clear(0, 1);
  data_.caught.clear();
  return false;
}

void Interpreter::clear_arguments(std::uint32_t place, std::uint32_t count) {
  data_.stack.clear(place + 1, place + 1 + count);
}

// Arguments after `place`, where the result goes; `self` may stand there.
Interpreter::Called Interpreter::call_native(const NativeInfo& native, Value& self, std::uint32_t place,
                                             std::uint32_t count) {
  Value* registers = data_.stack.data();
  const NativeStep step = native.call(context_, self, {registers + place + 1, count}, registers[place]);
  --budget_;
  switch (step) {
    case NativeStep::kDone: clear_arguments(place, count); return Called::kDone;
    case NativeStep::kError: raise(std::move(context_.error())); return Called::kError;
    case NativeStep::kPrelude: return call_prelude(&self == registers + place, place, count);
    case NativeStep::kWork:
      data_.work = context_.take_work();
      data_.work_of = &native;
      data_.work_result = place;
      clear_arguments(place, count);
      registers[place].clear();
      return budget_ > 0 ? advance_work() : Called::kWork;
    case NativeStep::kWait: break;
  }
  clear_arguments(place, count);
  data_.wait = std::move(context_.pending_wait());
  data_.wait_result = place;
  return Called::kWait;
}

Interpreter::Called Interpreter::advance_work() {
  context_.resume(data_.work_of);
  Value value;
  NativeWork::Progress progress = NativeWork::Progress::kUnfinished;
  do {
    progress = data_.work->advance(context_, value);
  } while (progress == NativeWork::Progress::kUnfinished && budget_ > 0);
  if (progress == NativeWork::Progress::kUnfinished) return Called::kWork;
  data_.work.reset();
  switch (progress) {
    case NativeWork::Progress::kError: raise(std::move(context_.error())); return Called::kError;
    case NativeWork::Progress::kWait:
      data_.wait = std::move(context_.pending_wait());
      data_.wait_result = data_.work_result;
      return Called::kWait;
    default: break;
  }
  Value& place = data_.work_result == Fiber::Data::kToOutcome ? data_.outcome : data_.stack.data()[data_.work_result];
  place = std::move(value);
  return Called::kDone;
}

Interpreter::Called Interpreter::operate(std::unique_ptr<NativeWork> work) {
  data_.work = std::move(work);
  data_.work_of = nullptr;
  data_.work_result = Fiber::Data::kToOutcome;
  return advance_work();
}

// The prelude's functions take the receiver as their first parameter, which stands where the result goes.
Interpreter::Called Interpreter::call_prelude(bool has_self, std::uint32_t place, std::uint32_t count) {
  const auto& prelude = data_.owner.program.prelude;
  const auto found = prelude.find(std::string(context_.prelude_function()));
  RELAY_CHECK(found != prelude.end(), "a native hands over to a prelude function that does not exist");
  const bytecode::Function& function = *found->second;
  const std::uint32_t base = has_self ? place : place + 1;
  const std::uint32_t given = has_self ? count + 1 : count;
  const Called called = call_function(function, base, given, place);
  Value* registers = data_.stack.data() + base;
  for (std::size_t k = given; called == Called::kFrame && k < function.parameters.size(); ++k) {
    registers[k] = Value::nil();
  }
  return called;
}

const NativeInfo* Interpreter::find_method(const Value& self, const Value& name, std::uint32_t site) {
  // A type's number, never 0, stands for it: a cache of methods only ever sees types.
  const auto type = reinterpret_cast<const void*>(static_cast<std::uintptr_t>(self.type()) + 1);
  InlineCache& cache = caches_[site];
  if (cache.seen == type) return reinterpret_cast<const NativeInfo*>(cache.found);
  cache.seen = type;
  const NativeInfo* native = native_method(self.type(), string::text(name));
  cache.found = reinterpret_cast<std::uintptr_t>(native);
  return native;
}

Interpreter::Called Interpreter::invoke(std::uint32_t place, std::uint32_t count, const Value& name,
                                        std::uint32_t site) {
  Value& self = data_.stack.data()[place];
  const NativeInfo* native = find_method(self, name, site);
  if (native != nullptr) {
    if (native->takes(count)) return call_native(*native, self, place, count);
    raise(relay::wrong_count(*native, count));
    return Called::kError;
  }
  const Value* held = nullptr;
  if (self.is_object()) held = object::find(self, name);
  if (self.is_struct()) {
    const std::uint32_t index = structure::type(self)->index_of(name);
    if (index != StructType::kNone) held = &structure::at(self, index);
  }
  if (held == nullptr || !held->is_function()) {
    raise(no_such_method(self, string::text(name)));
    return Called::kError;
  }
  self = Value(*held);
  return call_value(place, count, Offer::kExactly);
}

Interpreter::InPlace Interpreter::invoke_in_place(Value& self, std::uint32_t place, std::uint32_t count,
                                                  const Value& name, std::uint32_t site) {
  if (self.is_undefined()) return InPlace::kPlain;
  const NativeInfo* native = find_method(self, name, site);
  if (native == nullptr || !native->takes(count)) return InPlace::kPlain;
  const NativeStep step = native->call(context_, self, {data_.stack.data() + place + 1, count}, self);
  --budget_;
  if (step == NativeStep::kDone) {
    clear_arguments(place, count);
    return InPlace::kDone;
  }
  RELAY_CHECK(step != NativeStep::kWait, "a method that changes its receiver waits");
  if (step == NativeStep::kWork) context_.take_work().reset();
  if (step == NativeStep::kPrelude || step == NativeStep::kWork) return InPlace::kPlain;
  raise(std::move(context_.error()));
  return InPlace::kError;
}

Interpreter::Called Interpreter::call_case(std::uint32_t place, const Value& subject) {
  Value* registers = data_.stack.data();
  if (!registers[place].is_function()) return Called::kDone;
  registers[place + 1] = subject;
  return call_value(place, 1, Offer::kAsManyAsTaken);
}

bool Interpreter::send(std::uint32_t place, const Value& method, bool has_limit) {
  Value* registers = data_.stack.data() + place;
  const bool is_name = registers[0].is_string() || registers[0].is_server();
  if (!is_name) {
    raise(runtime_error("type", "send needs a server or its name, got " + std::string(type_name(registers[0]))));
    return false;
  }
  if (!registers[1].is_object()) {
    raise(runtime_error("type", "send needs an object of arguments, got " + std::string(type_name(registers[1]))));
    return false;
  }
  CallWait wait;
  const Value& name = registers[0].is_server() ? server::name(registers[0]) : registers[0];
  wait.server = string::text(name);
  wait.method = string::text(method);
  if (has_limit) {
    if (!registers[2].is_number() || !(registers[2].as_number() >= 0)) {
      raise(runtime_error("type", "within needs a number of seconds, got " + brief(registers[2], Quotes::kQuoted)));
      return false;
    }
    constexpr double kLongest = 1e9;
    wait.limit = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(std::min(registers[2].as_number(), kLongest)));
  }
  wait.args = std::move(registers[1]);
  data_.wait = std::move(wait);
  data_.wait_result = place;
  return true;
}

}  // namespace relay
