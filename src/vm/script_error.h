#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "value/heap.h"
#include "value/symbol_table.h"
#include "value/value.h"

namespace relay {

// An error on its way through a program: a value that was thrown, or a runtime error with its kind.
// Kinds of runtime errors: type name range arithmetic argument value limit denied, or the kind of a failed call
// (spec mesh.md).
struct ScriptError {
  Value thrown;         // undefined for a runtime error
  std::string kind;     // runtime error
  std::string message;  // runtime error: the sentence
  std::string hint;     // "did you mean `x`?"; may be empty
  std::string note;     // further lines; may be empty
  SourcePlace place;    // where it arose; filled by the fiber
  std::vector<TraceEntry> trace;  // innermost first; filled by the fiber

  [[nodiscard]] bool is_thrown() const { return !thrown.is_undefined(); }
  // The sentence that users see: of a thrown object its `error` text.
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] ScriptError runtime_error(std::string_view kind, std::string message, std::string hint = {});
// `owner`, "this server" or "the program", has more values than its heap may hold.
[[nodiscard]] ScriptError over_limit(std::string_view owner, const Heap& heap);

// What `catch e` binds: what was thrown, or {error, kind, line}.
[[nodiscard]] Value caught_value(const ScriptError& error, const SymbolTable& symbols);

// What a user sees of an error that nobody caught.
[[nodiscard]] Diagnostic to_diagnostic(const ScriptError& error);

}  // namespace relay
