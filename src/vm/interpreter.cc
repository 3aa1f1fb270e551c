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
#define NEXT() do { i = *pc++; goto *kLabels[static_cast<std::size_t>(i.op)]; } while (false)
#define CASE(op) label_##op:
#define SAVE() (data_.frames.back().pc = pc)
#define FAIL() goto failed
#define RAISE(error) do { raise(error); FAIL(); } while (false)
#define ABSOLUTE(reg) (static_cast<std::uint32_t>(R - data_.stack.data()) + (reg))
#define CHECK_BUDGET() do { if (budget_ <= 0) [[unlikely]] goto out_of_budget; } while (false)
#define SITE() (pc++)->target()

#define ARITHMETIC(op, expression, slow)                                                  \
  CASE(op) {                                                                              \
    const Value& left = R[i.b];                                                           \
    const Value& right = R[i.c];                                                          \
    if (left.is_number() && right.is_number()) [[likely]] {                               \
      const double x = left.as_number(), y = right.as_number();                           \
      R[i.a].set_number(expression);                                                         \
      NEXT();                                                                             \
    }                                                                                     \
    slow;                                                                                 \
  }
#define ARITHMETIC_K(op, expression, slow)                                                \
  CASE(op) {                                                                              \
    const Value& left = R[i.b];                                                           \
    const Value& right = K[i.c];                                                          \
    if (left.is_number()) [[likely]] {                                                    \
      const double x = left.as_number(), y = right.as_number();                           \
      R[i.a].set_number(expression);                                                         \
      NEXT();                                                                             \
    }                                                                                     \
    slow;                                                                                 \
  }
#define DO_NOT_FIT(verb) do { RAISE(operands_do_not_fit(verb, left, right)); } while (false)
#define COMPARISON(op, operator_, ...)                                                    \
  CASE(op) {                                                                              \
    const Value& left = R[i.b];                                                           \
    const Value& right = R[i.c];                                                          \
    if (left.is_number() && right.is_number()) [[likely]] {                               \
      R[i.a].set_bool(left.as_number() operator_ right.as_number());                       \
      NEXT();                                                                             \
    }                                                                                     \
    Order order;                                                                          \
    OPERATE(compares(left, right, order));                                                \
    R[i.a].set_bool(__VA_ARGS__);                                                          \
    NEXT();                                                                               \
  }
#define JUMP_UNLESS(outcome) do {                                                         \
    if ((outcome) == (i.n != 0)) { ++pc; } else { pc = code + pc->target(); }             \
    NEXT();                                                                               \
  } while (false)
#define IF_COMPARISON(op, right_side, operator_, ...)                                     \
  CASE(op) {                                                                              \
    const Value& left = R[i.a];                                                           \
    const Value& right = right_side[i.b];                                                 \
    if (left.is_number() && right.is_number()) [[likely]]                                 \
      JUMP_UNLESS(left.as_number() operator_ right.as_number());                          \
    Order order;                                                                          \
    OPERATE(compares(left, right, order));                                                \
    JUMP_UNLESS(__VA_ARGS__);                                                             \
  }
#define HANDLE_CALL(call) do {                                                            \
    SAVE();                                                                               \
    switch (call) {                                                                       \
      case Called::kFrame: goto enter_frame;                                              \
      case Called::kDone: break;                                                          \
      case Called::kWait: return Step::kWaiting;                                          \
      case Called::kError: FAIL();                                                        \
      case Called::kWork: goto out_of_budget;                                             \
    }                                                                                     \
    CHECK_BUDGET();                                                                       \
    NEXT();                                                                               \
  } while (false)
// An operator that may take long: when it stops in the middle, its instruction is run again.
#define OPERATE(call) do {                                                                \
    switch (call) {                                                                       \
      case Called::kDone: break;                                                          \
      case Called::kWork: goto out_of_budget;                                             \
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
  Instruction i;
  const std::unique_ptr<bytecode::Function>* const functions = data_.owner.program.functions.data();

reload: {
    const Frame& frame = data_.frames.back();
    pc = frame.pc;
    code = frame.function->code.data();
    K = frame.function->constants.data();
    R = data_.stack.data() + frame.base;
  }
  NEXT();

  CASE(kLoad) { R[i.a] = K[i.b]; NEXT(); }
  CASE(kLoadBuiltin) {
    R[i.a] = function::make(&native_builtins()[i.b], 0);
    NEXT();
  }
  CASE(kMove) { R[i.a] = R[i.b]; NEXT(); }
  CASE(kTake) { R[i.a] = std::move(R[i.b]); NEXT(); }
  CASE(kClear) { R[i.a].clear(); NEXT(); }
  CASE(kCheckSet) {
    if (!R[i.a].is_undefined()) [[likely]] NEXT();
    raise(runtime_error("name", "undefined variable: " + std::string(string::text(K[i.b]))));
    error_.note = string::text(K[i.c]);
    FAIL();
  }
  CASE(kRaise) {
    RAISE(runtime_error(string::text(K[i.a]), std::string(string::text(K[i.b])), std::string(string::text(K[i.c]))));
  }

  // ---- Captured and program variables ----
  CASE(kNewCell) { R[i.a] = cell::make(std::move(R[i.a]), data_.owner.undo.message()); NEXT(); }
  CASE(kFreshCell) { R[i.a] = cell::make(Value(), data_.owner.undo.message()); NEXT(); }
  CASE(kGetCell) {
    const Value& content = cell::block(R[i.b])->value;
    if (content.is_undefined()) [[unlikely]] goto undefined_name;
    R[i.a] = content;
    NEXT();
  }
  CASE(kSetCell) {
    CellBlock* cell = cell::block(R[i.a]);
    data_.owner.undo.note(cell);
    cell->value = std::move(R[i.b]);
    NEXT();
  }
  CASE(kGetCapture) {
    const Value& content = function::block(R[-1])->captures()[i.b];
    if (content.is_undefined()) [[unlikely]] goto undefined_name;
    R[i.a] = content;
    NEXT();
  }
  CASE(kGetCaptured) {
    const Value& content = cell::block(function::block(R[-1])->captures()[i.b])->value;
    if (content.is_undefined()) [[unlikely]] goto undefined_name;
    R[i.a] = content;
    NEXT();
  }
  CASE(kSetCaptured) {
    CellBlock* cell = cell::block(function::block(R[-1])->captures()[i.b]);
    data_.owner.undo.note(cell);
    cell->value = std::move(R[i.a]);
    NEXT();
  }
  CASE(kGetGlobal) {
    const Value& content = data_.owner.globals[i.b];
    if (content.is_undefined()) [[unlikely]] {
      SAVE();
      if (!load_global(i.b)) FAIL();
    }
    R[i.a] = data_.owner.globals[i.b];
    NEXT();
  }
  CASE(kSetGlobal) { data_.owner.globals[i.b] = std::move(R[i.a]); NEXT(); }
  CASE(kAddGlobal) {
    Value& left = data_.owner.globals[i.a];
    const Value& right = R[i.b];
    if (left.is_number() && right.is_number()) [[likely]] {
      left.set_number(left.as_number() + right.as_number());
      NEXT();
    }
    if (left.is_undefined() && !load_global(i.a)) FAIL();
    if (left.is_number() || right.is_number()) DO_NOT_FIT("add");
    OPERATE(add(left, right));
    R[i.b] = Value();
    CHECK_BUDGET();
    NEXT();
  }

  // ---- Operators ----
  ARITHMETIC(kAdd, x + y, {
    if (i.a == i.b) {
      OPERATE(add(R[i.a], right));
    } else {
      Value sum = i.n != 0 ? std::move(R[i.b]) : left;
      OPERATE(add(sum, right));
      R[i.a] = std::move(sum);
    }
    CHECK_BUDGET();
    NEXT();
  })
  ARITHMETIC(kSub, x - y, {
    {
      Value seconds;
      if (!subtract(left, right, seconds, error_)) FAIL();
      R[i.a] = std::move(seconds);
    }
    NEXT();
  })
  ARITHMETIC(kMul, x * y, DO_NOT_FIT("multiply"))
  CASE(kDiv) {
    const Value& left = R[i.b];
    const Value& right = R[i.c];
    if (!left.is_number() || !right.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[i.a].set_number(left.as_number() / right.as_number());
    NEXT();
  }
  CASE(kMod) {
    const Value& left = R[i.b];
    const Value& right = R[i.c];
    if (!left.is_number() || !right.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[i.a].set_number(remainder(left.as_number(), right.as_number()));
    NEXT();
  }
  ARITHMETIC_K(kAddK, x + y, DO_NOT_FIT("add"))
  ARITHMETIC_K(kSubK, x - y, DO_NOT_FIT("subtract"))
  ARITHMETIC_K(kMulK, x * y, DO_NOT_FIT("multiply"))
  CASE(kDivK) {
    const Value& left = R[i.b];
    const Value& right = K[i.c];
    if (!left.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[i.a].set_number(left.as_number() / right.as_number());
    NEXT();
  }
  CASE(kModK) {
    const Value& left = R[i.b];
    const Value& right = K[i.c];
    if (!left.is_number()) DO_NOT_FIT("divide");
    if (right.as_number() == 0) RAISE(division_by_zero());
    R[i.a].set_number(remainder(left.as_number(), right.as_number()));
    NEXT();
  }
  CASE(kNegate) {
    if (!R[i.b].is_number()) RAISE(runtime_error("type", "cannot negate " + std::string(type_name(R[i.b]))));
    R[i.a].set_number(-R[i.b].as_number());
    NEXT();
  }
  CASE(kNot) { R[i.a].set_bool(!R[i.b].truthy()); NEXT(); }
  CASE(kTruth) { R[i.a].set_bool(R[i.b].truthy()); NEXT(); }
  CASE(kEqual) {
    bool same = false;
    OPERATE(equals(R[i.b], R[i.c], same));
    R[i.a].set_bool(same);
    NEXT();
  }
  CASE(kNotEqual) {
    bool same = false;
    OPERATE(equals(R[i.b], R[i.c], same));
    R[i.a].set_bool(!same);
    NEXT();
  }
  COMPARISON(kLess, <, order == Order::kLess)
  COMPARISON(kLessEqual, <=, order != Order::kGreater)
  COMPARISON(kGreater, >, order == Order::kGreater)
  COMPARISON(kGreaterEqual, >=, order != Order::kLess)

  // ---- Jumps ----
  CASE(kJump) { pc = code + i.target(); NEXT(); }
  CASE(kLoop) {
    if (budget_ <= 0) [[unlikely]] {
      --pc;  // it runs again: until then the fiber stands inside the loop
      goto out_of_budget;
    }
    --budget_;
    pc = code + i.target();
    NEXT();
  }
  CASE(kJumpIf) { if (R[i.a].truthy()) pc = code + i.target(); NEXT(); }
  CASE(kJumpIfNot) { if (!R[i.a].truthy()) pc = code + i.target(); NEXT(); }
  CASE(kJumpIfNil) { if (R[i.a].is_nil()) pc = code + i.target(); NEXT(); }
  CASE(kJumpIfNotNil) { if (!R[i.a].is_nil()) pc = code + i.target(); NEXT(); }
  CASE(kIfEqual) {
    bool same = false;
    OPERATE(equals(R[i.a], R[i.b], same));
    JUMP_UNLESS(same);
  }
  CASE(kIfEqualK) {
    bool same = false;
    OPERATE(equals(R[i.a], K[i.b], same));
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
  CASE(kCall) { HANDLE_CALL(call_value(ABSOLUTE(i.a), i.b, Offer::kExactly)); }
  CASE(kCallOffering) { HANDLE_CALL(call_value(ABSOLUTE(i.a), i.b, Offer::kAsManyAsTaken)); }
  CASE(kCallFunction) {
    const std::uint32_t callee = ABSOLUTE(i.a);
    SAVE();
    if (!push_frame(*functions[i.c], callee + 1, i.b, callee)) FAIL();
    goto enter_frame;
  }
  CASE(kCallNative) { HANDLE_CALL(call_native(native_builtins()[i.c], no_receiver_, ABSOLUTE(i.a), i.b)); }
  CASE(kCallCase) { HANDLE_CALL(call_case(ABSOLUTE(i.a), R[i.b])); }
  CASE(kInvoke) {
    const std::uint32_t site = SITE();
    HANDLE_CALL(invoke(ABSOLUTE(i.a), i.b, K[i.c], site));
  }
  CASE(kInvokeOn) { goto invoke_on_register; }
  CASE(kInvokeGlobal) { goto invoke_on_global; }
  CASE(kInvokeState) { goto invoke_on_state; }
  CASE(kReturnNil) {
    data_.result = Value::nil();
    goto leave_frame;
  }
  CASE(kReturn) {
    data_.result = std::move(R[i.a]);
    goto leave_frame;
  }
  CASE(kCheckType) {
    const bool fits = data_.owner.program.types.fits(R[i.a], i.b);
    if (fits) [[likely]] NEXT();
    SAVE();
    if (!check_type(R[i.a], pc[-1])) goto failed_saved;  // it may have left the frame
    NEXT();
  }

  // ---- Data ----
  CASE(kField) {
    const std::uint32_t site = SITE();
    const Value& of = R[i.b];
    const InlineCache& cache = caches_[site];
    if (of.is_object() && cache.seen != nullptr && object::immortal_keys(of) == cache.seen) [[likely]] {
      R[i.a] = Value(object::content_at(of, cache.found));
      NEXT();
    }
    if (of.is_struct() && structure::type(of) == cache.seen) {
      R[i.a] = Value(structure::at(of, static_cast<std::uint32_t>(cache.found)));
      NEXT();
    }
    if (!field(R[i.a], of, K[i.c], site)) FAIL();
    NEXT();
  }
  CASE(kIndex) {
    const Value& of = R[i.b];
    const Value& index = R[i.c];
    if (of.is_array() && index.is_number()) [[likely]] {
      const double position = index.as_number();
      if (position >= 0 && position < static_cast<double>(array::size(of))) [[likely]] {
        const auto place = static_cast<std::size_t>(position);
        if (static_cast<double>(place) == position) [[likely]] {
          R[i.a] = Value(array::at(of, place));
          NEXT();
        }
      }
    }
    {
      Value element;
      if (of.is_string()) context_.charge(cost_of_bytes(string::uncounted_bytes(of)));
      if (!element_of(of, index, element, error_)) FAIL();
      R[i.a] = std::move(element);
    }
    NEXT();
  }
  CASE(kNewArray) { R[i.a] = array::make({&R[i.a], i.b}); NEXT(); }
  CASE(kExtendArray) {
    for (std::uint32_t k = 0; k < i.c; ++k) array::push(R[i.a], std::move(R[i.b + k]));
    NEXT();
  }
  CASE(kNewObject) {
    object::KeysBlock* keys = data_.owner.program.key_lists[i.b];
    R[i.a] = object::make(keys, {&R[i.a], keys->count});
    NEXT();
  }
  CASE(kEmptyObject) { R[i.a] = object::make(); NEXT(); }
  CASE(kSetKey) { object::set(R[i.a], K[i.b], std::move(R[i.c])); NEXT(); }
  CASE(kNewStruct) {
    if (!new_struct(R[i.a], *data_.owner.program.structs[i.b])) FAIL();
    NEXT();
  }
  CASE(kJoinText) {
    OPERATE(join_text(R[i.a], &R[i.b], i.c));
    CHECK_BUDGET();
    NEXT();
  }
  CASE(kClosure) {
    const Value* captures = data_.frames.back().function->captures.empty() ? nullptr : function::block(R[-1])->captures();
    make_closure(R[i.a], *data_.owner.program.functions[i.b], R, captures);
    NEXT();
  }
  CASE(kForRange) {
    if (!begin_range(R + i.a, i.b)) FAIL();
    NEXT();
  }
  CASE(kForStep) {
    const double current = R[i.a].as_number();
    const double end = R[i.a + 1].as_number();
    const double step = R[i.a + 2].as_number();
    if (step > 0 ? current < end : current > end) {
      R[i.a].set_number(current + step);
      R[i.b].set_number(current);
      if (i.n != 0) {
        const double count = R[i.a + 3].as_number();
        R[i.c].set_number(count);
        R[i.a + 3].set_number(count + 1);
      }
      pc = code + pc->target();
      --budget_;
      CHECK_BUDGET();
      NEXT();
    }
    if (R[i.a + 2].is_array() && next_of_range(R + i.a, R[i.b])) {
      if (i.n != 0) R[i.c] = Value(R[i.a].as_number() - 1);
      pc = code + pc->target();
      --budget_;
      CHECK_BUDGET();
      NEXT();
    }
    ++pc;
    NEXT();
  }
  CASE(kForEach) {
    if (!begin_each(R + i.a)) FAIL();
    NEXT();
  }
  CASE(kForNext) {
    if (next_each(R + i.a, R[i.b], i.n != 0 ? &R[i.c] : nullptr)) {
      pc = code + pc->target();
      --budget_;
      CHECK_BUDGET();
      NEXT();
    }
    ++pc;
    NEXT();
  }
  CASE(kThrow) {
    throw_value(R[i.a]);
    FAIL();
  }
  CASE(kNoCase) {
    RAISE(runtime_error("value", "no case for " + brief(R[i.a], Quotes::kQuoted) + " in dispatch"));
  }

  // ---- Servers ----
  CASE(kGetState) { R[i.a] = data_.owner.state->get(i.b); NEXT(); }
  CASE(kSetState) {
    if (!set_state(i.b, R[i.a])) FAIL();
    NEXT();
  }
  CASE(kGetStateNamed) {
    std::uint32_t state_field = 0;
    if (!state_field_named(R[i.b], state_field)) FAIL();
    R[i.a] = data_.owner.state->get(state_field);
    NEXT();
  }
  CASE(kSetStateNamed) {
    std::uint32_t state_field = 0;
    if (!state_field_named(R[i.b], state_field) || !set_state(state_field, R[i.c])) FAIL();
    R[i.a] = R[i.c];
    NEXT();
  }
  CASE(kStateObject) { R[i.a] = data_.owner.state->snapshot(); NEXT(); }
  CASE(kSend) {
    SAVE();
    if (!send(ABSOLUTE(i.a), K[i.c], i.n != 0)) FAIL();
    return Step::kWaiting;
  }
  CASE(kStartServer) {
    SAVE();
    data_.owner.host.start_server(i.b);
    R[i.a] = data_.owner.program.servers[i.b]->handle;
    NEXT();
  }
  CASE(kData) { RELAY_CHECK(false, "an operand word is executed"); }

  // ---- Updates in place: on success the jump of the first word is taken, past the plain code ----
  {
    Value* self;
invoke_on_register:
    self = &R[i.b];
    goto invoke_on;
invoke_on_global:
    self = &data_.owner.globals[i.b];
    goto invoke_on;
invoke_on_state: {
      const bytecode::TypeId argument_type = pc->a;
      const bool fits = argument_type == bytecode::kAny || i.n == 0 || data_.owner.program.types.fits(R[i.a + i.n], argument_type);
      if (!fits) {
        pc += 2;
        NEXT();
      }
      self = &data_.owner.state->open(i.b);
    }
invoke_on:
    // What the site has seen last is a method of its own name.
    if (const auto* seen = reinterpret_cast<const NativeInfo*>(caches_[pc[1].target()].found)) {
      if (seen->fewest == i.n && quick_update(seen->quick, data_.owner.program.types, *self, &R[i.a + 1])) [[likely]] {
        pc = code + pc->target();
        --budget_;
        CHECK_BUDGET();
        NEXT();
      }
    }
    SAVE();
    switch (invoke_in_place(*self, ABSOLUTE(i.a), i.n, K[i.c], pc[1].target())) {
      case InPlace::kDone: pc = code + pc->target(); break;
      case InPlace::kPlain: pc += 2; break;
      case InPlace::kError: FAIL();
    }
    CHECK_BUDGET();
    NEXT();
  }

leave_frame: {
    const Frame& frame = data_.frames.back();
    for (Value* reg = R; reg != R + frame.function->register_count; ++reg) reg->clear();
    const std::uint32_t result_place = frame.result;
    data_.frames.pop_back();
    if (data_.frames.empty()) {
      data_.stack.clear(0, 1);
      data_.caught.clear();
      return Step::kDone;
    }
    data_.stack.data()[result_place] = std::move(data_.result);
  }
  goto reload;

enter_frame:
  --budget_;
  if (budget_ > 0) [[likely]] goto reload;
  pc = data_.frames.back().pc;

out_of_budget:
  SAVE();
  return Step::kOutOfBudget;

undefined_name:
  RAISE(runtime_error("name", "undefined variable: " + std::string(string::text(K[i.c]))));

failed:
  SAVE();
failed_saved:
  if (!unwind()) return Step::kError;
  goto reload;
}
// clang-format on

}  // namespace relay
