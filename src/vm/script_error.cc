#include "vm/script_error.h"

#include <algorithm>

#include "value/display.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {

std::string ScriptError::text() const {
  if (!is_thrown()) return message;
  const Value* sentence = thrown.is_object() ? object::find(thrown, "error") : nullptr;
  constexpr std::size_t kMaxBytes = 4096;  // a thrown value may be as large as values get
  return brief(sentence != nullptr ? *sentence : thrown, Quotes::kBare, kMaxBytes);
}

ScriptError runtime_error(std::string_view kind, std::string message, std::string hint) {
  ScriptError error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

ScriptError over_limit(std::string_view owner, const Heap& heap) {
  return runtime_error("limit", std::string(owner) + " holds more than " + std::to_string(heap.limit() >> 20) + " MiB");
}

Value caught_value(const ScriptError& error, const SymbolTable& symbols) {
  if (error.is_thrown()) return error.thrown;
  const auto line = error.place.file ? error.place.file->position(error.place.span.begin).line : 0;
  Value object = object::make();
  const auto key = [&](std::string_view name) {
    const Value* known = symbols.find(name);
    return known != nullptr ? *known : string::make(name);
  };
  object::set(object, key("error"), string::make(error.message));
  object::set(object, key("kind"), string::make(error.kind));
  object::set(object, key("line"), Value(static_cast<double>(line)));
  return object;
}

Diagnostic to_diagnostic(const ScriptError& error) {
  Diagnostic diagnostic;
  diagnostic.message = error.text();
  diagnostic.place = error.place;
  diagnostic.hint = error.hint;
  for (std::string_view rest = error.note; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    diagnostic.notes.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  diagnostic.trace = error.trace;
  return diagnostic;
}

}  // namespace relay
