#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "vm/fiber.h"
#include "vm/native.h"
#include "vm/value_stack.h"

namespace relay {

// One call that has not returned.
struct Frame {
  const bytecode::Function* function = nullptr;
  const bytecode::Instruction* pc = nullptr;  // the next instruction, while another frame is on top
  std::uint32_t base = 0;                     // its registers begin here
  std::uint32_t result = 0;                   // where the value goes; the callee stands there until then
};

// Where a frame stands, in the source.
[[nodiscard]] inline SourcePlace place_of(const Frame& frame) {
  const auto index = static_cast<std::size_t>(frame.pc - frame.function->code.data()) - 1;
  return {frame.function->source, frame.function->spans[index]};
}

// What a Fiber consists of; shared with the interpreter alone.
struct Fiber::Data {
  explicit Data(const FiberOwner& fiber_owner) : owner(fiber_owner) {}

  // An error that a program has caught, with the value that it got for it: throwing that value again goes on with
  // the same error.
  struct Caught {
    Value value;
    ScriptError error;
  };
  static constexpr std::size_t kMaxCaught = 8;

  FiberOwner owner;
  ValueStack stack;
  std::vector<Frame> frames;
  std::vector<Caught> caught;
  std::optional<ScriptError> pending_error;  // to be raised when the fiber runs again, then: taken at Step::kError
  Wait wait;
  std::uint32_t wait_result = 0;  // where the answer goes

  // Work that is under way. Its value goes to the register `work_result`; that of an operator, whose instruction is then
  // run again, to `outcome`, where the instruction finds it.
  static constexpr std::uint32_t kToOutcome = 0xFFFFFFFF;
  std::unique_ptr<NativeWork> work;
  const NativeInfo* work_of = nullptr;
  std::uint32_t work_result = 0;
  Value outcome;

  Value result;
};

}  // namespace relay
