#include <algorithm>
#include <array>

#include "value/array.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_range.h"
#include "vm/native_step.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Builtins that make or measure collections.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep len(NativeContext& context, Value&, Args args, Value& result) {
  const Value& value = args[0];
  std::size_t length = 0;
  if (value.is_array()) {
    length = array::size(value);
  } else if (value.is_object()) {
    length = object::size(value);
  } else if (value.is_string()) {
    context.charge(cost_of_bytes(string::uncounted_bytes(value)));
    length = string::code_points(value);
  } else {
    return wrong_type(context, args, 0, "string, array or object");
  }
  result = Value(static_cast<double>(length));
  return NativeStep::kDone;
}

NativeStep range(NativeContext& context, Value&, Args args, Value& result) {
  Range range;
  if (!read_range(args, range, context.error())) return NativeStep::kError;
  const std::size_t count = range.count();
  if (count > kMaxRange) {
    return native_error(context, "limit",
                        "an array of more than 10000000 elements; `for ... in range(...)` makes none");
  }
  if (count > kStepElements) return context.delegate();
  context.charge(cost_of_elements(count));
  Value out = array::make();
  append_range(out, range, count);
  result = std::move(out);
  return NativeStep::kDone;
}

// Sets the entries of [from, to) of `entries` in `out`.
bool collect(NativeContext& context, const Value& entries, std::size_t from, std::size_t to, Value& out) {
  for (; from < to; ++from) {
    const Value& entry = array::at(entries, from);
    const bool is_pair = entry.is_array() && array::size(entry) == 2 && array::at(entry, 0).is_string();
    if (!is_pair) {
      context.fail("type", "function 'object': entry " + std::to_string(from) +
                               " must be [string, value], got " +
                               std::string(entry.is_array() ? "another array" : type_name(entry)));
      return false;
    }
    object::set(out, array::at(entry, 0), array::at(entry, 1));
  }
  return true;
}

NativeStep object_of(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_array(context, args, 0)) return NativeStep::kError;
  const std::size_t size = array::size(args[0]);
  if (size > kSlowStepElements) return context.delegate();
  context.charge(size);
  Value out = object::make();
  if (!collect(context, args[0], 0, size, out)) return NativeStep::kError;
  result = std::move(out);
  return NativeStep::kDone;
}

// __collect([out, next], entries)
NativeStep collect_step(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  Value out = state.take(0);
  const std::size_t from = state.count(1);
  const std::size_t to = std::min(array::size(args[1]), from + kSlowStepElements);
  context.charge(to - from);
  if (!collect(context, args[1], from, to, out)) return NativeStep::kError;
  state.put(0, std::move(out));
  state.put_count(1, to);
  return state.give(result);
}

// __range(out, range arguments): out with the elements that come next.
NativeStep range_step(NativeContext& context, Value&, Args args, Value& result) {
  Range range;
  if (!read_range(args.subspan(1), range, context.error())) return NativeStep::kError;
  const std::size_t to = std::min(range.count(), array::size(args[0]) + kStepElements);
  context.charge(cost_of_elements(kStepElements));
  append_range(args[0], range, to);
  result = std::move(args[0]);
  return NativeStep::kDone;
}

constexpr std::array kBuiltins = {
    NativeEntry{.name = "len", .function = len},
    NativeEntry{.name = "range", .function = range},
    NativeEntry{.name = "object", .function = object_of},
    NativeEntry{.name = "__collect", .function = collect_step},
    NativeEntry{.name = "__range", .function = range_step},
};

}  // namespace

std::span<const NativeEntry> collection_builtins() {
  return kBuiltins;
}

}  // namespace relay
