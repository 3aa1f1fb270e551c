#include "value/struct.h"

#include "value/heap.h"
#include "value/raw_values.h"
#include "value/string.h"

namespace relay {

std::uint32_t StructType::index_of(std::string_view field) const {
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (string::text(fields[i]) == field) return i;
  }
  return kNone;
}

std::uint32_t StructType::index_of(const Value& field) const {
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (fields[i].is_same(field)) return i;
  }
  return index_of(string::text(field));
}

namespace structure {
namespace {

StructBlock* make_block(const StructType* type, std::size_t count) {
  auto* instance = static_cast<StructBlock*>(heap_allocate(sizeof(StructBlock) + count * sizeof(Value)));
  instance->refs = 1;
  instance->kind = BlockKind::kStruct;
  instance->flags = 0;
  instance->extra = static_cast<std::uint16_t>(count);
  instance->type = type;
  return instance;
}

}  // namespace

Value make(const StructType* type, std::span<Value> fields) {
  StructBlock* instance = make_block(type, fields.size());
  move_values(instance->fields(), fields.data(), fields.size());
  instance->flags |= function_flags(instance->fields(), fields.size());
  return Value::adopt(instance);
}

void set(Value& self, std::uint32_t field, Value content) {
  StructBlock* instance = block(self);
  if (!instance->is_unique()) {
    StructBlock* copy = make_block(instance->type, instance->extra);
    copy->flags = instance->flags;
    copy_values(copy->fields(), instance->fields(), instance->extra);
    self = Value::adopt(copy);
    instance = copy;
  }
  instance->flags |= function_flag(content);
  instance->fields()[field] = std::move(content);
}

}  // namespace structure
}  // namespace relay
