#include "vm/element.h"

#include "value/array.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"
#include "vm/native_arguments.h"
#include "vm/struct_build.h"

namespace relay {
namespace {

ScriptError wrong_index(std::string_view what, std::string_view expected, std::string_view got) {
  std::string text(what);
  text += " must be ";
  text += expected;
  text += ", got ";
  text += got;
  return runtime_error("type", std::move(text));
}

// The position that `index` names among `length` elements of `what`.
bool find_position(std::string_view what, const Value& index, std::size_t length, std::size_t& out,
                   ScriptError& error) {
  const std::string place = std::string(what) + " index";
  if (!index.is_number()) {
    error = wrong_index(place, "number", type_name(index));
    return false;
  }
  const double number = index.as_number();
  if (!is_integer(number)) {
    error = wrong_index(place, "an integer", brief(index));
    return false;
  }
  if (number < 0 || number >= static_cast<double>(length)) {
    error = out_of_bounds(what, index, length);
    return false;
  }
  out = static_cast<std::size_t>(number);
  return true;
}

bool field_of(const Value& instance, const Value& name, Value& out, ScriptError& error) {
  const StructType& type = *structure::type(instance);
  const std::uint32_t field = type.index_of(name);
  if (field == StructType::kNone) {
    error = unknown_field_error(type, string::text(name));
    return false;
  }
  out = structure::at(instance, field);
  return true;
}

}  // namespace

bool element_of(const Value& of, const Value& index, Value& out, ScriptError& error) {
  std::size_t position = 0;
  if (of.is_array()) {
    if (!find_position("array", index, array::size(of), position, error)) return false;
    out = array::at(of, position);
    return true;
  }
  if (of.is_string()) {
    if (!find_position("string", index, string::code_points(of), position, error)) return false;
    out = character_at(of, position);
    return true;
  }
  if (!of.is_object() && !of.is_struct()) {
    error = runtime_error("type", "cannot index " + std::string(type_name(of)));
    return false;
  }
  if (!index.is_string()) {
    error = wrong_index(of.is_object() ? "object key" : "struct field", "string", type_name(index));
    return false;
  }
  if (of.is_struct()) return field_of(of, index, out, error);
  const Value* content = object::find(of, index);
  out = content == nullptr ? Value::nil() : *content;
  return true;
}

Value character_at(const Value& text, std::size_t index) {
  const std::size_t begin = string::offset_of(text, index);
  const std::string_view bytes = string::text(text);
  return string::make(bytes.substr(begin, string::sequence_length(bytes[begin])));
}

ScriptError out_of_bounds(std::string_view what, const Value& index, std::size_t length) {
  return runtime_error("range", std::string(what) + " index out of bounds: index " + brief(index) +
                                    ", length " + std::to_string(length));
}

}  // namespace relay
