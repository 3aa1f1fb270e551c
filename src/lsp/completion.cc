#include <algorithm>

#include "lang/lexer.h"
#include "lang/token.h"
#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

using analysis::Member;
using analysis::Symbol;
using analysis::SymbolKind;

constexpr int kKeyword = 14;

// CompletionItemKind of the protocol.
int item_kind(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kVariable:
    case SymbolKind::kParameter: return 6;
    case SymbolKind::kFunction:
    case SymbolKind::kBuiltin: return 3;
    case SymbolKind::kReceive:
    case SymbolKind::kHelper:
    case SymbolKind::kMethod:
    case SymbolKind::kProtocolMethod: return 2;
    case SymbolKind::kServer: return 9;
    case SymbolKind::kStateField:
    case SymbolKind::kStructField: return 5;
    case SymbolKind::kStruct: return 22;
    case SymbolKind::kProtocol: return 8;
  }
  return 1;
}

std::string item(const std::string& label, int kind, const std::string& detail, const std::string& doc, const Client& client) {
  std::vector<JsonMember> members{{"label", json_string(label)}, {"kind", std::to_string(kind)}};
  if (!detail.empty()) members.push_back({"detail", json_string(detail)});
  if (!doc.empty()) members.push_back({"documentation", markup({}, doc, client)});
  return json_object(members);
}

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Inside the text of a string, or a comment, nothing is completed.
bool is_in_text(OpenProgram& program, std::uint32_t offset) {
  std::vector<Diagnostic> none;
  Reporter reporter(program.file(), none);
  const LexResult lexed = lex(reporter);
  for (const Comment& comment : lexed.comments) {
    const bool is_line = comment.kind != CommentKind::kBlock;
    if (comment.span.begin < offset && (offset < comment.span.end || (is_line && offset == comment.span.end))) return true;
  }
  return std::any_of(lexed.tokens.begin(), lexed.tokens.end(), [&](const Token& token) {
    const bool is_text = token.kind >= TokenKind::kString && token.kind <= TokenKind::kTextTail && token.kind != TokenKind::kDatetime;
    return is_text && token.span.begin < offset && offset < token.span.end;
  });
}

std::vector<std::string> member_items(OpenProgram& program, std::uint32_t dot, const Client& client) {
  std::vector<std::string> items;
  const std::size_t last = program.text().find_last_not_of(" \t\r\n", dot == 0 ? 0 : dot - 1);
  const std::uint32_t end = last == std::string_view::npos || dot == 0 ? 0 : static_cast<std::uint32_t>(last) + 1;
  for (const Member& member : program.index().members_at(end)) {
    const std::string doc = member.symbol == analysis::kNoSymbol ? "" : program.index().symbol(member.symbol).doc;
    items.push_back(item(member.name, item_kind(member.kind), member.type, doc, client));
  }
  return items;
}

std::vector<std::string> name_items(OpenProgram& program, std::uint32_t offset, const Client& client) {
  std::vector<std::string> items;
  for (const analysis::SymbolId id : program.index().visible_at(offset)) {
    const Symbol& symbol = program.index().symbol(id);
    items.push_back(item(symbol.name, item_kind(symbol.kind), symbol.type, symbol.doc, client));
  }
  for (const std::string_view word : reserved_words()) {
    if (word != "import") items.push_back(item(std::string(word), kKeyword, {}, {}, client));
  }
  return items;
}

}  // namespace

Answer completion(OpenProgram& program, std::uint32_t offset, const Client& client) {
  if (is_in_text(program, offset)) return kNull;
  const std::string_view text = program.text();
  std::uint32_t begin = offset;
  while (begin > 0 && is_word_character(text[begin - 1])) --begin;
  const std::size_t before = text.substr(0, begin).find_last_not_of(" \t\r\n");
  const bool is_member = before != std::string_view::npos && text[before] == '.';
  const auto items = is_member ? member_items(program, static_cast<std::uint32_t>(before), client)
                               : name_items(program, offset, client);
  return json_object({{"isIncomplete", "false"}, {"items", json_array(items)}});
}

}  // namespace relay::lsp
