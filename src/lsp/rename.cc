#include <algorithm>
#include <optional>

#include "lang/token.h"
#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

using analysis::Reference;
using analysis::Symbol;
using analysis::SymbolId;
using analysis::SymbolIndex;
using analysis::SymbolKind;

// The symbol at a place, if the program itself defines it.
std::optional<SymbolIndex::Named> renamable_at(const SymbolIndex& index, std::uint32_t offset) {
  const auto named = index.symbol_at(offset);
  if (!named) return std::nullopt;
  const Span defined = index.symbol(named->symbol).name_span;
  return defined.begin < defined.end ? named : std::nullopt;
}

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto may_follow = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), may_follow);
}

// What stands only behind a dot, as a key or behind `receive fn` may have any word as its name.
bool takes_any_word(SymbolKind kind) {
  return kind == SymbolKind::kStateField || kind == SymbolKind::kStructField || kind == SymbolKind::kProtocolMethod;
}

bool is_parted_by_owner(SymbolKind kind) { return takes_any_word(kind) || kind == SymbolKind::kReceive; }

// Something else that the new name means at one of the places, or beside the symbol in what owns both.
std::optional<SymbolId> clash(const SymbolIndex& index, SymbolId id, const std::string& new_name) {
  const Symbol& symbol = index.symbol(id);
  const auto has_name = [&](SymbolId other) { return other != id && index.symbol(other).name == new_name; };
  const bool is_apart = is_parted_by_owner(symbol.kind) || symbol.scope.begin == symbol.scope.end;
  if (is_apart && symbol.owner != analysis::kNoSymbol) {
    for (const SymbolId other : index.owned_by(symbol.owner)) {
      if (has_name(other)) return other;
    }
    if (takes_any_word(symbol.kind)) return std::nullopt;
  }
  std::vector<std::uint32_t> places{symbol.name_span.begin};
  for (const Reference& reference : symbol.references) places.push_back(reference.span.begin);
  for (const std::uint32_t place : places) {
    for (const SymbolId other : index.visible_at(place)) {
      if (has_name(other)) return other;
    }
  }
  // A name of an inner scope would take the references to itself.
  for (SymbolId other = 0; other < index.symbols().size(); ++other) {
    const Span scope = index.symbol(other).scope;
    const bool is_around = std::any_of(places.begin(), places.end(),
                                       [&](std::uint32_t place) { return scope.begin <= place && place < scope.end; });
    if (has_name(other) && is_around) return other;
  }
  return std::nullopt;
}

bool is_inside(Span inner, Span outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

// The protocol that a method is part of, in its own text or as the server's that implements it.
std::optional<SymbolId> protocol_of(const SymbolIndex& index, const Symbol& method) {
  if (method.kind == SymbolKind::kProtocolMethod) return method.owner;
  if (method.kind != SymbolKind::kReceive) return std::nullopt;
  const Span server = index.symbol(method.owner).span;
  for (SymbolId id = 0; id < index.symbols().size(); ++id) {
    const Symbol& protocol = index.symbol(id);
    if (protocol.kind != SymbolKind::kProtocol) continue;
    const bool is_implemented = std::any_of(protocol.references.begin(), protocol.references.end(),
                                            [&](const Reference& reference) { return is_inside(reference.span, server); });
    if (is_implemented) return id;
  }
  return std::nullopt;
}

// A method of a protocol has one name there and in each server that implements it.
std::vector<SymbolId> same_method(const SymbolIndex& index, SymbolId id) {
  const Symbol& method = index.symbol(id);
  const auto protocol = protocol_of(index, method);
  if (!protocol) return {id};
  std::vector<SymbolId> all;
  bool is_in_protocol = false;
  for (SymbolId other = 0; other < index.symbols().size(); ++other) {
    const Symbol& symbol = index.symbol(other);
    if (symbol.name != method.name || protocol_of(index, symbol) != protocol) continue;
    is_in_protocol |= symbol.kind == SymbolKind::kProtocolMethod;
    all.push_back(other);
  }
  return is_in_protocol ? all : std::vector<SymbolId>{id};
}

// So do its parameters.
std::vector<SymbolId> same_parameter(const SymbolIndex& index, SymbolId id) {
  const SymbolId owner = index.symbol(id).owner;
  if (owner == analysis::kNoSymbol) return {id};
  const std::vector<SymbolId> methods = same_method(index, owner);
  if (methods.size() == 1) return {id};
  std::vector<SymbolId> all;
  for (const SymbolId method : methods) {
    for (const SymbolId other : index.owned_by(method)) {
      const Symbol& symbol = index.symbol(other);
      if (symbol.kind == SymbolKind::kParameter && symbol.name == index.symbol(id).name) all.push_back(other);
    }
  }
  return all;
}

std::vector<SymbolId> renamed_with(const SymbolIndex& index, SymbolId id) {
  return index.symbol(id).kind == SymbolKind::kParameter ? same_parameter(index, id) : same_method(index, id);
}

std::string edit(const OpenProgram& program, Span span, const std::string& new_name) {
  return json_object({{"range", json_range(program.document().range(span))}, {"newText", json_string(new_name)}});
}

Failure refused(std::string why) { return {FailureCode::kRequestFailed, std::move(why)}; }

}  // namespace

Answer prepare_rename(OpenProgram& program, std::uint32_t offset) {
  const auto named = renamable_at(program.index(), offset);
  if (!named) return kNull;
  return json_object({{"range", json_range(program.document().range(named->span))},
                      {"placeholder", json_string(program.index().symbol(named->symbol).name)}});
}

Answer rename(OpenProgram& program, std::uint32_t offset, const std::string& new_name) {
  const SymbolIndex& index = program.index();
  const auto named = renamable_at(index, offset);
  if (!named) return refused("nothing that can be renamed stands here");
  if (!is_name(new_name)) return refused("`" + new_name + "` is no name: names are made of a-z, A-Z, 0-9 and _");
  const bool is_reserved_word = is_reserved(word_kind(new_name)) || new_name == "state";
  std::vector<std::string> edits;
  for (const SymbolId id : renamed_with(index, named->symbol)) {
    const Symbol& one = index.symbol(id);
    if (is_reserved_word && !takes_any_word(one.kind)) return refused("`" + new_name + "` is a reserved word");
    if (const auto other = clash(index, id, new_name)) {
      return refused("`" + new_name + "` is a " + std::string(name(index.symbol(*other).kind)) + " already");
    }
    edits.push_back(edit(program, one.name_span, new_name));
    for (const Reference& reference : one.references) edits.push_back(edit(program, reference.span, new_name));
  }
  return json_object({{"changes", json_object({{program.uri(), json_array(edits)}})}});
}

}  // namespace relay::lsp
