#include <array>

#include "base/diagnostic.h"
#include "value/array.h"
#include "value/display.h"
#include "value/heap.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"
#include "vm/interpreter.h"
#include "vm/native_range.h"
#include "vm/operations.h"
#include "vm/quick_update.h"
#include "vm/struct_build.h"
#include "vm/vm_limits.h"

// Fields, loops, structs, closures and state: what the loop does not do inline.

namespace relay {

bool Interpreter::field(Value& out, const Value& of, const Value& name, std::uint32_t site) {
  InlineCache& cache = caches_[site];
  if (of.is_object()) {
    const auto* keys = object::immortal_keys(of);
    const std::size_t index = keys == nullptr ? object::kNone : object::index_in(keys, name);
    if (index != object::kNone) cache = {keys, index};
  } else if (of.is_struct()) {
    const std::uint32_t index = structure::type(of)->index_of(name);
    if (index != StructType::kNone) cache = {structure::type(of), index};
  }
  if (of.is_string()) context_.charge(cost_of_bytes(string::uncounted_bytes(of)));
  Value content;
  if (!field_of(of, name, content, error_)) return false;
  out = std::move(content);
  return true;
}

bool Interpreter::put_field(Value& self, const Value& name, Value& content, std::uint32_t site) {
  InlineCache& cache = caches_[site];
  if (self.is_struct()) {
    const std::uint32_t index = structure::type(self)->index_of(name);
    if (index == StructType::kNone) return false;
    cache = {structure::type(self), index};
    return self.is_unique() && quick_field_set(data_.owner.program.types, self, index, content);
  }
  if (!self.is_object()) return false;
  const auto* keys = object::keys_of(self);
  const std::size_t index = keys == nullptr ? object::kNone : object::index_in(keys, name);
  if (index == object::kNone) return false;
  if (keys->is_immortal()) cache = {keys, index};
  if (!self.is_unique()) return false;
  put_content(self, index, content);
  return true;
}

// ---- Loops -----------------------------------------------------------------------------------------------

// Whole numbers are counted up in the registers. Steps with a fraction would drift that way, and those too large to be
// exact might not move at all: there the registers hold the index, the number of elements and [from, step].
bool Interpreter::begin_range(Value* registers, std::uint32_t count) {
  Range range;
  if (!read_range({registers, count}, range, error_)) return false;
  registers[3] = Value(0.0);
  if (range.is_exact()) {
    registers[0] = Value(range.from);
    registers[1] = Value(range.to);
    registers[2] = Value(range.step);
    return true;
  }
  std::array<Value, 2> bounds = {Value(range.from), Value(range.step)};
  registers[0] = Value(0.0);
  registers[1] = Value(static_cast<double>(range.count()));
  registers[2] = array::make(bounds);
  return true;
}

bool Interpreter::next_of_range(Value* registers, Value& element) {
  const double index = registers[0].as_number();
  if (!registers[2].is_array() || index >= registers[1].as_number()) return false;
  const Value& bounds = registers[2];
  element = Value(array::at(bounds, 0).as_number() + index * array::at(bounds, 1).as_number());
  registers[0] = Value(index + 1);
  return true;
}

bool Interpreter::begin_each(Value* registers) {
  const Value& subject = registers[0];
  const bool fits = subject.is_array() || subject.is_object() || subject.is_string();
  if (!fits) {
    raise(runtime_error("type", "for needs an array, an object, a string or a range, got " +
                                    std::string(type_name(subject))));
    return false;
  }
  const std::size_t first = subject.is_object() ? object::first(subject) : 0;
  registers[1] = Value(first == object::kNone ? -1.0 : static_cast<double>(first));
  registers[2] = Value(0.0);
  return true;
}

// Over objects and strings. registers: the collection, where to go on (a position; -1 at the end of an object), how many there were.
bool Interpreter::next_each(Value* registers, Value& element, Value* key) {
  const Value& subject = registers[0];
  const double position = registers[1].as_number();
  if (position < 0) return false;
  const auto place = static_cast<std::size_t>(position);
  if (subject.is_object()) {
    const object::Entry entry = object::entry(subject, place);
    const Value content = *entry.content;
    if (key != nullptr) *key = *entry.key;
    element = key != nullptr ? content : *entry.key;
    const std::size_t next = object::next(subject, place);
    registers[1] = Value(next == object::kNone ? -1.0 : static_cast<double>(next));
    return true;
  }
  const std::string_view text = string::text(subject);
  if (place >= text.size()) return false;
  const std::size_t length = string::sequence_length(text[place]);
  element = string::make(text.substr(place, length));
  registers[1] = Value(position + static_cast<double>(length));
  if (key != nullptr) *key = registers[2];
  registers[2] = Value(registers[2].as_number() + 1);
  return true;
}

// ---- Structs and closures -----------------------------------------------------------------------------------

bool Interpreter::new_struct(Value& place, const bytecode::StructInfo& info) {
  if (!place.is_object()) {
    raise(runtime_error("type", "struct '" + std::string(string::text(info.name)) + "' is made from an object, got " +
                                    std::string(type_name(place))));
    return false;
  }
  Value instance;
  if (!build_struct(data_.owner.program, info, std::move(place), instance, error_)) return false;
  place = std::move(instance);
  return true;
}

void Interpreter::make_closure(Value& out, const bytecode::Function& function, const Value* registers,
                               const Value* captures) {
  Value closure = function::make(&function, static_cast<std::uint32_t>(function.captures.size()));
  Value* places = function::block(closure)->captures();
  for (std::size_t k = 0; k < function.captures.size(); ++k) {
    const bytecode::Capture& capture = function.captures[k];
    places[k] = capture.from == bytecode::Capture::From::kRegister ? registers[capture.index] : captures[capture.index];
  }
  out = std::move(closure);
}

// ---- Program variables, state, types ---------------------------------------------------------------------

bool Interpreter::load_global(std::uint16_t slot) {
  Value& place = data_.owner.globals[slot];
  const std::size_t before = current_heap().bytes();
  if (!data_.owner.owns_globals && data_.owner.host.load_global(slot, place)) {
    // The copy of a large variable is work.
    const std::size_t after = current_heap().bytes();
    context_.charge(cost_of_bytes(after > before ? after - before : 0));
    return true;
  }
  raise(runtime_error("name",
                      "undefined variable: " + std::string(string::text(data_.owner.program.globals[slot])),
                      "it is not set yet"));
  return false;
}

bool Interpreter::set_state(std::uint32_t state_field, const Value& content) {
  StateStore& state = *data_.owner.state;
  const bytecode::StateField& field = state.info().state[state_field];
  const bytecode::TypeTable& types = data_.owner.program.types;
  if (types.fits(content, field.type)) {
    state.set(state_field, content);
    return true;
  }
  raise(runtime_error("type", "state field '" + std::string(string::text(field.name)) + "' of server '" +
                                  state.info().name + "' must be " + types.text(field.type) + ", got " +
                                  std::string(type_name(content))));
  return false;
}

bool Interpreter::state_field_named(const Value& name, std::uint32_t& out) {
  const bytecode::ServerInfo& info = data_.owner.state->info();
  if (!name.is_string()) {
    raise(runtime_error("type", "the name of a state field must be string, got " + std::string(type_name(name))));
    return false;
  }
  out = info.field(name);
  if (out != bytecode::ServerInfo::kNone) return true;
  std::vector<std::string> known;
  for (const auto& field : info.state) known.emplace_back(string::text(field.name));
  const std::string nearest = nearest_name(string::text(name), known);
  raise(runtime_error("name", "server '" + info.name + "' has no state field '" + std::string(string::text(name)) + "'",
                      nearest.empty() ? "" : "did you mean `" + nearest + "`?"));
  return false;
}

// What does not fit the type: a `nil` that is returned is fine all the same. The frame of a call whose argument is wrong is
// left, so that the error is one at the call.
bool Interpreter::check_type(const Value& value, const bytecode::Instruction& instruction) {
  const Frame frame = data_.frames.back();
  const auto place = static_cast<bytecode::CheckedPlace>(instruction.n);
  if (place == bytecode::CheckedPlace::kReturn && value.is_nil()) return true;
  const bytecode::Function& function = *frame.function;
  const std::string wanted = data_.owner.program.types.text(instruction.b);
  const std::string got(type_name(value));
  const std::string name = "function '" + std::string(string::text(function.name)) + "'";
  if (place == bytecode::CheckedPlace::kReturn) {
    raise(runtime_error("type", name + " must return " + wanted + ", got " + got));
    return false;
  }
  const std::string parameter(string::text(function.constants[instruction.c]));
  raise(runtime_error("type", name + ": parameter '" + parameter + "' must be " + wanted + ", got " + got));
  if (data_.frames.size() > 1) {
    data_.frames.pop_back();
    data_.stack.clear(frame.base, frame.base + function.register_count);
  }
  return false;
}

}  // namespace relay
