#pragma once

#include "bytecode/type_table.h"
#include "value/array.h"
#include "value/object.h"
#include "value/struct.h"
#include "vm/native.h"

// The methods that change a collection in loops, in place and without a call, where nothing is wrong and nobody else
// holds the collection. Each gives false when the method itself must be called; nothing is touched then. The new
// content is moved away.

namespace relay {

// The position that `index` names in something of `count` elements. What is no number reads as a NaN, which no
// comparison lets through.
[[nodiscard]] inline bool read_position(const Value& index, std::size_t count, std::size_t& out) {
  const double number = index.as_number();
  if (!(number >= 0 && number < static_cast<double>(count))) return false;
  const auto whole = static_cast<std::int64_t>(number);
  out = static_cast<std::size_t>(whole);
  return static_cast<double>(whole) == number;
}

[[nodiscard]] inline bool quick_array_set(Value& self, const Value& index, Value& content) {
  if (!self.is_counted_array() || !self.block()->is_unique()) return false;
  std::size_t position = 0;
  if (!read_position(index, array::size(self), position)) return false;
  array::set(self, position, std::move(content));
  return true;
}

[[nodiscard]] inline bool quick_array_push(Value& self, Value& element) {
  if (!self.is_array()) return false;
  array::push(self, std::move(element));
  return true;
}

// The content at a place of a small object that nobody else holds.
inline void put_content(Value& self, std::size_t index, Value& content) {
  object::ObjectBlock* block = object::block(self);
  block->checked_type = 0;
  block->flags |= function_flag(content);
  block->contents()[index] = std::move(content);
}

// Only keys known by their identity, as literals are.
[[nodiscard]] inline bool quick_object_set(Value& self, const Value& key, Value& content) {
  if (!self.is_object() || !self.is_unique()) return false;
  const object::KeysBlock* keys = object::keys_of(self);
  if (keys == nullptr) return false;
  for (std::uint32_t i = 0; i < keys->count; ++i) {
    if (!keys->keys()[i].is_same(key)) continue;
    put_content(self, i, content);
    return true;
  }
  return false;
}

// The field at a place of a struct instance that nobody else holds.
[[nodiscard]] inline bool quick_field_set(const bytecode::TypeTable& types, Value& self, std::size_t index,
                                          Value& content) {
  StructBlock* block = structure::block(self);
  if (!types.fits(content, static_cast<const bytecode::StructInfo&>(*block->type).field_types[index])) return false;
  block->flags |= function_flag(content);
  block->fields()[index] = std::move(content);
  return true;
}

[[nodiscard]] inline bool quick_struct_set(const bytecode::TypeTable& types, Value& self, const Value& name,
                                           Value& content) {
  if (!self.is_struct() || !self.is_unique()) return false;
  const StructBlock* block = structure::block(self);
  const auto& info = static_cast<const bytecode::StructInfo&>(*block->type);
  for (std::uint32_t i = 0; i < block->extra; ++i) {
    if (info.fields[i].is_same(name)) return quick_field_set(types, self, i, content);
  }
  return false;
}

[[nodiscard]] inline bool quick_update(QuickMethod method, const bytecode::TypeTable& types, Value& self, Value* args) {
  switch (method) {
    case QuickMethod::kArraySet: return quick_array_set(self, args[0], args[1]);
    case QuickMethod::kArrayPush: return quick_array_push(self, args[0]);
    case QuickMethod::kObjectSet: return quick_object_set(self, args[0], args[1]);
    case QuickMethod::kStructSet: return quick_struct_set(types, self, args[0], args[1]);
    case QuickMethod::kNone: return false;
  }
  return false;
}

}  // namespace relay
