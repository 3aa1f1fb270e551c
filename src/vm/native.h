#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bytecode/builtins.h"
#include "bytecode/program.h"
#include "value/function.h"
#include "value/value.h"
#include "vm/host.h"
#include "vm/wait.h"

namespace relay {

struct NativeInfo;

enum class NativeStep : std::uint8_t {
  kDone,
  kError,
  kWait,
  // The prelude does it: the interpreter calls the prelude function context.prelude_function()
  // (Program::prelude) with self, if there is one, and the arguments, in place of the native; its value is
  // the value of the call. Nothing has been touched. How all methods with callbacks work, and those whose
  // work is too large for one call.
  kPrelude,
  // context.begin(work) has begun work that is too large for one call. Nothing has been touched: the work holds what it
  // needs. The fiber advances it, yielding in between, and its value is the value of the call.
  kWork,
};

class NativeContext;

// What a native, or an operator on large values, does piece by piece, and how far it has come. The fiber keeps it while
// it yields.
class NativeWork {
 public:
  // kUnfinished: there is more to do; the others as of NativeStep.
  enum class Progress : std::uint8_t { kDone, kError, kWait, kUnfinished };

  NativeWork() = default;
  virtual ~NativeWork() = default;
  NativeWork(const NativeWork&) = delete;
  NativeWork& operator=(const NativeWork&) = delete;

  // Does one piece, about a quarter of a millisecond of work, and charges it. kDone: `result` is the value of the call.
  virtual Progress advance(NativeContext& context, Value& result) = 0;
  // All values that it holds, for the collection of cycles.
  virtual void visit(const std::function<void(const Value&)>& visitor) const = 0;
};

// What a builtin or method written in C++ sees of the fiber that calls it.
class NativeContext {
 public:
  NativeContext(const bytecode::Program& program, Host& host, std::int64_t& budget)
      : program_(program), host_(host), budget_(budget) {}

  [[nodiscard]] const bytecode::Program& program() const { return program_; }
  // The builtin or method that runs, for its messages.
  [[nodiscard]] const NativeInfo& native() const { return *native_; }
  [[nodiscard]] Host& host() { return host_; }
  // Work is charged by its size: one unit is about one instruction, or 64 bytes moved.
  void charge(std::size_t units) { budget_ -= static_cast<std::int64_t>(units); }

  // `return context.fail("type", "...")`: raises a runtime error at the call.
  NativeStep fail(std::string_view kind, std::string message, std::string hint = {}) {
    error_ = runtime_error(kind, std::move(message), std::move(hint));
    return NativeStep::kError;
  }
  NativeStep fail(ScriptError error) {
    error_ = std::move(error);
    return NativeStep::kError;
  }
  // `return context.wait(SleepWait{...})`: the answer becomes the value of the call.
  NativeStep wait(Wait wait) {
    wait_ = std::move(wait);
    return NativeStep::kWait;
  }

  // `return context.delegate()`: see NativeStep::kPrelude. Without a name: the native's own TYPE__METHOD.
  NativeStep delegate();
  NativeStep delegate(std::string_view prelude_function) {
    prelude_function_ = prelude_function;
    return NativeStep::kPrelude;
  }

  // `return context.begin(std::make_unique<...>(...))`: see NativeStep::kWork.
  NativeStep begin(std::unique_ptr<NativeWork> work) {
    work_ = std::move(work);
    return NativeStep::kWork;
  }

  [[nodiscard]] ScriptError& error() { return error_; }
  [[nodiscard]] std::unique_ptr<NativeWork> take_work() { return std::move(work_); }
  [[nodiscard]] Wait& pending_wait() { return wait_; }
  [[nodiscard]] std::string_view prelude_function() const { return prelude_function_; }

  // The native whose work goes on; null for an operator.
  void resume(const NativeInfo* native) { native_ = native; }

 private:
  friend struct NativeInfo;
  const bytecode::Program& program_;
  Host& host_;
  std::int64_t& budget_;
  const NativeInfo* native_ = nullptr;
  std::string_view prelude_function_;
  std::unique_ptr<NativeWork> work_;
  ScriptError error_;
  Wait wait_;
};

// A method's receiver, or undefined for a builtin; the arguments, whose number has been checked; where the
// result goes. `result` may be the same place as `self`.
//
// Order: on kError `self` is as it was, so a failed `set a = a.push(..)` leaves `a` alone. Methods that
// change their
//        receiver do so on `self` itself and move it into `result`: in place when nobody else holds it.
// Bound: no more than about 64k elements or 1 MiB of work in one call; more is a NativeWork, or looped over by the
//        prelude.
using NativeFunction = NativeStep (*)(NativeContext& context, Value& self, std::span<Value> args,
                                      Value& result);

// Methods that the interpreter does itself where it is quick (quick_update.h).
enum class QuickMethod : std::uint8_t { kNone, kArraySet, kArrayPush, kObjectSet, kStructSet };

// A builtin function or a method of a type. Immortal; shared by all cores.
struct NativeInfo : FunctionInfo {
  std::string_view text;
  std::string subject;       // "function 'len'", "method 'push' of array"
  std::string prelude_name;  // where delegate() goes: "array__map", "builtin__range"
  std::uint16_t fewest = 0;
  std::uint16_t most = 0;  // bytecode::kMany: no upper bound
  NativeFunction function = nullptr;
  QuickMethod quick = QuickMethod::kNone;

  NativeStep call(NativeContext& context, Value& self, std::span<Value> args, Value& result) const {
    context.native_ = this;
    return function(context, self, args, result);
  }
  [[nodiscard]] bool takes(std::size_t count) const {
    return count >= fewest && (count <= most || most == bytecode::kMany);
  }
};

inline NativeStep NativeContext::delegate() {
  return delegate(native_->prelude_name);
}

// What to raise when `takes(given)` is false: `function 'len' expects 1 argument, got 0` (kind `argument`).
[[nodiscard]] ScriptError wrong_count(const NativeInfo& native, std::size_t given);
using bytecode::expected_count;

// In the order of bytecode::builtin_names().
[[nodiscard]] std::span<const NativeInfo> native_builtins();
// The method `name` of `type` written in C++, or nullptr. Aliases (toString) are found too.
[[nodiscard]] const NativeInfo* native_method(Type type, std::string_view method);
// All method names of a type, for hints.
[[nodiscard]] std::vector<std::string> method_names(Type type);
// `method 'push' not supported for number`, with the nearest method as a hint (kind `type`).
[[nodiscard]] ScriptError no_such_method(const Value& receiver, std::string_view method);

}  // namespace relay
