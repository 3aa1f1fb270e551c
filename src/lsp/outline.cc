#include <algorithm>

#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

using analysis::kNoSymbol;
using analysis::Symbol;
using analysis::SymbolId;
using analysis::SymbolIndex;
using analysis::SymbolKind;

// SymbolKind of the protocol; 0 for what no outline shows.
int outline_kind(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kVariable: return 13;
    case SymbolKind::kFunction: return 12;
    case SymbolKind::kServer: return 5;
    case SymbolKind::kReceive:
    case SymbolKind::kHelper:
    case SymbolKind::kProtocolMethod: return 6;
    case SymbolKind::kStateField:
    case SymbolKind::kStructField: return 8;
    case SymbolKind::kStruct: return 23;
    case SymbolKind::kProtocol: return 11;
    default: return 0;
  }
}

class OutlineWriter {
 public:
  OutlineWriter(OpenProgram& program, const Client& client) : program_(program), index_(program.index()), client_(client) {}

  std::string run() {
    std::vector<std::string> all;
    add(kNoSymbol, all);
    return json_array(all);
  }

 private:
  // What belongs to `owner`, in the order of the text. Functions own what is theirs alone, which is not shown.
  void add(SymbolId owner, std::vector<std::string>& out) {
    std::vector<SymbolId> ids;
    for (SymbolId id = 0; id < index_.symbols().size(); ++id) {
      const Symbol& symbol = index_.symbol(id);
      const bool is_defined = symbol.name_span.begin < symbol.name_span.end;
      if (symbol.owner == owner && is_defined && outline_kind(symbol.kind) != 0) ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end(), [&](SymbolId a, SymbolId b) {
      return index_.symbol(a).name_span.begin < index_.symbol(b).name_span.begin;
    });
    for (const SymbolId id : ids) add_symbol(id, out);
  }

  void add_symbol(SymbolId id, std::vector<std::string>& out) {
    const Symbol& symbol = index_.symbol(id);
    const bool has_parts = symbol.kind == SymbolKind::kServer || symbol.kind == SymbolKind::kStruct || symbol.kind == SymbolKind::kProtocol;
    const std::string range = json_range(program_.document().range(whole(symbol)));
    std::vector<JsonMember> members{{"name", json_string(symbol.name)}, {"kind", std::to_string(outline_kind(symbol.kind))}};
    if (!client_.reads_symbol_trees) {
      members.push_back({"location", json_object({{"uri", json_string(program_.uri())}, {"range", range}})});
      if (symbol.owner != kNoSymbol) members.push_back({"containerName", json_string(index_.symbol(symbol.owner).name)});
      out.push_back(json_object(members));
      if (has_parts) add(id, out);
      return;
    }
    std::vector<std::string> parts;
    if (has_parts) add(id, parts);
    members.push_back({"detail", json_string(symbol.type)});
    members.push_back({"range", range});
    members.push_back({"selectionRange", json_range(program_.document().range(symbol.name_span))});
    members.push_back({"children", json_array(parts)});
    out.push_back(json_object(members));
  }

  // The protocol wants the name inside.
  static Span whole(const Symbol& symbol) {
    return {std::min(symbol.span.begin, symbol.name_span.begin), std::max(symbol.span.end, symbol.name_span.end)};
  }

  OpenProgram& program_;
  const SymbolIndex& index_;
  const Client& client_;
};

}  // namespace

Answer document_symbols(OpenProgram& program, const Client& client) { return OutlineWriter(program, client).run(); }

}  // namespace relay::lsp
