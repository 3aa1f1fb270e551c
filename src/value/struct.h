#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "value/value.h"

namespace relay {

// The fields of a struct in declared order. Lives as long as the program; shared by all cores.
struct StructType {
  Value name;
  std::vector<Value> fields;  // immortal strings

  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  [[nodiscard]] std::uint32_t index_of(std::string_view field) const;
  // By the identity of an interned key first, then by text.
  [[nodiscard]] std::uint32_t index_of(const Value& field) const;
};

// An instance: one value a field, in declared order. `extra` is the number of fields (at most 65,535).
struct StructBlock : Block {
  const StructType* type;
  [[nodiscard]] Value* fields() { return reinterpret_cast<Value*>(this + 1); }
  [[nodiscard]] const Value* fields() const { return reinterpret_cast<const Value*>(this + 1); }
};

namespace structure {
// Takes type->fields.size() values from `fields`, which become undefined.
[[nodiscard]] Value make(const StructType* type, std::span<Value> fields);
[[nodiscard]] inline StructBlock* block(const Value& value) { return value.block_as<StructBlock>(); }
[[nodiscard]] inline const StructType* type(const Value& value) { return block(value)->type; }
[[nodiscard]] inline const Value& at(const Value& value, std::uint32_t field) {
  return block(value)->fields()[field];
}
// Changes in place when nobody else holds `self`, else copies the instance first.
void set(Value& self, std::uint32_t field, Value content);
}  // namespace structure

}  // namespace relay
