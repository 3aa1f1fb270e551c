#include <array>

#include "value/array.h"
#include "vm/native_arguments.h"
#include "vm/native_object_work.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep give_self(Value& self, Value& result) {
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep length(NativeContext&, Value& self, Args, Value& result) {
  result = Value(static_cast<double>(object::size(self)));
  return NativeStep::kDone;
}

NativeStep get(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  const Value* content = object::find(self, args[0]);
  result = content == nullptr ? Value::nil() : Value(*content);
  return NativeStep::kDone;
}

NativeStep has(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  result = Value(object::find(self, args[0]) != nullptr);
  return NativeStep::kDone;
}

NativeStep set(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  object::set(self, std::move(args[0]), std::move(args[1]));
  return give_self(self, result);
}

NativeStep remove(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  object::remove(self, args[0]);
  return give_self(self, result);
}

NativeStep merge(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_object(context, args, 0)) return NativeStep::kError;
  const std::size_t size = object::size(args[0]);
  if (size > kSlowStepElements) return context.delegate();
  context.charge(size);
  std::size_t position = object::first(args[0]);
  merge_entries(self, args[0], position, size);
  return give_self(self, result);
}

template <EntryPart kPart>
NativeStep list(NativeContext& context, Value& self, Args, Value& result) {
  const std::size_t size = object::size(self);
  if (size > kSlowStepElements) return context.delegate();
  context.charge(cost_of_elements(size));
  Value out = array::make();
  std::size_t position = object::first(self);
  append_entries(out, self, kPart, position, size);
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep with_callback(NativeContext& context, Value&, Args args, Value&) {
  if (!take_function(context, args, 0)) return NativeStep::kError;
  return context.delegate();
}

constexpr std::array kMethods = {
    NativeEntry{"length", length},
    NativeEntry{"get", get},
    NativeEntry{"set", set, QuickMethod::kObjectSet},
    NativeEntry{"has", has},
    NativeEntry{"remove", remove},
    NativeEntry{"merge", merge},
    NativeEntry{"keys", list<EntryPart::kKey>},
    NativeEntry{"values", list<EntryPart::kContent>},
    NativeEntry{"entries", list<EntryPart::kBoth>},
    NativeEntry{"map", with_callback},
    NativeEntry{"filter", with_callback},
};

}  // namespace

std::span<const NativeEntry> object_methods() {
  return kMethods;
}

}  // namespace relay
