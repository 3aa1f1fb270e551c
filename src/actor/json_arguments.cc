#include "actor/json_arguments.h"

#include <utility>
#include <vector>

#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "vm/struct_build.h"

namespace relay {
namespace {

using bytecode::TypeId;
using bytecode::TypeKind;

constexpr std::string_view kTypeKey = "_type";

class JsonConverter {
 public:
  JsonConverter(const bytecode::Program& program, std::string& why) : program_(program), why_(why) {}

  [[nodiscard]] bool convert(Value& value, TypeId type) {
    const bytecode::TypeNode& node = program_.types.node(type);
    switch (node.kind) {
      case TypeKind::kOptional: return convert(value, node.inner);
      case TypeKind::kDatetime: return convert_datetime(value);
      case TypeKind::kListOf: return !value.is_array() || !can_change(node.inner) || convert_list(value, node.inner);
      case TypeKind::kMapOf: return !value.is_object() || !can_change(node.inner) || convert_map(value, node.inner);
      case TypeKind::kStruct: return !value.is_object() || convert_struct(value, *node.structure);
      default: return true;
    }
  }

 private:
  // Whether a value of this type can look different in JSON.
  [[nodiscard]] bool can_change(TypeId type) const {
    const bytecode::TypeNode& node = program_.types.node(type);
    switch (node.kind) {
      case TypeKind::kDatetime:
      case TypeKind::kStruct: return true;
      case TypeKind::kOptional:
      case TypeKind::kListOf:
      case TypeKind::kMapOf: return can_change(node.inner);
      default: return false;
    }
  }

  static bool convert_datetime(Value& value) {
    std::int64_t nanoseconds = 0;
    if (value.is_string() && parse_datetime(string::text(value), nanoseconds)) value = datetime::make(nanoseconds);
    return true;
  }

  bool convert_list(Value& list, TypeId inner) {
    for (std::size_t i = 0; i < array::size(list); ++i) {
      Value element = array::at(list, i);
      array::set(list, i, Value::nil());  // so that the element is held once, and changes in place
      if (!convert(element, inner)) return false;
      array::set(list, i, std::move(element));
    }
    return true;
  }

  bool convert_entry(Value& object, const Value& key, TypeId inner) {
    Value content = *object::find(object, key);
    object::set(object, key, Value::nil());
    if (!convert(content, inner)) return false;
    object::set(object, key, std::move(content));
    return true;
  }

  bool convert_map(Value& map, TypeId inner) {
    std::vector<Value> keys;
    for (std::size_t at = object::first(map); at != object::kNone; at = object::next(map, at)) {
      keys.push_back(*object::entry(map, at).key);
    }
    for (const Value& key : keys) {
      if (!convert_entry(map, key, inner)) return false;
    }
    return true;
  }

  bool convert_struct(Value& value, const bytecode::StructInfo& info) {
    if (!take_type(value, info)) return false;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
      if (object::find(value, info.fields[i]) == nullptr) continue;
      if (!convert_entry(value, info.fields[i], info.field_types[i])) return false;
    }
    ScriptError error;
    Value built;
    if (!build_struct(program_, info, std::move(value), built, error)) {
      why_ = error.text();
      return false;
    }
    value = std::move(built);
    return true;
  }

  bool take_type(Value& value, const bytecode::StructInfo& info) {
    const Value* named = object::find(value, kTypeKey);
    if (named == nullptr || info.index_of(kTypeKey) != StructType::kNone) return true;
    if (!named->is_string() || string::text(*named) != string::text(info.name)) {
      why_ = "must be " + std::string(string::text(info.name)) + ", got _type " + brief(*named, Quotes::kQuoted);
      return false;
    }
    object::remove(value, string::make(kTypeKey));
    return true;
  }

  const bytecode::Program& program_;
  std::string& why_;
};

}  // namespace

bool convert_json(const bytecode::Program& program, Value& value, bytecode::TypeId type, std::string& why) {
  return JsonConverter(program, why).convert(value, type);
}

}  // namespace relay
