// Any text as a program that is only parsed, checked and compiled: what is said of it points into it, can be shown,
// and is the same each time; a program comes out exactly when nothing said is an error.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "base/check.h"
#include "lang/compiler.h"
#include "value/heap.h"

namespace {

using namespace relay;

CompileResult load(std::string text) {
  return load_program(std::make_shared<SourceFile>("fuzz.rl", std::move(text)));
}

void check(const Diagnostic& diagnostic, const std::string& text) {
  const Span span = diagnostic.place.span;
  RELAY_CHECK(!diagnostic.message.empty(), "a diagnostic says nothing");
  RELAY_CHECK(diagnostic.place.file != nullptr && diagnostic.place.file->text() == text, "a diagnostic has no source");
  RELAY_CHECK(span.begin <= span.end && span.end <= text.size(), "a diagnostic points outside its source");
  RELAY_CHECK(!render(diagnostic, Colours::kOff).empty(), "a diagnostic cannot be shown");
  RELAY_CHECK(!render(diagnostic, Colours::kOn).empty(), "a diagnostic cannot be shown in colours");
}

bool has_error(const CompileResult& loaded) {
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == Diagnostic::Severity::kError) return true;
  }
  return false;
}

std::string shown(const CompileResult& loaded) {
  std::string text;
  for (const Diagnostic& diagnostic : loaded.diagnostics) text += render(diagnostic, Colours::kOff);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Heap heap;
  const HeapScope scope(heap);
  const CompileResult loaded = load(text);
  for (const Diagnostic& diagnostic : loaded.diagnostics) check(diagnostic, text);
  RELAY_CHECK((loaded.program == nullptr) == has_error(loaded), "neither a program nor an error");
  RELAY_CHECK(shown(load(text)) == shown(loaded), "the same text is judged otherwise");
  // A comment at the end changes nothing, whether the last line has its line break or not.
  if (loaded.program) RELAY_CHECK(load(text + "\n// end").program != nullptr, "a comment breaks a program");
  return 0;
}
