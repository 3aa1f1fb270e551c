#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "value/struct.h"
#include "value/value.h"

namespace relay::bytecode {

enum class TypeKind : std::uint8_t {
  kAny, kNil, kBool, kNumber, kString, kDatetime, kArray, kObject, kFunction, kServer,
  kStruct,    // one declared struct
  kListOf,    // [T]
  kMapOf,     // {string: T}
  kOptional,  // optional(T)
};

// Index into the TypeTable of a program; equal types have equal ids. 0 is `any`.
using TypeId = std::uint16_t;
inline constexpr TypeId kAny = 0;
inline constexpr std::size_t kMaxTypeId = 0xFFFF;

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
  // Bound: kMaxTypeId. A full table gives kAny for what is new; the compiler refuses such a program.
  TypeId intern(const TypeNode& node);
  [[nodiscard]] bool is_full() const { return nodes_.size() > kMaxTypeId; }
  [[nodiscard]] const TypeNode& node(TypeId id) const { return nodes_[id]; }
  // As an annotation writes it: "[string]", "optional(User)".
  [[nodiscard]] std::string text(TypeId id) const;

  // Whether `value` fits the type. A list or map that has been checked before costs only what has changed since.
  [[nodiscard]] bool fits(const Value& value, TypeId id) const {
    const TypeNode& type = nodes_[id];
    if (type.kind == TypeKind::kNumber) return value.is_number();
    if (type.kind == TypeKind::kString) return value.is_string();
    return type.kind == TypeKind::kAny || fits_other(value, type);
  }
  // nil fits, or the type is optional(T): only such parameters and fields may be left out.
  [[nodiscard]] bool is_optional(TypeId id) const { return nodes_[id].kind == TypeKind::kOptional; }

 private:
  [[nodiscard]] bool fits_other(const Value& value, const TypeNode& type) const;

  using Key = std::tuple<TypeKind, TypeId, const StructInfo*>;

  std::vector<TypeNode> nodes_;
  std::map<Key, TypeId> ids_;
};

// A declared struct: its StructType with the types of the fields.
struct StructInfo : StructType {
  std::vector<TypeId> field_types;
};

}  // namespace relay::bytecode
