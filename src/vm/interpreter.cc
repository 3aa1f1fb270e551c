#include "vm/interpreter.h"

#include <cmath>

#include "value/array.h"
#include "value/display.h"
#include "value/heap.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"
#include "vm/element.h"
#include "vm/operations.h"
#include "vm/quick_update.h"
#include "vm/vm_limits.h"

// The loop. One label an opcode; each ends by jumping to the label of the next instruction. What is not hot is a call
// of a member function; those find and leave the frame in data_.frames, so pc goes there first (SAVE).

namespace relay {

using bytecode::Instruction;
using bytecode::Op;

Step Interpreter::run() {
  if (current_heap().is_over_limit() && has_begun()) [[unlikely]] {
    if (!refuse_memory()) return Step::kError;
  } else if (data_.pending_error) {
    error_ = std::move(*data_.pending_error);
    data_.pending_error.reset();
    if (!unwind()) return Step::kError;
  }
  if (data_.work) {
    switch (advance_work()) {
      case Called::kWork: return Step::kOutOfBudget;
      case Called::kWait: return Step::kWaiting;
      case Called::kError:
        if (!unwind()) return Step::kError;
        break;
      default:
        // The operator's instruction takes the outcome.
        if (data_.work_result == Fiber::Data::kToOutcome) --data_.frames.back().pc;
        break;
    }
  }
  return loop();
}

// clang-format off
// `pc` is the instruction that runs, until one of these.
#define DISPATCH() goto *kLabels[static_cast<std::size_t>(pc->op)]
#define NEXT() do { ++pc; DISPATCH(); } while (false)
#define NEXT_AFTER(words) do { pc += 1 + (words); DISPATCH(); } while (false)
#define NEXT_IN_BUDGET() do { ++pc; if (budget_ <= 0) [[unlikely]] goto out_of_budget; DISPATCH(); } while (false)
#define JUMP(index) do { pc = code + (index); DISPATCH(); } while (false)
#define JUMP_CHARGED(index) do { pc = code + (index); if (--budget_ <= 0) [[unlikely]] goto out_of_budget; DISPATCH(); } while (false)
#define CASE(op) label_##op:
#define SAVE() (data_.frames.back().pc = pc + 1)
#define FAIL() goto failed
#define RAISE(error) do { raise(error); FAIL(); } while (false)
#define ABSOLUTE(reg) (static_cast<std::uint32_t>(R - data_.stack.data()) + (reg))

// A value that is no number reads as a NaN: a result that is none tells that both sides were numbers.
#define ARITHMETIC_WITH(op, right_side, operator_, slow)                                  \
  CASE(op) {                                                                              \
    const Value& left = R[pc->b];                                                         \
    const Value& right = right_side[pc->c];                                               \
    const double result = left.as_number() operator_ right.as_number();                   \
    const bool is_sure = result == result;                                                \
    if (is_sure || (left.is_number() && right.is_number())) [[likely]] {                  \
      R[pc->a].set_number(result);                                                        \
      NEXT();                                                                             \
    }                                                                                     \
    slow;                                                                                 \
  }
#define ARITHMETIC(op, operator_, slow) ARITHMETIC_WITH(op, R, operator_, slow)
#define ARITHMETIC_K(op, operator_, slow) ARITHMETIC_WITH(op, K, operator_, slow)
#define DO_NOT_FIT(verb) do { RAISE(operands_do_not_fit(verb, left, right)); } while (false)
#define ARE_NUMBERS(left, right)                                                          \
  (!__builtin_isunordered((left).as_number(), (right).as_number()) || ((left).is_number() && (right).is_number()))
#define COMPARISON(op, operator_, ...)                                                    \
  CASE(op) {                                                                              \
    const Value& left = R[pc->b];                                                           \
    const Value& right = R[pc->c];                                                          \
    if (ARE_NUMBERS(left, right)) [[likely]] {                                            \
      R[pc->a].set_bool(left.as_number() operator_ right.as_number());                    \
      NEXT();                                                                             \
    }                                                                                     \
    Order order;                                                                          \
    OPERATE(compares(left, right, order));                                                \
    R[pc->a].set_bool(__VA_ARGS__);                                                          \
    NEXT();                                                                               \
  }
#define JUMP_UNLESS(outcome) do {                                                         \
    if ((outcome) == (pc->n != 0)) NEXT_AFTER(1);                                         \
    JUMP(pc[1].target());                                                                 \
  } while (false)
#define IF_COMPARISON(op, right_side, operator_, ...)                                     \
  CASE(op) {                                                                              \
    const Value& left = R[pc->a];                                                           \
    const Value& right = right_side[pc->b];                                                 \
    if (ARE_NUMBERS(left, right)) [[likely]]                                              \
      JUMP_UNLESS(left.as_number() operator_ right.as_number());                          \
    Order order;                                                                          \
    OPERATE(compares(left, right, order));                                                \
    JUMP_UNLESS(__VA_ARGS__);                                                             \
  }
// A call of `function` with the right number of arguments behind R[a].
#define ENTER(function, count) do {                                                       \
    const bytecode::Function& entered = (function);                                       \
    const std::uint32_t place = ABSOLUTE(pc->a);                                          \
    SAVE();                                                                               \
    if (!push_frame(entered, place + 1, (count), place)) goto failed_saved;               \
    code = pc = entered.code.data();                                                      \
    K = entered.constants.data();                                                         \
    R = data_.stack.data() + place + 1;                                                   \
    if (--budget_ <= 0) [[unlikely]] return Step::kOutOfBudget;                                       \
    DISPATCH();                                                                           \
  } while (false)
#define HANDLE_CALL(call, words) do {                                                     \
    data_.frames.back().pc = pc + 1 + (words);                                            \
    switch (call) {                                                                       \
      case Called::kFrame: goto enter_frame;                                              \
      case Called::kDone: break;                                                          \
      case Called::kWait: return Step::kWaiting;                                          \
      case Called::kError: goto failed_saved;                                             \
      case Called::kWork: return Step::kOutOfBudget;                                                  \
    }                                                                                     \
    pc += (words);                                                                        \
    NEXT_IN_BUDGET();                                                                     \
  } while (false)
// An operator that may take long: when it stops in the middle, its instruction is run again.
#define OPERATE(call) do {                                                                \
    switch (call) {                                                                       \
      case Called::kDone: break;                                                          \
      case Called::kWork: goto stopped_inside;                                            \
      default: FAIL();                                                                    \
    }                                                                                     \
  } while (false)

Step Interpreter::loop() {
  static const void* const kLabels[] = {
#define X(name, operands) &&label_##name,
      RELAY_OPCODES(X)
#undef X
  };
  const Instruction* pc;
  const Instruction* code;
  Value* R;
  const Value* K;
  const std::unique_ptr<bytecode::Function>* const functions = data_.owner.program.functions.data();

reload: {
    const Frame& frame = data_.frames.back();
    pc = frame.pc;
    code = frame.function->code.data();
    K = frame.function->constants.data();
    R = data_.stack.data() + frame.base;
  }
  DISPATCH();

  CASE(kLoad) { R[pc->a] = K[pc->b]; NEXT(); }
  CASE(kLoadBuiltin) {
    R[pc->a] = function::make(&native_builtins()[pc->b], 0);
    NEXT();
  }
  CASE(kMove) { R[pc->a] = R[pc->b]; NEXT(); }
  CASE(kTake) { R[pc->a] = std::move(R[pc->b]); NEXT(); }
  CASE(kClear) { R[pc->a].clear(); NEXT(); }
  CASE(kCheckSet) {
    if (!R[pc->a].is_undefined()) [[likely]] NEXT();
    raise(runtime_error("name", "undefined variable: " + std::string(string::text(K[pc->b]))));
    error_.note = string::text(K[pc->c]);
    FAIL();
  }
  CASE(kRaise) {
    RAISE(runtime_error(string::text(K[pc->a]), std::string(string::text(K[pc->b])), std::string(string::text(K[pc->c]))));
  }

  // ---- Captured and program variables ----
  CASE(kNewCell) { R[pc->a] = cell::make(std::move(R[pc->a]), data_.owner.undo.message()); NEXT(); }
  CASE(kFreshCell) { R[pc->a] = cell::make(Value(), data_.owner.undo.message()); NEXT(); }
  CASE(kGetCell) {
    const Value& content = cell::block(R[pc->b])->value;
    if (content.is_undefined()) [[unlikely]] goto undefined_name;
    R[pc->a] = content;
    NEXT();
  }
  CASE(kSetCell) {
    CellBlock* cell = cell::block(R[pc->a]);
    data_.owner.undo.note(cell);
    cell->value = std::move(R[pc->b]);
    NEXT();
  }
  CASE(kGetCapture) {
    const Value& content = function::block(R[-1])->captures()[pc->b];
    if (content.is_undefined()) [[unlikely]] goto undefined_name;
    R[pc->a] = content;
    NEXT();
  }
  CASE(kGetCaptured) {
    const Value& content = cell::block(function::block(R[-1])->captures()[pc->b])->value;
    if (content.is_undefined()) [[unlikely]] goto undefined_name;
    R[pc->a] = content;
    NEXT();
  }
  CASE(kSetCaptured) {
    CellBlock* cell = cell::block(function::block(R[-1])->captures()[pc->b]);
    data_.owner.undo.note(cell);
    cell->value = std::move(R[pc->a]);
    NEXT();
  }
  CASE(kGetGlobal) {
    const Value& content = data_.owner.globals[pc->b];
    if (content.is_undefined()) [[unlikely]] {
      SAVE();
      if (!load_global(pc->b)) FAIL();
    }
    R[pc->a] = data_.owner.globals[pc->b];
    NEXT();
  }
  CASE(kSetGlobal) { data_.owner.globals[pc->b] = std::move(R[pc->a]); NEXT(); }
  CASE(kAddGlobal) {
    Value& left = data_.owner.globals[pc->a];
    const Value& right = R[pc->b];
    if (left.is_number() && right.is_number()) [[likely]] {
      left.set_number(left.as_number() + right.as_number());
      NEXT();
    }
    if (left.is_undefined() && !load_global(pc->a)) FAIL();
    if (left.is_number() || right.is_number()) DO_NOT_FIT("add");
    OPERATE(add(left, right));
    R[pc->b] = Value();
    NEXT_IN_BUDGET();
  }

  // ---- Operators ----
  ARITHMETIC(kAdd, +, {
    if (pc->a == pc->b) {
      OPERATE(add(R[pc->a], right));
    } else {
      Value sum = pc->n != 0 ? std::move(R[pc->b]) : left;
      OPERATE(add(sum, right));
      R[pc->a] = std::move(sum);
    }
    NEXT_IN_BUDGET();
  })
  ARITHMETIC(kSub, -, {
    {
      Value seconds;
      if (!subtract(left, right, seconds, error_)) FAIL();
      R[pc->a] = std::move(seconds);
    }
    NEXT();
  })
  ARITHMETIC(kMul, *, DO_NOT_FIT("multiply"))
  CASE(kDiv) {
    const Value& left = R[pc->b];
    const Value& right = R[pc->c];
    if (!left.is_number() || !right.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[pc->a].set_number(left.as_number() / right.as_number());
    NEXT();
  }
  CASE(kMod) {
    const Value& left = R[pc->b];
    const Value& right = R[pc->c];
    if (!left.is_number() || !right.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[pc->a].set_number(remainder(left.as_number(), right.as_number()));
    NEXT();
  }
  ARITHMETIC_K(kAddK, +, DO_NOT_FIT("add"))
  ARITHMETIC_K(kSubK, -, DO_NOT_FIT("subtract"))
  ARITHMETIC_K(kMulK, *, DO_NOT_FIT("multiply"))
  CASE(kDivK) {
    const Value& left = R[pc->b];
    const Value& right = K[pc->c];
    if (!left.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[pc->a].set_number(left.as_number() / right.as_number());
    NEXT();
  }
  CASE(kModK) {
    const Value& left = R[pc->b];
    const Value& right = K[pc->c];
    if (!left.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[pc->a].set_number(remainder(left.as_number(), right.as_number()));
    NEXT();
  }
  CASE(kNegate) {
    if (!R[pc->b].is_number()) RAISE(runtime_error("type", "cannot negate " + std::string(type_name(R[pc->b]))));
    R[pc->a].set_number(-R[pc->b].as_number());
    NEXT();
  }
  CASE(kNot) { R[pc->a].set_bool(!R[pc->b].truthy()); NEXT(); }
  CASE(kTruth) { R[pc->a].set_bool(R[pc->b].truthy()); NEXT(); }
  CASE(kEqual) {
    bool same = false;
    OPERATE(equals(R[pc->b], R[pc->c], same));
    R[pc->a].set_bool(same);
    NEXT();
  }
  CASE(kNotEqual) {
    bool same = false;
    OPERATE(equals(R[pc->b], R[pc->c], same));
    R[pc->a].set_bool(!same);
    NEXT();
  }
  COMPARISON(kLess, <, order == Order::kLess)
  COMPARISON(kLessEqual, <=, order != Order::kGreater)
  COMPARISON(kGreater, >, order == Order::kGreater)
  COMPARISON(kGreaterEqual, >=, order != Order::kLess)

  // ---- Jumps ----
  CASE(kJump) { JUMP(pc->target()); }
  CASE(kLoop) {
    if (budget_ <= 0) [[unlikely]] goto out_of_budget;  // it runs again: until then the fiber stands inside the loop
    --budget_;
    JUMP(pc->target());
  }
  CASE(kJumpIf) { if (R[pc->a].truthy()) JUMP(pc->target()); NEXT(); }
  CASE(kJumpIfNot) { if (!R[pc->a].truthy()) JUMP(pc->target()); NEXT(); }
  CASE(kJumpIfNil) { if (R[pc->a].is_nil()) JUMP(pc->target()); NEXT(); }
  CASE(kJumpIfNotNil) { if (!R[pc->a].is_nil()) JUMP(pc->target()); NEXT(); }
  CASE(kIfEqual) {
    bool same = false;
    OPERATE(equals(R[pc->a], R[pc->b], same));
    JUMP_UNLESS(same);
  }
  CASE(kIfEqualK) {
    bool same = false;
    OPERATE(equals(R[pc->a], K[pc->b], same));
    JUMP_UNLESS(same);
  }
  IF_COMPARISON(kIfLess, R, <, order == Order::kLess)
  IF_COMPARISON(kIfLessEqual, R, <=, order != Order::kGreater)
  IF_COMPARISON(kIfGreater, R, >, order == Order::kGreater)
  IF_COMPARISON(kIfGreaterEqual, R, >=, order != Order::kLess)
  IF_COMPARISON(kIfLessK, K, <, order == Order::kLess)
  IF_COMPARISON(kIfLessEqualK, K, <=, order != Order::kGreater)
  IF_COMPARISON(kIfGreaterK, K, >, order == Order::kGreater)
  IF_COMPARISON(kIfGreaterEqualK, K, >=, order != Order::kLess)

  // ---- Calls ----
  CASE(kCall) {
    if (const auto* callee = function_taking(R[pc->a], pc->b)) ENTER(*callee, pc->b);
    HANDLE_CALL(call_value(ABSOLUTE(pc->a), pc->b, Offer::kExactly), 0);
  }
  CASE(kCallOffering) {
    std::uint32_t count = pc->b;
    if (const auto* callee = function_taking_some(R + pc->a, count)) ENTER(*callee, count);
    HANDLE_CALL(call_value(ABSOLUTE(pc->a), pc->b, Offer::kAsManyAsTaken), 0);
  }
  CASE(kCallFunction) { ENTER(*functions[pc->c], pc->b); }
  CASE(kCallNative) { HANDLE_CALL(call_native(native_builtins()[pc->c], no_receiver_, ABSOLUTE(pc->a), pc->b), 0); }
  CASE(kCallCase) { HANDLE_CALL(call_case(ABSOLUTE(pc->a), R[pc->b]), 0); }
  CASE(kInvoke) {
    HANDLE_CALL(invoke(ABSOLUTE(pc->a), pc->b, K[pc->c], pc[1].target()), 1);
  }
  CASE(kInvokeOn) { goto invoke_on_register; }
  CASE(kInvokeGlobal) { goto invoke_on_global; }
  CASE(kInvokeState) { goto invoke_on_state; }
  CASE(kPutElement) {
    if (quick_array_set(R[pc->b], R[pc->c], R[pc->a])) JUMP_CHARGED(pc[1].target());
    NEXT_AFTER(1);
  }
  CASE(kPutField) {
    const InlineCache& cache = caches_[pc[2].target()];
    Value& self = R[pc->b];
    if (self.is_object() && cache.seen != nullptr && object::immortal_keys(self) == cache.seen && self.is_unique()) [[likely]] {
      put_content(self, cache.found, R[pc->a]);
      JUMP_CHARGED(pc[1].target());
    }
    if (self.is_struct() && structure::type(self) == cache.seen && self.is_unique() &&
        quick_field_set(data_.owner.program.types, self, cache.found, R[pc->a])) {
      JUMP_CHARGED(pc[1].target());
    }
    if (put_field(self, K[pc->c], R[pc->a], pc[2].target())) JUMP_CHARGED(pc[1].target());
    NEXT_AFTER(2);
  }
  CASE(kPushElement) {
    if (quick_array_push(R[pc->b], R[pc->a])) JUMP_CHARGED(pc[1].target());
    NEXT_AFTER(1);
  }
  CASE(kReturnNil) { if (leave_frame(R, Value::nil())) goto reload; return Step::kDone; }
  CASE(kReturn) { if (leave_frame(R, std::move(R[pc->a]))) goto reload; return Step::kDone; }
  CASE(kCheckType) {
    const bool fits = data_.owner.program.types.fits(R[pc->a], pc->b);
    if (fits) [[likely]] NEXT();
    SAVE();
    if (!check_type(R[pc->a], *pc)) goto failed_saved;  // it may have left the frame
    NEXT();
  }

  // ---- Data ----
  CASE(kField) {
    const std::uint32_t site = pc[1].target();
    const Value& of = R[pc->b];
    const InlineCache& cache = caches_[site];
    if (of.is_object() && cache.seen != nullptr && object::immortal_keys(of) == cache.seen) [[likely]] {
      R[pc->a] = Value(object::content_at(of, cache.found));
      NEXT_AFTER(1);
    }
    if (of.is_struct() && structure::type(of) == cache.seen) {
      R[pc->a] = Value(structure::at(of, static_cast<std::uint32_t>(cache.found)));
      NEXT_AFTER(1);
    }
    if (!field(R[pc->a], of, K[pc->c], site)) FAIL();
    NEXT_AFTER(1);
  }
  CASE(kIndex) {
    const Value& of = R[pc->b];
    const Value& index = R[pc->c];
    if (of.is_array()) [[likely]] {
      std::size_t position = 0;
      if (read_position(index, array::size(of), position)) [[likely]] {
        R[pc->a] = array::at(of, position);
        NEXT();
      }
    }
    {
      Value element;
      if (of.is_string()) context_.charge(cost_of_bytes(string::uncounted_bytes(of)));
      if (!element_of(of, index, element, error_)) FAIL();
      R[pc->a] = std::move(element);
    }
    NEXT();
  }
  CASE(kNewArray) { R[pc->a] = array::make({&R[pc->a], pc->b}); NEXT(); }
  CASE(kExtendArray) {
    for (std::uint32_t k = 0; k < pc->c; ++k) array::push(R[pc->a], std::move(R[pc->b + k]));
    NEXT();
  }
  CASE(kNewObject) {
    object::KeysBlock* keys = data_.owner.program.key_lists[pc->b];
    R[pc->a] = object::make(keys, {&R[pc->a], keys->count});
    NEXT();
  }
  CASE(kEmptyObject) { R[pc->a] = object::make(); NEXT(); }
  CASE(kSetKey) { object::set(R[pc->a], K[pc->b], std::move(R[pc->c])); NEXT(); }
  CASE(kNewStruct) {
    if (!new_struct(R[pc->a], *data_.owner.program.structs[pc->b])) FAIL();
    NEXT();
  }
  CASE(kJoinText) {
    OPERATE(join_text(R[pc->a], &R[pc->b], pc->c));
    NEXT_IN_BUDGET();
  }
  CASE(kClosure) {
    const Value* captures = data_.frames.back().function->captures.empty() ? nullptr : function::block(R[-1])->captures();
    make_closure(R[pc->a], *data_.owner.program.functions[pc->b], R, captures);
    NEXT();
  }
  CASE(kForRange) {
    if (!begin_range(R + pc->a, pc->b)) FAIL();
    NEXT();
  }
  CASE(kForStep) {
    Value* const range = R + pc->a;
    const double current = range[0].as_number();
    const double end = range[1].as_number();
    const double step = range[2].as_number();
    if (step > 0 ? current < end : current > end) {
      range[0].set_number(current + step);
      R[pc->b].set_number(current);
      if (pc->n != 0) {
        const double count = range[3].as_number();
        R[pc->c].set_number(count);
        range[3].set_number(count + 1);
      }
      JUMP_CHARGED(pc[1].target());
    }
    if (range[2].is_array() && next_of_range(range, R[pc->b])) {
      if (pc->n != 0) R[pc->c] = Value(range[0].as_number() - 1);
      JUMP_CHARGED(pc[1].target());
    }
    NEXT_AFTER(1);
  }
  CASE(kForEach) {
    if (!begin_each(R + pc->a)) FAIL();
    NEXT();
  }
  CASE(kForNext) {
    Value* const each = R + pc->a;
    if (each[0].is_array()) [[likely]] {
      const double position = each[1].as_number();
      const auto place = static_cast<std::size_t>(static_cast<std::int64_t>(position));
      if (place >= array::size(each[0])) NEXT_AFTER(1);
      each[1].set_number(position + 1);
      R[pc->b] = array::at(each[0], place);
      if (pc->n != 0) R[pc->c].set_number(position);
      JUMP_CHARGED(pc[1].target());
    }
    if (next_each(each, R[pc->b], pc->n != 0 ? &R[pc->c] : nullptr)) JUMP_CHARGED(pc[1].target());
    NEXT_AFTER(1);
  }
  CASE(kThrow) {
    throw_value(R[pc->a]);
    FAIL();
  }
  CASE(kNoCase) {
    RAISE(runtime_error("value", "no case for " + brief(R[pc->a], Quotes::kQuoted) + " in dispatch"));
  }

  // ---- Servers ----
  CASE(kGetState) { R[pc->a] = data_.owner.state->get(pc->b); NEXT(); }
  CASE(kSetState) {
    if (!set_state(pc->b, R[pc->a])) FAIL();
    NEXT();
  }
  CASE(kGetStateNamed) {
    std::uint32_t state_field = 0;
    if (!state_field_named(R[pc->b], state_field)) FAIL();
    R[pc->a] = data_.owner.state->get(state_field);
    NEXT();
  }
  CASE(kSetStateNamed) {
    std::uint32_t state_field = 0;
    if (!state_field_named(R[pc->b], state_field) || !set_state(state_field, R[pc->c])) FAIL();
    R[pc->a] = R[pc->c];
    NEXT();
  }
  CASE(kStateObject) { R[pc->a] = data_.owner.state->snapshot(); NEXT(); }
  CASE(kSend) {
    SAVE();
    if (!send(ABSOLUTE(pc->a), K[pc->c], pc->n != 0)) FAIL();
    return Step::kWaiting;
  }
  CASE(kStartServer) {
    SAVE();
    data_.owner.host.start_server(pc->b);
    R[pc->a] = data_.owner.program.servers[pc->b]->handle;
    NEXT();
  }
  CASE(kData) { RELAY_CHECK(false, "an operand word is executed"); }

  // ---- Updates in place: on success the jump of the first word is taken, past the plain code ----
  {
    Value* self;
invoke_on_register:
    self = &R[pc->b];
    goto invoke_on;
invoke_on_global:
    self = &data_.owner.globals[pc->b];
    goto invoke_on;
invoke_on_state: {
      const bytecode::TypeId argument_type = pc[1].a;
      const bool fits = argument_type == bytecode::kAny || pc->n == 0 || data_.owner.program.types.fits(R[pc->a + pc->n], argument_type);
      if (!fits) NEXT_AFTER(2);
      self = &data_.owner.state->open(pc->b);
    }
invoke_on:
    // What the site has seen last is a method of its own name.
    if (const auto* seen = reinterpret_cast<const NativeInfo*>(caches_[pc[2].target()].found)) {
      if (seen->fewest == pc->n && quick_update(seen->quick, data_.owner.program.types, *self, &R[pc->a + 1])) [[likely]] {
        JUMP_CHARGED(pc[1].target());
      }
    }
    SAVE();
    switch (invoke_in_place(*self, ABSOLUTE(pc->a), pc->n, K[pc->c], pc[2].target())) {
      case InPlace::kDone: pc = code + pc[1].target() - 1; break;
      case InPlace::kPlain: pc += 2; break;
      case InPlace::kError: FAIL();
    }
    NEXT_IN_BUDGET();
  }

enter_frame:
  if (--budget_ > 0) [[likely]] goto reload;
  return Step::kOutOfBudget;

out_of_budget:  // before the instruction at pc
  data_.frames.back().pc = pc;
  return Step::kOutOfBudget;

stopped_inside:
  SAVE();
  return Step::kOutOfBudget;

undefined_name:
  RAISE(runtime_error("name", "undefined variable: " + std::string(string::text(K[pc->c]))));

failed:
  SAVE();
failed_saved:
  if (!unwind()) return Step::kError;
  goto reload;
}
// clang-format on

}  // namespace relay
