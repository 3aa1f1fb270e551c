#include "analysis/symbol_index.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace relay::analysis {
namespace {

bool holds(Span span, std::uint32_t offset) {
  return span.begin < span.end && span.begin <= offset && offset <= span.end;
}

std::uint32_t length(Span span) {
  return span.end - span.begin;
}

// Of two names in one scope the lower one is meant (language.md, "Names and scope").
int rank(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kVariable:
    case SymbolKind::kParameter:
      return 0;
    case SymbolKind::kFunction:
    case SymbolKind::kReceive:
    case SymbolKind::kHelper:
      return 1;
    case SymbolKind::kServer:
      return 2;
    default:
      return 3;
  }
}

}  // namespace

std::string_view name(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kVariable:
      return "variable";
    case SymbolKind::kParameter:
      return "parameter";
    case SymbolKind::kFunction:
      return "function";
    case SymbolKind::kServer:
      return "server";
    case SymbolKind::kReceive:
      return "receive method";
    case SymbolKind::kHelper:
      return "private method";
    case SymbolKind::kStateField:
      return "state field";
    case SymbolKind::kStruct:
      return "struct";
    case SymbolKind::kStructField:
      return "field";
    case SymbolKind::kProtocol:
      return "protocol";
    case SymbolKind::kProtocolMethod:
      return "protocol method";
    case SymbolKind::kBuiltin:
      return "builtin function";
    case SymbolKind::kMethod:
      return "method";
  }
  return {};
}

std::vector<SymbolId> SymbolIndex::owned_by(SymbolId owner) const {
  std::vector<SymbolId> owned;
  for (SymbolId id = 0; id < symbols_.size(); ++id) {
    if (symbols_[id].owner == owner) owned.push_back(id);
  }
  return owned;
}

std::optional<SymbolIndex::Named> SymbolIndex::symbol_at(std::uint32_t offset) const {
  std::optional<Named> found;
  const auto consider = [&](SymbolId id, Span span) {
    // Between two names that touch, as never in a text without faults, the one that begins here is meant.
    if (holds(span, offset) && (!found || span.begin == offset)) found = Named{id, span};
  };
  for (SymbolId id = 0; id < symbols_.size(); ++id) {
    consider(id, symbols_[id].name_span);
    for (const Reference& reference : symbols_[id].references) consider(id, reference.span);
  }
  return found;
}

std::vector<SymbolId> SymbolIndex::visible_at(std::uint32_t offset) const {
  std::vector<SymbolId> visible;
  for (SymbolId id = 0; id < symbols_.size(); ++id) {
    if (symbols_[id].kind == SymbolKind::kBuiltin || holds(symbols_[id].scope, offset)) visible.push_back(id);
  }
  const auto size_of_scope = [&](SymbolId id) {
    return symbols_[id].kind == SymbolKind::kBuiltin ? UINT32_MAX : length(symbols_[id].scope);
  };
  std::stable_sort(visible.begin(), visible.end(), [&](SymbolId a, SymbolId b) {
    return std::pair(size_of_scope(a), rank(symbols_[a].kind)) <
           std::pair(size_of_scope(b), rank(symbols_[b].kind));
  });
  std::unordered_set<std::string_view> seen = {""};  // no name could be read there
  std::erase_if(visible, [&](SymbolId id) { return !seen.insert(symbols_[id].name).second; });
  return visible;
}

std::vector<Member> SymbolIndex::members_at(std::uint32_t end) const {
  const auto at_end =
      std::equal_range(expressions_.begin(), expressions_.end(), TypedSpan{{0, end}, 0},
                       [](const TypedSpan& a, const TypedSpan& b) { return a.span.end < b.span.end; });
  const TypedSpan* longest = nullptr;
  for (auto it = at_end.first; it != at_end.second; ++it) {
    if (longest == nullptr || it->span.begin < longest->span.begin) longest = &*it;
  }
  return longest == nullptr ? std::vector<Member>() : types_[longest->type].members;
}

std::optional<SymbolIndex::CalledMethod> SymbolIndex::method_at(std::uint32_t offset) const {
  const auto found = std::find_if(methods_.begin(), methods_.end(),
                                  [&](const CalledMethod& called) { return holds(called.span, offset); });
  return found == methods_.end() ? std::nullopt : std::optional(*found);
}

std::optional<SymbolIndex::Typed> SymbolIndex::type_at(std::uint32_t offset) const {
  const TypedSpan* smallest = nullptr;
  for (const TypedSpan& expression : expressions_) {
    if (!holds(expression.span, offset) || types_[expression.type].text.empty()) continue;
    if (smallest == nullptr || length(expression.span) < length(smallest->span)) smallest = &expression;
  }
  if (smallest == nullptr) return std::nullopt;
  return Typed{smallest->span, types_[smallest->type].text};
}

}  // namespace relay::analysis
