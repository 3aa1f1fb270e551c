// Any text as a program that is checked without being run: what is found points into it and is the same each
// time, errors of the parser are among it, and the index can be asked about every place.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "analysis/analysis.h"
#include "base/check.h"
#include "value/heap.h"

namespace {

using namespace relay;
using analysis::Analysis;

// The questions are linear in the text; a long one is asked at fewer places.
constexpr std::size_t kMostPlaces = 64;

void check(Span span, const std::string& text, const char* what) {
  RELAY_CHECK(span.begin <= span.end && span.end <= text.size(), what);
}

std::string shown(const Analysis& found) {
  std::string text;
  for (const Diagnostic& diagnostic : found.diagnostics) text += render(diagnostic, Colours::kOff);
  return text;
}

void check_symbols(const analysis::SymbolIndex& index, const std::string& text) {
  for (const analysis::Symbol& symbol : index.symbols()) {
    check(symbol.name_span, text, "a symbol is defined outside its source");
    check(symbol.span, text, "a definition stands outside its source");
    check(symbol.scope, text, "a scope stands outside its source");
    for (const auto& reference : symbol.references)
      check(reference.span, text, "a reference stands outside its source");
  }
}

void ask(const analysis::SymbolIndex& index, std::uint32_t place, const std::string& text) {
  if (const auto named = index.symbol_at(place)) {
    RELAY_CHECK(named->symbol < index.symbols().size(), "a place names no symbol");
    check(named->span, text, "a name stands outside its source");
  }
  if (const auto typed = index.type_at(place))
    check(typed->span, text, "a typed expression stands outside its source");
  for (const auto id : index.visible_at(place))
    RELAY_CHECK(!index.symbol(id).name.empty(), "a name without a name");
  (void)index.members_at(place);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Heap heap;
  const HeapScope scope(heap);
  const auto analyse = [&] { return analysis::check_program(std::make_shared<SourceFile>("fuzz.rl", text)); };
  const Analysis found = analyse();
  for (const Diagnostic& diagnostic : found.diagnostics) {
    RELAY_CHECK(!diagnostic.message.empty(), "a diagnostic says nothing");
    check(diagnostic.place.span, text, "a diagnostic points outside its source");
  }
  check_symbols(found.index, text);
  const std::size_t step = text.size() / kMostPlaces + 1;
  for (std::size_t place = 0; place <= text.size(); place += step)
    ask(found.index, static_cast<std::uint32_t>(place), text);
  RELAY_CHECK(shown(analyse()) == shown(found), "the same text is judged otherwise");
  return 0;
}
