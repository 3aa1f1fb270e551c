#pragma once

#include "bytecode/type_table.h"
#include "value/array.h"
#include "value/object.h"
#include "value/struct.h"
#include "vm/native.h"

// The methods that change a collection in loops, in place and without a call, where nothing is wrong and nobody else
// holds the collection. Each gives false when the method itself must be called; nothing is touched then. The last
// argument is moved away.

namespace relay {

[[nodiscard]] inline bool quick_array_set(Value& self, Value* args) {
  if (!self.is_array() || !self.is_unique() || !args[0].is_number()) return false;
  const double number = args[0].as_number();
  if (!(number >= 0 && number < static_cast<double>(array::size(self)))) return false;
  const auto index = static_cast<std::size_t>(number);
  if (static_cast<double>(index) != number) return false;
  array::set(self, index, std::move(args[1]));
  return true;
}

[[nodiscard]] inline bool quick_array_push(Value& self, Value* args) {
  if (!self.is_array()) return false;
  array::push(self, std::move(args[0]));
  return true;
}

// Only keys known by their identity, as literals are.
[[nodiscard]] inline bool quick_object_set(Value& self, Value* args) {
  if (!self.is_object() || !self.is_unique()) return false;
  object::ObjectBlock* block = object::block(self);
  if (block->is_large()) return false;
  const object::KeysBlock* keys = block->keys();
  for (std::uint32_t i = 0; i < keys->count; ++i) {
    if (!keys->keys()[i].is_same(args[0])) continue;
    block->checked_type = 0;
    block->flags |= function_flag(args[1]);
    block->contents()[i] = std::move(args[1]);
    return true;
  }
  return false;
}

[[nodiscard]] inline bool quick_struct_set(const bytecode::TypeTable& types, Value& self, Value* args) {
  if (!self.is_struct() || !self.is_unique()) return false;
  StructBlock* block = structure::block(self);
  const auto& info = static_cast<const bytecode::StructInfo&>(*block->type);
  for (std::uint32_t i = 0; i < block->extra; ++i) {
    if (!info.fields[i].is_same(args[0])) continue;
    if (!types.fits(args[1], info.field_types[i])) return false;
    block->flags |= function_flag(args[1]);
    block->fields()[i] = std::move(args[1]);
    return true;
  }
  return false;
}

[[nodiscard]] inline bool quick_update(QuickMethod method, const bytecode::TypeTable& types, Value& self, Value* args) {
  switch (method) {
    case QuickMethod::kArraySet: return quick_array_set(self, args);
    case QuickMethod::kArrayPush: return quick_array_push(self, args);
    case QuickMethod::kObjectSet: return quick_object_set(self, args);
    case QuickMethod::kStructSet: return quick_struct_set(types, self, args);
    case QuickMethod::kNone: return false;
  }
  return false;
}

}  // namespace relay
