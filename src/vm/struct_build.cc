#include "vm/struct_build.h"

#include "value/display.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

std::string quoted_field(const StructType& type, std::uint32_t field) {
  return "'" + std::string(string::text(type.fields[field])) + "'";
}

std::string struct_text(const StructType& type) {
  return "struct " + std::string(string::text(type.name));
}

// True when every key of `object` is a field; places[i] is then the field of the i-th key.
bool find_fields(const StructType& type, const Value& object, std::vector<std::uint32_t>& places,
                 ScriptError& error) {
  places.reserve(object::size(object));
  for (std::size_t at = object::first(object); at != object::kNone; at = object::next(object, at)) {
    const Value& key = *object::entry(object, at).key;
    const std::uint32_t field = type.index_of(key);
    if (field == StructType::kNone) {
      error = unknown_field_error(type, string::text(key));
      return false;
    }
    places.push_back(field);
  }
  return true;
}

bool fill_missing(const bytecode::Program& program, const bytecode::StructInfo& info,
                  std::vector<Value>& contents, ScriptError& error) {
  for (std::uint32_t i = 0; i < contents.size(); ++i) {
    if (!contents[i].is_undefined()) continue;
    if (!program.types.is_optional(info.field_types[i])) {
      error = runtime_error("type",
                            "missing required field " + quoted_field(info, i) + " for " + struct_text(info));
      return false;
    }
    contents[i] = Value::nil();
  }
  return true;
}

}  // namespace

bool build_struct(const bytecode::Program& program, const bytecode::StructInfo& info, Value object,
                  Value& out, ScriptError& error) {
  std::vector<std::uint32_t> places;
  if (!find_fields(info, object, places, error)) return false;
  std::vector<Value> contents(info.fields.size());
  std::size_t index = 0;
  for (std::size_t at = object::first(object); at != object::kNone; at = object::next(object, at)) {
    contents[places[index++]] = *object::entry(object, at).content;
  }
  if (!fill_missing(program, info, contents, error)) return false;
  for (std::uint32_t i = 0; i < contents.size(); ++i) {
    if (!check_field(program, info, i, contents[i], error)) return false;
  }
  object = Value();
  out = structure::make(&info, contents);
  return true;
}

ScriptError wrong_field_error(const bytecode::Program& program, const bytecode::StructInfo& info,
                              std::uint32_t field, const Value& content) {
  return runtime_error("type", "field " + quoted_field(info, field) + " of " + struct_text(info) +
                                   " must be " + program.types.text(info.field_types[field]) + ", got " +
                                   std::string(type_name(content)));
}

ScriptError unknown_field_error(const StructType& type, std::string_view field) {
  std::vector<std::string> names;
  for (const Value& known : type.fields) names.emplace_back(string::text(known));
  const std::string nearest = nearest_name(field, names);
  return runtime_error("name", struct_text(type) + " has no field '" + std::string(field) + "'",
                       nearest.empty() ? std::string() : "did you mean `" + nearest + "`?");
}

}  // namespace relay
