#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/source.h"

namespace relay {

// A place of a program: file and span. `file` is shared with the Program that it came from.
struct SourcePlace {
  std::shared_ptr<const SourceFile> file;
  Span span;
};

// One line of a stack trace: `at NAME (file:line:column)`.
struct TraceEntry {
  std::string function;
  SourcePlace place;
};

// "NAME (file:line:column)", or the name alone where no place is known.
[[nodiscard]] std::string text(const TraceEntry& entry);

// What is wrong with a program, at load or at run time: what, where, why, and what to do (language.md, Errors).
struct Diagnostic {
  enum class Severity { kError, kWarning };
  Severity severity = Severity::kError;
  std::string message;             // one sentence without a full stop
  SourcePlace place;               // what is underlined
  std::string hint;                // stands behind the underline: "did you mean `increment`?"; may be empty
  std::vector<std::string> notes;  // further lines, "= note: ..."
  std::vector<TraceEntry> trace;   // innermost first; empty at load
};

[[nodiscard]] bool has_error(const std::vector<Diagnostic>& diagnostics);

enum class Colours { kOff, kOn };

// The text that users see, with the code frame of language.md ("Errors"), ending with a line break.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, Colours colours);

// The candidate closest to `name` by edit distance, or empty when none is close enough to be meant.
[[nodiscard]] std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace relay
