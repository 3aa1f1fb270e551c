#include "value/array.h"

#include <array>

#include "vm/element.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Methods of arrays that read or change single elements.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep give_self(Value& self, Value& result) {
  result = std::move(self);
  return NativeStep::kDone;
}

// The position that args[0] names; `end` is one past the last that is allowed.
bool take_position(NativeContext& context, const Value& self, Args args, std::size_t end, std::size_t& out) {
  double number = 0;
  if (!take_integer(context, args, 0, number)) return false;
  if (number >= 0 && number < static_cast<double>(end)) {
    out = static_cast<std::size_t>(number);
    return true;
  }
  context.fail(out_of_bounds("array", args[0], array::size(self)));
  return false;
}

NativeStep length(NativeContext&, Value& self, Args, Value& result) {
  result = Value(static_cast<double>(array::size(self)));
  return NativeStep::kDone;
}

NativeStep get(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t at = 0;
  if (!take_position(context, self, args, array::size(self), at)) return NativeStep::kError;
  result = Value(array::at(self, at));
  return NativeStep::kDone;
}

NativeStep set(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t at = 0;
  if (!take_position(context, self, args, array::size(self), at)) return NativeStep::kError;
  array::set(self, at, std::move(args[1]));
  return give_self(self, result);
}

NativeStep push(NativeContext&, Value& self, Args args, Value& result) {
  array::push(self, std::move(args[0]));
  return give_self(self, result);
}

NativeStep pop(NativeContext&, Value& self, Args, Value& result) {
  if (array::size(self) != 0) array::pop(self);
  return give_self(self, result);
}

// `self` with elements [at, at + removed) replaced by `inserted`.
NativeStep splice(NativeContext& context, Value& self, std::size_t at, std::size_t removed,
                  std::span<const Value> inserted, Value& result) {
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size - at));
  const Value tail = array::slice(self, at + removed, size);
  array::truncate(self, at);
  array::append_run(self, inserted);
  array::append(self, tail);
  return give_self(self, result);
}

NativeStep insert(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t at = 0;
  if (!take_position(context, self, args, array::size(self) + 1, at)) return NativeStep::kError;
  if (array::size(self) - at > kStepElements) return context.delegate();
  return splice(context, self, at, 0, args.subspan(1, 1), result);
}

NativeStep prepend(NativeContext& context, Value& self, Args args, Value& result) {
  if (array::size(self) > kStepElements) return context.delegate();
  return splice(context, self, 0, 0, args.subspan(0, 1), result);
}

NativeStep remove_at(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t at = 0;
  if (!take_position(context, self, args, array::size(self), at)) return NativeStep::kError;
  if (array::size(self) - at > kStepElements) return context.delegate();
  return splice(context, self, at, 1, {}, result);
}

NativeStep first(NativeContext&, Value& self, Args, Value& result) {
  result = array::size(self) == 0 ? Value::nil() : Value(array::at(self, 0));
  return NativeStep::kDone;
}

NativeStep last(NativeContext&, Value& self, Args, Value& result) {
  const std::size_t size = array::size(self);
  result = size == 0 ? Value::nil() : Value(array::at(self, size - 1));
  return NativeStep::kDone;
}

NativeStep slice(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t from = 0;
  std::size_t to = 0;
  if (!take_slice(context, args, array::size(self), from, to)) return NativeStep::kError;
  if (from == 0) {
    array::truncate(self, to);
    return give_self(self, result);
  }
  if (to - from > kStepElements) return context.delegate();
  context.charge(cost_of_elements(to - from));
  result = array::slice(self, from, to);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"length", length},
    NativeEntry{"get", get},
    NativeEntry{"set", set, QuickMethod::kArraySet},
    NativeEntry{"push", push, QuickMethod::kArrayPush},
    NativeEntry{"add", push, QuickMethod::kArrayPush},
    NativeEntry{"pop", pop},
    NativeEntry{"insert", insert},
    NativeEntry{"prepend", prepend},
    NativeEntry{"remove_at", remove_at},
    NativeEntry{"first", first},
    NativeEntry{"last", last},
    NativeEntry{"slice", slice},
};

}  // namespace

std::span<const NativeEntry> array_element_methods() {
  return kMethods;
}

}  // namespace relay
