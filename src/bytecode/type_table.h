#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "value/struct.h"
#include "value/value.h"

namespace relay::bytecode {

// Index into the TypeTable of a program; equal types have equal ids. 0 is `any`.
using TypeId = std::uint16_t;
inline constexpr TypeId kAny = 0;

enum class TypeKind : std::uint8_t {
  kAny, kNil, kBool, kNumber, kString, kDatetime, kArray, kObject, kFunction, kServer,
  kStruct,    // one declared struct
  kListOf,    // [T]
  kMapOf,     // {string: T}
  kOptional,  // optional(T)
};

struct StructInfo;

struct TypeNode {
  TypeKind kind = TypeKind::kAny;
  TypeId inner = kAny;                  // kListOf, kMapOf, kOptional
  const StructInfo* structure = nullptr;  // kStruct
};

// The types that a program's annotations name, interned. Immutable once the program is loaded; any core.
class TypeTable {
 public:
  TypeTable();
  TypeId intern(const TypeNode& node);
  [[nodiscard]] const TypeNode& node(TypeId id) const { return nodes_[id]; }
  // As an annotation writes it: "[string]", "optional(User)".
  [[nodiscard]] std::string text(TypeId id) const;

  // Whether `value` fits the type. A list or map that has been checked before costs only what has changed since.
  [[nodiscard]] bool fits(const Value& value, TypeId id) const;
  // nil fits, or the type is optional(T): only such parameters and fields may be left out.
  [[nodiscard]] bool is_optional(TypeId id) const { return nodes_[id].kind == TypeKind::kOptional; }

 private:
  std::vector<TypeNode> nodes_;
};

// A declared struct: its StructType with the types of the fields.
struct StructInfo : StructType {
  std::vector<TypeId> field_types;
};

}  // namespace relay::bytecode
