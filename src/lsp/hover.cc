#include "document/markdown.h"
#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

using analysis::Symbol;
using analysis::SymbolKind;

// `number` of a variable needs its name; the header of a function has it.
std::string headline(const Symbol& symbol) {
  switch (symbol.kind) {
    case SymbolKind::kVariable:
    case SymbolKind::kParameter:
    case SymbolKind::kStateField:
    case SymbolKind::kStructField: {
      const std::string kind = std::string(analysis::name(symbol.kind)) + " ";
      return kind + symbol.name + (symbol.type.empty() ? "" : ": " + symbol.type);
    }
    default: return symbol.type.empty() ? symbol.name : symbol.type;
  }
}

std::string fenced(std::string_view code) { return "```relay\n" + std::string(code) + "\n```"; }

}  // namespace

std::string markup(std::string_view code, const std::string& doc, const Client& client) {
  std::string text = client.reads_markdown ? fenced(code) : std::string(code);
  if (code.empty()) text.clear();
  if (!doc.empty()) {
    if (!text.empty()) text += "\n\n";
    text += client.reads_markdown ? document::doc_to_markdown(doc) : doc;
  }
  return json_object({{"kind", json_string(client.reads_markdown ? "markdown" : "plaintext")}, {"value", json_string(text)}});
}

Answer hover(OpenProgram& program, std::uint32_t offset, const Client& client) {
  const auto answer = [&](Span span, std::string_view code, const std::string& doc) {
    return json_object({{"contents", markup(code, doc, client)}, {"range", json_range(program.document().range(span))}});
  };
  if (const auto named = program.index().symbol_at(offset)) {
    const Symbol& symbol = program.index().symbol(named->symbol);
    return answer(named->span, headline(symbol), symbol.doc);
  }
  if (const auto called = program.index().method_at(offset)) {
    return answer(called->span, called->receiver + "." + called->method.name + called->method.type, {});
  }
  const auto typed = program.index().type_at(offset);
  return typed ? answer(typed->span, typed->type, {}) : kNull;
}

}  // namespace relay::lsp
