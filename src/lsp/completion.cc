#include <algorithm>
#include <optional>

#include "lang/lexer.h"
#include "lang/token.h"
#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

using analysis::Member;
using analysis::Symbol;
using analysis::SymbolId;
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

LexResult lexed_text(OpenProgram& program) {
  std::vector<Diagnostic> none;
  Reporter reporter(program.file(), none);
  return lex(reporter);
}

// Inside the text of a string, or a comment, nothing is completed.
bool is_in_text(const LexResult& lexed, std::uint32_t offset) {
  for (const Comment& comment : lexed.comments) {
    const bool is_line = comment.kind != CommentKind::kBlock;
    if (comment.span.begin < offset && (offset < comment.span.end || (is_line && offset == comment.span.end))) return true;
  }
  return std::any_of(lexed.tokens.begin(), lexed.tokens.end(), [&](const Token& token) {
    const bool is_text = token.kind >= TokenKind::kString && token.kind <= TokenKind::kTextTail && token.kind != TokenKind::kDatetime;
    return is_text && token.span.begin < offset && offset < token.span.end;
  });
}

// What belongs to one symbol: the methods of a server, the fields of a struct, the parameters of a method.
struct Owned {
  SymbolId owner;
  SymbolKind kind;
};

// Reads the tokens before a caret: where the construct that stands there takes only names that something owns.
class OwnerFinder {
 public:
  OwnerFinder(OpenProgram& program, const LexResult& lexed, std::uint32_t caret) : program_(program), tokens_(lexed.tokens) {
    while (count_ < tokens_.size() && tokens_[count_].span.end <= caret && tokens_[count_].kind != TokenKind::kEnd) ++count_;
  }

  // Behind `send counter`, and where a key is due in `send counter add {` and in `User{`.
  [[nodiscard]] std::optional<Owned> find() const {
    if (is_target(1)) return named(SymbolKind::kServer, text(1), SymbolKind::kReceive);
    if (!is(1, TokenKind::kLeftBrace) && !is(1, TokenKind::kComma)) return std::nullopt;
    const std::size_t brace = enclosing_brace();
    if (brace == 0) return std::nullopt;
    if (!is_target(brace + 2)) return named(SymbolKind::kStruct, text(brace + 1), SymbolKind::kStructField);
    const auto server = named(SymbolKind::kServer, text(brace + 2), SymbolKind::kReceive);
    if (!server) return std::nullopt;
    for (const SymbolId id : program_.index().owned_by(server->owner)) {
      const Symbol& method = program_.index().symbol(id);
      if (method.kind == server->kind && method.name == text(brace + 1)) return Owned{id, SymbolKind::kParameter};
    }
    return std::nullopt;
  }

 private:
  // Tokens are counted back from the caret: 1 is the one before it.
  [[nodiscard]] bool is(std::size_t back, TokenKind kind) const {
    return back <= count_ && tokens_[count_ - back].kind == kind;
  }

  // `counter`, `"counter"` or `:counter` behind `send`.
  [[nodiscard]] bool is_target(std::size_t back) const {
    const std::size_t before = is(back + 1, TokenKind::kColon) ? back + 2 : back + 1;
    return is(before, TokenKind::kSend);
  }

  // Of a string what it says.
  [[nodiscard]] std::string_view text(std::size_t back) const {
    if (back > count_) return {};
    const Span span = tokens_[count_ - back].span;
    std::string_view text = program_.text().substr(span.begin, span.end - span.begin);
    const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return is_quoted ? text.substr(1, text.size() - 2) : text;
  }

  // 0 for none.
  [[nodiscard]] std::size_t enclosing_brace() const {
    int depth = 0;
    for (std::size_t back = 1; back <= count_; ++back) {
      const TokenKind kind = tokens_[count_ - back].kind;
      if (is_closer(kind)) ++depth;
      if (is_opener(kind) && --depth < 0) return kind == TokenKind::kLeftBrace ? back : 0;
    }
    return 0;
  }

  [[nodiscard]] std::optional<Owned> named(SymbolKind kind, std::string_view name, SymbolKind owned) const {
    const auto symbols = program_.index().symbols();
    const auto found = std::find_if(symbols.begin(), symbols.end(),
                                    [&](const Symbol& symbol) { return symbol.kind == kind && symbol.name == name; });
    if (found == symbols.end()) return std::nullopt;
    return Owned{static_cast<SymbolId>(found - symbols.begin()), owned};
  }

  OpenProgram& program_;
  const std::vector<Token>& tokens_;
  std::size_t count_ = 0;
};

std::vector<std::string> owned_items(OpenProgram& program, const Owned& owned, const Client& client) {
  std::vector<std::string> items;
  for (const SymbolId id : program.index().owned_by(owned.owner)) {
    const Symbol& symbol = program.index().symbol(id);
    if (symbol.kind == owned.kind) items.push_back(item(symbol.name, item_kind(symbol.kind), symbol.type, symbol.doc, client));
  }
  return items;
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
  for (const SymbolId id : program.index().visible_at(offset)) {
    const Symbol& symbol = program.index().symbol(id);
    items.push_back(item(symbol.name, item_kind(symbol.kind), symbol.type, symbol.doc, client));
  }
  for (const std::string_view word : reserved_words()) {
    if (word != "import") items.push_back(item(std::string(word), kKeyword, {}, {}, client));
  }
  for (const std::string_view word : contextual_words()) items.push_back(item(std::string(word), kKeyword, {}, {}, client));
  return items;
}

}  // namespace

Answer completion(OpenProgram& program, std::uint32_t offset, const Client& client) {
  const LexResult lexed = lexed_text(program);
  if (is_in_text(lexed, offset)) return kNull;
  const std::string_view text = program.text();
  std::uint32_t begin = offset;
  while (begin > 0 && is_word_character(text[begin - 1])) --begin;
  const std::size_t before = text.substr(0, begin).find_last_not_of(" \t\r\n");
  const bool is_member = before != std::string_view::npos && text[before] == '.';
  const auto all_of = [](const std::vector<std::string>& items) {
    return json_object({{"isIncomplete", "false"}, {"items", json_array(items)}});
  };
  if (is_member) return all_of(member_items(program, static_cast<std::uint32_t>(before), client));
  if (const auto owned = OwnerFinder(program, lexed, begin).find()) return all_of(owned_items(program, *owned, client));
  return all_of(name_items(program, offset, client));
}

}  // namespace relay::lsp
