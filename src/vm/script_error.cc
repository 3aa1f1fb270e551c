#include "vm/script_error.h"

#include "value/display.h"
#include "value/object.h"

namespace relay {

std::string ScriptError::text() const {
  if (!is_thrown()) return message;
  const Value* sentence = thrown.is_object() ? object::find(thrown, "error") : nullptr;
  return display(sentence != nullptr ? *sentence : thrown);
}

ScriptError runtime_error(std::string_view kind, std::string message, std::string hint) {
  ScriptError error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

Diagnostic to_diagnostic(const ScriptError& error) {
  Diagnostic diagnostic;
  diagnostic.message = error.text();
  diagnostic.place = error.place;
  diagnostic.hint = error.hint;
  diagnostic.trace = error.trace;
  return diagnostic;
}

}  // namespace relay
