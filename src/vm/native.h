#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "bytecode/program.h"
#include "value/function.h"
#include "value/value.h"
#include "vm/host.h"
#include "vm/wait.h"

namespace relay {

enum class NativeStep : std::uint8_t { kDone, kError, kWait };

// What a builtin or method written in C++ sees of the fiber that calls it.
class NativeContext {
 public:
  NativeContext(const bytecode::Program& program, Host& host, std::int64_t& budget)
      : program_(program), host_(host), budget_(budget) {}

  [[nodiscard]] const bytecode::Program& program() const { return program_; }
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

  [[nodiscard]] ScriptError& error() { return error_; }
  [[nodiscard]] Wait& pending_wait() { return wait_; }

 private:
  const bytecode::Program& program_;
  Host& host_;
  std::int64_t& budget_;
  ScriptError error_;
  Wait wait_;
};

// A method's receiver, or undefined for a builtin; the arguments, whose number has been checked; where the result
// goes. `result` may be the same place as `self`.
//
// Order: on kError `self` is as it was, so a failed `set a = a.push(..)` leaves `a` alone. Methods that change their
//        receiver do so on `self` itself and move it into `result`: in place when nobody else holds it.
// Bound: no more than about 64k elements or 1 MiB of work in one call; more is looped over by the prelude.
using NativeFunction = NativeStep (*)(NativeContext& context, Value& self, std::span<Value> args, Value& result);

// A builtin function or a method of a type. Immortal; shared by all cores.
struct NativeInfo : FunctionInfo {
  std::string_view text;
  std::uint16_t fewest = 0;
  std::uint16_t most = 0;
  NativeFunction call = nullptr;
};

// In the order of bytecode::builtin_names().
[[nodiscard]] std::span<const NativeInfo> native_builtins();
// The method `name` of `type` written in C++, or nullptr. Aliases (toString) are found too.
[[nodiscard]] const NativeInfo* native_method(Type type, std::string_view method);
// All method names of a type, C++ and prelude, for hints.
[[nodiscard]] std::vector<std::string> method_names(const bytecode::Program& program, Type type);

}  // namespace relay
