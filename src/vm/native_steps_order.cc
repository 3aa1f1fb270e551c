#include <array>

#include "vm/native_sort.h"
#include "vm/native_step.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Steps of sort, sort_by, min and max over large arrays; see native_steps_array.cc.

namespace relay {
namespace {

using Args = std::span<Value>;

// A run as the prelude holds it: [keys, values].
Value to_value(Run run) {
  std::array<Value, 2> items = {std::move(run.keys), std::move(run.values)};
  return array::make(items);
}

Run to_run(const Value& value) {
  return {array::at(value, 0), array::at(value, 1)};
}

// __sort(keys, values, next): the run of what comes next.
NativeStep sort(NativeContext& context, Value&, Args args, Value& result) {
  auto at = static_cast<std::size_t>(args[2].as_number());
  const std::size_t from = at;
  Run run;
  if (!sort_stretch(args[0], args[1], at, run, context.error())) return NativeStep::kError;
  context.charge(at - from);
  result = to_value(std::move(run));
  return NativeStep::kDone;
}

// __merge([keys, values, next of left, next of right], left, right)
NativeStep merge(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  Run out{state.take(0), state.take(1)};
  std::size_t i = state.count(2);
  std::size_t j = state.count(3);
  const std::size_t before = i + j;
  merge_stretch(to_run(args[1]), to_run(args[2]), i, j, out);
  context.charge(i + j - before);
  state.put(0, std::move(out.keys));
  state.put(1, std::move(out.values));
  state.put_count(2, i);
  state.put_count(3, j);
  return state.give(result);
}

// __min([best, next], list), __max likewise
template <Extreme kWhich>
NativeStep extreme(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  Value best = state.take(0);
  std::size_t at = state.count(1);
  const std::size_t from = at;
  if (!find_extreme(args[1], kWhich, at, best, context.error())) return NativeStep::kError;
  context.charge(cost_of_elements(at - from));
  state.put(0, std::move(best));
  state.put_count(1, at);
  return state.give(result);
}

constexpr std::array kSteps = {
    NativeEntry{.name = "__sort", .function = sort},
    NativeEntry{.name = "__merge", .function = merge},
    NativeEntry{.name = "__min", .function = extreme<Extreme::kLeast>},
    NativeEntry{.name = "__max", .function = extreme<Extreme::kGreatest>},
};

}  // namespace

std::span<const NativeEntry> order_steps() {
  return kSteps;
}

}  // namespace relay
