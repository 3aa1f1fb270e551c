#include "value/heap.h"
#include "value/string.h"
#include "vm/interpreter.h"
#include "vm/vm_limits.h"

// Errors on their way: where they arose, who catches them.

namespace relay {
namespace {

constexpr std::size_t kMaxTrace = 40;

std::string name_of(const bytecode::Program& program, const bytecode::Function& function) {
  std::string text;
  if (function.server != bytecode::kNoServer) text = program.servers[function.server]->name + ".";
  return text + std::string(string::text(function.name));
}

}  // namespace

// Adds the frames of this fiber; an error of a failed call comes with those of the callee.
// The frames of the prelude are the language's own: an error there is one at the call that led into it.
void Interpreter::locate() {
  const bytecode::Program& program = data_.owner.program;
  std::size_t left_out = 0;
  bool is_first = true;
  for (auto frame = data_.frames.rbegin(); frame != data_.frames.rend(); ++frame) {
    if (frame->function->is_prelude) continue;
    const SourcePlace place = place_of(*frame);
    if (is_first && error_.place.file == nullptr) error_.place = place;
    is_first = false;
    if (frame->function == program.main) continue;
    if (error_.trace.size() < kMaxTrace) {
      error_.trace.push_back({name_of(program, *frame->function), place});
    } else {
      ++left_out;
    }
  }
  if (left_out != 0) error_.trace.push_back({"... and " + std::to_string(left_out) + " more calls", {}});
}

bool Interpreter::unwind() {
  budget_ -= kErrorCost;
  if (!is_rethrown_) locate();
  is_rethrown_ = false;
  while (!data_.frames.empty()) {
    Frame& frame = data_.frames.back();
    const auto at = static_cast<std::uint32_t>(frame.pc - frame.function->code.data()) - 1;
    for (const bytecode::Handler& handler : frame.function->handlers) {
      if (is_final_ || at < handler.begin || at >= handler.end) continue;
      Value value = caught_value(error_, data_.owner.program.symbols);
      if (data_.caught.size() == Fiber::Data::kMaxCaught) data_.caught.erase(data_.caught.begin());
      if (value.is_counted()) data_.caught.push_back({value, std::move(error_)});
      data_.stack.data()[frame.base + handler.reg] = std::move(value);
      frame.pc = frame.function->code.data() + handler.target;
      error_ = ScriptError{};
      return true;
    }
    data_.stack.clear(frame.base, frame.base + frame.function->register_count);
    data_.frames.pop_back();
  }
  data_.stack.clear(0, data_.stack.capacity());
  data_.caught.clear();
  data_.pending_error = std::move(error_);
  return false;
}

bool Interpreter::has_begun() const {
  const Frame& frame = data_.frames.back();
  const bytecode::Instruction* code = frame.function->code.data();
  return data_.frames.size() > 1 || (frame.pc != code && frame.pc != code + frame.function->checked_entry);
}

bool Interpreter::refuse_memory() {
  const Heap& heap = current_heap();
  is_final_ = heap.is_far_over_limit();
  data_.work.reset();
  data_.pending_error.reset();
  // A frame stands behind the instruction that is to blame. These have yet to run.
  Frame& top = data_.frames.back();
  if (top.pc == top.function->code.data() || top.pc->op == bytecode::Op::kLoop) ++top.pc;
  raise(over_limit(data_.owner.owns_globals ? "the program" : "this server", heap));
  return unwind();
}

// Throwing a caught error again goes on with it: kind, place and stack stay.
void Interpreter::throw_value(const Value& value) {
  for (Fiber::Data::Caught& caught : data_.caught) {
    if (!value.is_counted() || !caught.value.is_same(value)) continue;
    error_ = caught.error;
    is_rethrown_ = true;
    return;
  }
  error_ = ScriptError{};
  error_.thrown = value;
}

}  // namespace relay
