#include <array>
#include <vector>

#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/struct_build.h"

namespace relay {
namespace {

using Args = std::span<Value>;

const bytecode::StructInfo& info_of(const Value& instance) {
  return static_cast<const bytecode::StructInfo&>(*structure::type(instance));
}

// The field that `name` names.
bool find_field(NativeContext& context, const Value& self, const Value& name, std::uint32_t& out) {
  out = info_of(self).index_of(name);
  if (out != StructType::kNone) return true;
  context.fail(unknown_field_error(info_of(self), string::text(name)));
  return false;
}

NativeStep get(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  std::uint32_t field = 0;
  if (!find_field(context, self, args[0], field)) return NativeStep::kError;
  result = Value(structure::at(self, field));
  return NativeStep::kDone;
}

NativeStep set(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  std::uint32_t field = 0;
  if (!find_field(context, self, args[0], field)) return NativeStep::kError;
  if (!check_field(context.program(), info_of(self), field, args[1], context.error()))
    return NativeStep::kError;
  structure::set(self, field, std::move(args[1]));
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep merge(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_object(context, args, 0)) return NativeStep::kError;
  const Value& changes = args[0];
  context.charge(object::size(changes));
  std::vector<std::uint32_t> fields;
  for (std::size_t at = object::first(changes); at != object::kNone; at = object::next(changes, at)) {
    std::uint32_t field = 0;
    if (!find_field(context, self, *object::entry(changes, at).key, field)) return NativeStep::kError;
    fields.push_back(field);
  }
  std::size_t index = 0;
  for (std::size_t at = object::first(changes); at != object::kNone; at = object::next(changes, at)) {
    const Value& content = *object::entry(changes, at).content;
    if (!check_field(context.program(), info_of(self), fields[index++], content, context.error())) {
      return NativeStep::kError;
    }
  }
  index = 0;
  for (std::size_t at = object::first(changes); at != object::kNone; at = object::next(changes, at)) {
    structure::set(self, fields[index++], *object::entry(changes, at).content);
  }
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep to_object(NativeContext& context, Value& self, Args, Value& result) {
  const StructType& type = *structure::type(self);
  context.charge(type.fields.size());
  Value out = object::make();
  for (std::uint32_t i = 0; i < type.fields.size(); ++i)
    object::set(out, type.fields[i], structure::at(self, i));
  result = std::move(out);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"get", get},
    NativeEntry{"set", set, QuickMethod::kStructSet},
    NativeEntry{"merge", merge},
    NativeEntry{"to_object", to_object},
};

}  // namespace

std::span<const NativeEntry> struct_methods() {
  return kMethods;
}

}  // namespace relay
