#include "analysis/index_builder.h"

#include <algorithm>
#include <unordered_map>

#include "analysis/describe.h"

namespace relay::analysis {

SymbolIndex IndexBuilder::build(Definitions& definitions, Observations& observations) {
  SymbolIndex index;
  for (SymbolId id = 0; id < definitions.symbols.size(); ++id) {
    Symbol& symbol = definitions.symbols[id];
    symbol.type = symbol_text(definitions, id);
    std::sort(symbol.references.begin(), symbol.references.end(),
              [](const Reference& a, const Reference& b) { return a.span.begin < b.span.begin; });
  }
  std::unordered_map<TypeId, std::uint32_t> known;
  for (const TypedPlace& expression : observations.expressions) {
    const auto [place, is_new] =
        known.try_emplace(expression.type, static_cast<std::uint32_t>(index.types_.size()));
    if (is_new) {
      index.types_.push_back(
          {type_text(definitions, expression.type), members_of(definitions, expression.type)});
    }
    index.expressions_.push_back({expression.span, place->second});
  }
  std::stable_sort(index.expressions_.begin(), index.expressions_.end(),
                   [](const auto& a, const auto& b) { return a.span.end < b.span.end; });
  for (const MethodPlace& place : observations.methods) {
    index.methods_.push_back({place.span, method_member(definitions, *place.method, place.receiver),
                              type_text(definitions, place.receiver)});
  }
  index.symbols_ = std::move(definitions.symbols);
  return index;
}

}  // namespace relay::analysis
