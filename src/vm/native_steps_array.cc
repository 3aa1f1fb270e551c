#include <algorithm>
#include <array>

#include "value/object.h"
#include "vm/native_array_work.h"
#include "vm/native_step.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Steps of the loops that lang/prelude.rl runs over large arrays. Only the prelude can name them, so their
// arguments are what they expect.

namespace relay {
namespace {

using Args = std::span<Value>;

std::size_t count_of(const Value& number) {
  return static_cast<std::size_t>(number.as_number());
}

NativeStep give(Value& value, Value& result) {
  result = std::move(value);
  return NativeStep::kDone;
}

// __append(out, source, from, to): out with some elements more.
NativeStep append(NativeContext& context, Value&, Args args, Value& result) {
  const std::size_t from = count_of(args[2]);
  const std::size_t to = std::min(count_of(args[3]), from + kStepElements);
  context.charge(cost_of_elements(to - from));
  append_stretch(args[0], args[1], from, to);
  return give(args[0], result);
}

// __append_reversed(out, source): out with some elements more of source backwards.
NativeStep append_backwards(NativeContext& context, Value&, Args args, Value& result) {
  const std::size_t to = array::size(args[1]) - array::size(args[0]);
  const std::size_t from = to - std::min(to, kStepElements);
  context.charge(cost_of_elements(to - from));
  append_reversed(args[0], args[1], from, to);
  return give(args[0], result);
}

// __sum([sum, next], list)
NativeStep sum(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  double total = state.at(0).as_number();
  const std::size_t from = state.count(1);
  const std::size_t to = std::min(array::size(args[1]), from + kStepElements);
  context.charge(cost_of_elements(to - from));
  if (!add_stretch(args[1], from, to, total, context.error())) return NativeStep::kError;
  state.put(0, Value(total));
  state.put_count(1, to);
  return state.give(result);
}

// __flatten([out, next, next in it], list)
NativeStep flatten(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  Value out = state.take(0);
  FlatPosition at{state.count(1), state.count(2)};
  context.charge(cost_of_elements(kStepElements));
  append_flat(out, args[1], at, kStepElements);
  state.put(0, std::move(out));
  state.put_count(1, at.outer);
  state.put_count(2, at.inner);
  return state.give(result);
}

// __zip(out, a, b): out with some pairs more.
NativeStep zip(NativeContext& context, Value&, Args args, Value& result) {
  const std::size_t from = array::size(args[0]);
  const std::size_t end = std::min(array::size(args[1]), array::size(args[2]));
  const std::size_t to = std::min(end, from + kSlowStepElements);
  context.charge(to - from);
  append_pairs(args[0], args[1], args[2], from, to);
  return give(args[0], result);
}

// __group([groups], key, value): value at the end of the array under the string `key`.
NativeStep group(NativeContext&, Value&, Args args, Value& result) {
  const Value& key = args[1];
  StepState state(args[0]);
  Value groups = state.take(0);
  const Value* found = object::find(groups, key);
  Value members = found == nullptr ? array::make() : *found;
  if (found != nullptr)
    object::set(groups, key, Value::nil());  // so that `members` is alone and grows in place
  array::push(members, std::move(args[2]));
  object::set(groups, key, std::move(members));
  state.put(0, std::move(groups));
  return state.give(result);
}

constexpr std::array kSteps = {
    NativeEntry{.name = "__append", .function = append},
    NativeEntry{.name = "__append_reversed", .function = append_backwards},
    NativeEntry{.name = "__sum", .function = sum},
    NativeEntry{.name = "__flatten", .function = flatten},
    NativeEntry{.name = "__zip", .function = zip},
    NativeEntry{.name = "__group", .function = group},
};

}  // namespace

std::span<const NativeEntry> array_steps() {
  return kSteps;
}

}  // namespace relay
