#include <algorithm>

#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

using analysis::Reference;
using analysis::Symbol;

std::string location(const OpenProgram& program, Span span) {
  return json_object({{"uri", json_string(program.uri())}, {"range", json_range(program.document().range(span))}});
}

bool is_defined_here(const Symbol& symbol) { return symbol.name_span.begin < symbol.name_span.end; }

}  // namespace

Answer definition(OpenProgram& program, std::uint32_t offset) {
  const auto named = program.index().symbol_at(offset);
  if (!named) return kNull;
  const Symbol& symbol = program.index().symbol(named->symbol);
  return is_defined_here(symbol) ? location(program, symbol.name_span) : kNull;
}

Answer references(OpenProgram& program, std::uint32_t offset, Declaration declaration) {
  const auto named = program.index().symbol_at(offset);
  if (!named) return kNull;
  const Symbol& symbol = program.index().symbol(named->symbol);
  std::vector<std::string> all;
  if (declaration == Declaration::kIncluded && is_defined_here(symbol)) all.push_back(location(program, symbol.name_span));
  for (const Reference& reference : symbol.references) all.push_back(location(program, reference.span));
  return json_array(all);
}

Answer highlights(OpenProgram& program, std::uint32_t offset) {
  constexpr const char* kRead = "2";
  constexpr const char* kWrite = "3";
  const auto named = program.index().symbol_at(offset);
  if (!named) return kNull;
  const Symbol& symbol = program.index().symbol(named->symbol);
  std::vector<std::string> all;
  const auto add = [&](Span span, const char* kind) {
    all.push_back(json_object({{"range", json_range(program.document().range(span))}, {"kind", kind}}));
  };
  if (is_defined_here(symbol)) add(symbol.name_span, kWrite);
  for (const Reference& reference : symbol.references) {
    add(reference.span, reference.access == Reference::Access::kWrite ? kWrite : kRead);
  }
  return json_array(all);
}

}  // namespace relay::lsp
