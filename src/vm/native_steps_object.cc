#include <array>

#include "value/string.h"
#include "vm/native_object_work.h"
#include "vm/native_step.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Steps of the loops over large objects; see native_steps_array.cc. A position is nil at first and -1 at the
// end.

namespace relay {
namespace {

using Args = std::span<Value>;

std::size_t position_of(const Value& position, const Value& object) {
  return position.is_nil() ? object::first(object) : static_cast<std::size_t>(position.as_number());
}

Value to_value(std::size_t position) {
  return Value(position == object::kNone ? -1.0 : static_cast<double>(position));
}

// __entries([out, position], object, part): part is "keys", "values" or "entries".
NativeStep entries(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  Value out = state.take(0);
  std::size_t position = position_of(state.at(1), args[1]);
  const std::string_view name = string::text(args[2]);
  EntryPart part = EntryPart::kBoth;
  if (name == "keys") part = EntryPart::kKey;
  if (name == "values") part = EntryPart::kContent;
  context.charge(kSlowStepElements);
  append_entries(out, args[1], part, position, kSlowStepElements);
  state.put(0, std::move(out));
  state.put(1, to_value(position));
  return state.give(result);
}

// __merge_entries([object, position], other)
NativeStep merge(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  Value out = state.take(0);
  std::size_t position = position_of(state.at(1), args[1]);
  context.charge(kSlowStepElements);
  merge_entries(out, args[1], position, kSlowStepElements);
  state.put(0, std::move(out));
  state.put(1, to_value(position));
  return state.give(result);
}

constexpr std::array kSteps = {
    NativeEntry{.name = "__entries", .function = entries},
    NativeEntry{.name = "__merge_entries", .function = merge},
};

}  // namespace

std::span<const NativeEntry> object_steps() {
  return kSteps;
}

}  // namespace relay
