#include "bytecode/type_table.h"

#include "value/array.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::bytecode {
namespace {

std::string_view plain_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::kNil:
      return "nil";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kNumber:
      return "number";
    case TypeKind::kString:
      return "string";
    case TypeKind::kDatetime:
      return "datetime";
    case TypeKind::kArray:
      return "array";
    case TypeKind::kObject:
      return "object";
    case TypeKind::kFunction:
      return "function";
    case TypeKind::kServer:
      return "server";
    default:
      return "any";
  }
}

// What has been checked before is marked in the value with the id of the elements' type.
bool elements_fit(const TypeTable& table, const Value& list, TypeId inner) {
  if (inner == kAny) return true;
  return array::check_elements(list, inner, [&](const Value& element) { return table.fits(element, inner); });
}

bool contents_fit(const TypeTable& table, const Value& map, TypeId inner) {
  if (inner == kAny) return true;
  return object::check_contents(map, inner, [&](const Value& content) { return table.fits(content, inner); });
}

}  // namespace

TypeTable::TypeTable() {
  intern({});
}

TypeId TypeTable::intern(const TypeNode& node) {
  const Key key{node.kind, node.inner, node.structure};
  const auto found = ids_.find(key);
  if (found != ids_.end()) return found->second;
  if (is_full()) return kAny;
  const auto id = static_cast<TypeId>(nodes_.size());
  nodes_.push_back(node);
  ids_.emplace(key, id);
  return id;
}

std::string TypeTable::text(TypeId id) const {
  const TypeNode& type = nodes_[id];
  switch (type.kind) {
    case TypeKind::kStruct:
      return std::string(string::text(type.structure->name));
    case TypeKind::kListOf:
      return "[" + text(type.inner) + "]";
    case TypeKind::kMapOf:
      return "{string: " + text(type.inner) + "}";
    case TypeKind::kOptional:
      return "optional(" + text(type.inner) + ")";
    default:
      return std::string(plain_name(type.kind));
  }
}

bool TypeTable::fits_other(const Value& value, const TypeNode& type) const {
  switch (type.kind) {
    case TypeKind::kAny:
      return true;
    case TypeKind::kNil:
      return value.is_nil();
    case TypeKind::kBool:
      return value.is_bool();
    case TypeKind::kNumber:
      return value.is_number();
    case TypeKind::kString:
      return value.is_string();
    case TypeKind::kDatetime:
      return value.is_datetime();
    case TypeKind::kArray:
      return value.is_array();
    case TypeKind::kObject:
      return value.is_object();
    case TypeKind::kFunction:
      return value.is_function();
    case TypeKind::kServer:
      return value.is_server();
    case TypeKind::kStruct:
      return value.is_struct() && structure::type(value) == type.structure;
    case TypeKind::kListOf:
      return value.is_array() && elements_fit(*this, value, type.inner);
    case TypeKind::kMapOf:
      return value.is_object() && contents_fit(*this, value, type.inner);
    case TypeKind::kOptional:
      return value.is_nil() || fits(value, type.inner);
  }
  return false;
}

}  // namespace relay::bytecode
