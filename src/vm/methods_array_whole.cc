#include <algorithm>
#include <array>

#include "value/display.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_array_work.h"
#include "vm/native_table.h"
#include "vm/native_text.h"
#include "vm/native_unique.h"
#include "vm/vm_limits.h"

// Methods of arrays that look at all elements.

namespace relay {
namespace {

using Args = std::span<Value>;

bool is_large(const Value& list) {
  return array::size(list) > kStepElements;
}

NativeStep append(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_array(context, args, 0)) return NativeStep::kError;
  if (is_large(args[0])) return context.delegate("array__append");
  context.charge(cost_of_elements(array::size(args[0])));
  array::append(self, args[0]);
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep reverse(NativeContext& context, Value& self, Args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  Value out = array::make();
  append_reversed(out, self, 0, size);
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep includes(NativeContext& context, Value& self, Args args, Value& result) {
  if (is_large(self)) return context.delegate("array__includes");
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  result = Value(find_equal(self, args[0], 0, size) != kNoElement);
  return NativeStep::kDone;
}

NativeStep index_of(NativeContext& context, Value& self, Args args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  const std::size_t at = find_equal(self, args[0], 0, size);
  result = Value(at == kNoElement ? -1.0 : static_cast<double>(at));
  return NativeStep::kDone;
}

NativeStep remove(NativeContext& context, Value& self, Args args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  const std::size_t at = find_equal(self, args[0], 0, size);
  if (at != kNoElement) {
    const Value tail = array::slice(self, at + 1, size);
    array::truncate(self, at);
    array::append(self, tail);
  }
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep replace(NativeContext& context, Value& self, Args args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  const std::size_t at = find_equal(self, args[0], 0, size);
  if (at != kNoElement) array::set(self, at, std::move(args[1]));
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep unique(NativeContext& context, Value& self, Args, Value& result) {
  if (array::size(self) > kSlowStepElements) return context.delegate();
  context.charge(array::size(self));
  result = unique_of(self);
  return NativeStep::kDone;
}

NativeStep flatten(NativeContext& context, Value& self, Args, Value& result) {
  FlatPosition at;
  Value out = array::make();
  append_flat(out, self, at, kStepElements);
  context.charge(cost_of_elements(array::size(out)));
  if (at.outer < array::size(self)) return context.delegate();
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep zip(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_array(context, args, 0)) return NativeStep::kError;
  const std::size_t size = std::min(array::size(self), array::size(args[0]));
  if (size > kSlowStepElements) return context.delegate();
  context.charge(size);
  Value out = array::make();
  append_pairs(out, self, args[0], 0, size);
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep join(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  if (is_large(self)) return context.delegate();
  std::string out;
  std::size_t at = 0;
  if (!append_joined(out, self, string::text(args[0]), at, kStepBytes, context.error()))
    return NativeStep::kError;
  context.charge(cost_of_elements(at) + cost_of_bytes(out.size()));
  if (at < array::size(self)) return context.delegate();
  result = string::make(out);
  return NativeStep::kDone;
}

NativeStep sum(NativeContext& context, Value& self, Args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  double total = 0;
  if (!add_stretch(self, 0, size, total, context.error())) return NativeStep::kError;
  result = Value(total);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"append", 1, 1, append},     NativeEntry{"concat", 1, 1, append},
    NativeEntry{"reverse", 0, 0, reverse},   NativeEntry{"includes", 1, 1, includes},
    NativeEntry{"contains", 1, 1, includes}, NativeEntry{"index_of", 1, 1, index_of},
    NativeEntry{"remove", 1, 1, remove},     NativeEntry{"replace", 2, 2, replace},
    NativeEntry{"unique", 0, 0, unique},     NativeEntry{"flatten", 0, 0, flatten},
    NativeEntry{"zip", 1, 1, zip},           NativeEntry{"join", 1, 1, join},
    NativeEntry{"sum", 0, 0, sum},
};

}  // namespace

std::span<const NativeEntry> array_whole_methods() {
  return kMethods;
}

}  // namespace relay
