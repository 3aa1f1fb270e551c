#pragma once

#include <cstdint>

#include "value/heap.h"
#include "vm/fiber.h"
#include "vm/fiber_data.h"
#include "vm/native.h"
#include "vm/operations.h"

namespace relay {

// Runs a fiber's code until it must stop: the loop in interpreter.cc, calls in calls.cc, errors in unwind.cc.
// Lives for one run().
class Interpreter {
 public:
  Interpreter(Fiber::Data& data, InlineCaches& caches, std::int64_t& budget)
      : data_(data),
        caches_(caches),
        budget_(budget),
        budget_left_(budget),
        context_(data.owner.program, data.owner.host, budget_) {
    heap_.set_budget(&budget_);
  }
  ~Interpreter() {
    heap_.set_budget(nullptr);
    budget_left_ = budget_;
  }
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  Step run();

 private:
  // What became of a call.
  enum class Called : std::uint8_t {
    kFrame,   // a new frame is on top
    kDone,    // a native has put its value in place
    kWait,    // a native waits
    kError,   // error_ says why
    kWork,    // a native's work is under way, and the budget is used up
  };

  Step loop();

  // calls.cc. Registers are places of the whole stack: `callee` holds the function, the arguments follow.
  enum class Offer : std::uint8_t { kExactly, kAsManyAsTaken };
  Called call_value(std::uint32_t callee, std::uint32_t count, Offer offer);
  // The function of the program that `callee` is and that takes just as many arguments; else null.
  static const bytecode::Function* function_taking(const Value& callee, std::uint32_t count) {
    if (!callee.is_function()) return nullptr;
    const FunctionInfo* info = function::info(callee);
    if (info->is_builtin) return nullptr;
    const auto* code = static_cast<const bytecode::Function*>(info);
    return code->parameters.size() == count ? code : nullptr;
  }
  // Likewise, when it takes as many or fewer: the arguments that it does not take are dropped.
  static const bytecode::Function* function_taking_some(Value* callee, std::uint32_t& count) {
    if (!callee->is_function() || function::info(*callee)->is_builtin) return nullptr;
    const auto* code = static_cast<const bytecode::Function*>(function::info(*callee));
    const std::size_t most = code->parameters.size();
    if (most > count) return nullptr;
    while (count > most) callee[count--].clear();
    return code;
  }
  Called call_function(const bytecode::Function& function, std::uint32_t base, std::uint32_t count,
                       std::uint32_t result);
  // Puts a frame on top; false when the calls stand too deep (error_ is set). Places after the arguments may hold what
  // the caller no longer needs.
  bool push_frame(const bytecode::Function& function, std::uint32_t base, std::uint32_t count, std::uint32_t result) {
    if (data_.frames.size() >= data_.owner.max_depth) [[unlikely]] return fail_too_deep();
    const Frame& caller = data_.frames.back();
    const std::uint32_t caller_end = caller.base + caller.function->register_count;
    data_.stack.reserve(base + function.register_count);
    if (base + count < caller_end) data_.stack.clear(base + count, caller_end);
    data_.frames.push_back({&function, function.code.data(), base, result});
    return true;
  }
  bool fail_too_deep();
  // Takes the top frame away, whose registers these are, and puts its value in place; false when it was the last.
  bool leave_frame(Value* registers, Value value) {
    const Frame frame = data_.frames.back();
    for (Value* reg = registers; reg != registers + frame.function->register_count; ++reg) reg->clear();
    data_.frames.pop_back();
    if (data_.frames.empty()) [[unlikely]] return leave_last(std::move(value));
    data_.stack.data()[frame.result] = std::move(value);
    return true;
  }
  bool leave_last(Value value);
  Called call_native(const NativeInfo& native, Value& self, std::uint32_t place, std::uint32_t count);
  // Goes on with the work under way while there is budget.
  Called advance_work();
  // An operator's work on values too large for one step: kDone when data_.outcome is there, kWork when the instruction
  // must be run again after a yield.
  Called operate(std::unique_ptr<NativeWork> work);
  Called call_prelude(bool has_self, std::uint32_t place, std::uint32_t count);
  Called invoke(std::uint32_t place, std::uint32_t count, const Value& name, std::uint32_t site);
  enum class InPlace : std::uint8_t {
    kDone,
    kPlain,  // nothing is done: the plain code must do it
    kError,  // error_ says why; `self` is as it was
  };
  InPlace invoke_in_place(Value& self, std::uint32_t place, std::uint32_t count, const Value& name, std::uint32_t site);
  [[nodiscard]] const NativeInfo* find_method(const Value& self, const Value& name, std::uint32_t site);
  Called call_case(std::uint32_t place, const Value& subject);
  void clear_arguments(std::uint32_t place, std::uint32_t count);
  bool send(std::uint32_t place, const Value& method, bool has_limit);

  // operator_work.cc: operators on what is not two numbers. kDone: `out` is set.
  Called equals(const Value& left, const Value& right, bool& out);
  Called compares(const Value& left, const Value& right, Order& out);
  Called equals_inside(const Value& left, const Value& right, bool& out);
  Called add(Value& left, const Value& right);
  [[nodiscard]] static std::unique_ptr<NativeWork> work_of_sum(const Value& left, const Value& right);
  Called join_text(Value& out, const Value* parts, std::uint32_t count);

  // data_ops.cc: what the loop does not do inline.
  bool field(Value& out, const Value& of, const Value& name, std::uint32_t site);
  // R[b].set(name, content) in place; false when that cannot be, nothing is touched then.
  bool put_field(Value& self, const Value& name, Value& content, std::uint32_t site);
  bool begin_range(Value* registers, std::uint32_t count);
  bool next_of_range(Value* registers, Value& element);
  bool begin_each(Value* registers);
  bool next_each(Value* registers, Value& element, Value* key);
  bool new_struct(Value& place, const bytecode::StructInfo& info);
  void make_closure(Value& out, const bytecode::Function& function, const Value* registers, const Value* captures);
  bool load_global(std::uint16_t slot);
  bool set_state(std::uint32_t state_field, const Value& content);
  bool state_field_named(const Value& name, std::uint32_t& out);
  bool check_type(const Value& value, const bytecode::Instruction& instruction);

  // unwind.cc
  void raise(ScriptError error) { error_ = std::move(error); }
  // Finds the handler for error_; false when nobody catches it: the fiber is then empty.
  bool unwind();
  // The fiber has done something since start().
  [[nodiscard]] bool has_begun() const;
  // Raises `limit` where the fiber stands, for its owner holds too much; false when nobody catches it. Far over the limit
  // nobody can: a program that goes on after catching it holds no more and more.
  bool refuse_memory();
  void locate();
  void throw_value(const Value& value);

  Fiber::Data& data_;
  Heap& heap_ = current_heap();  // whose account the fiber works under
  InlineCaches& caches_;
  std::int64_t budget_;
  std::int64_t& budget_left_;  // the caller's, set at the end
  NativeContext context_;
  Value no_receiver_;  // what builtins, which are no methods, get as their receiver: undefined
  ScriptError error_;
  bool is_rethrown_ = false;  // error_ was caught before: it knows its place and stack
  bool is_final_ = false;     // nobody can catch error_
};

}  // namespace relay
