#include "lang/parser.h"

#include <algorithm>

#include "lang/parser_impl.h"

namespace relay {

namespace {

// Offsets are 32 bits, and a program of this size is a mistake or an attack.
constexpr std::size_t kMaxSourceBytes = std::size_t{64} << 20;
// Longer tokens are not repeated in messages.
constexpr std::size_t kMaxShownToken = 30;

ParseResult too_large(std::shared_ptr<const SourceFile> file) {
  ParseResult result;
  result.module = std::make_unique<ast::Module>();
  result.module->file = file;
  Reporter(file, result.diagnostics).error({0, 0}, "the program is larger than 64 MiB");
  return result;
}

// Whether a name may stand before it: else a reserved word is no name either.
bool may_follow_name(TokenKind kind) {
  switch (kind) {
    case TokenKind::kAssign:
    case TokenKind::kCompoundAssign:
    case TokenKind::kLeftParen:
    case TokenKind::kRightParen:
    case TokenKind::kLeftBrace:
    case TokenKind::kComma:
    case TokenKind::kColon:
    case TokenKind::kIn: return true;
    default: return false;
  }
}

}  // namespace

ParseResult parse(std::shared_ptr<const SourceFile> file) {
  if (file->text().size() > kMaxSourceBytes) return too_large(std::move(file));
  return Parser(std::move(file)).run();
}

Parser::Parser(std::shared_ptr<const SourceFile> file)
    : file_(std::move(file)), reporter_(file_, diagnostics_), tokens_([this] {
        LexResult lexed = lex(reporter_);
        unreliable_from_ = lexed.unreliable_from;
        lexer_errors_ = diagnostics_.size();
        comments_ = std::move(lexed.comments);
        return TokenStream(std::move(lexed), file_->text());
      }()) {}

ParseResult Parser::run() {
  ParseResult result;
  result.module = std::make_unique<ast::Module>();
  result.module->file = file_;
  parse_items(result.module->items, Kind::kEnd);
  drop_errors_behind_unclosed();
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.place.span.begin < b.place.span.begin;
  });
  result.diagnostics = std::move(diagnostics_);
  result.comments = std::move(comments_);
  return result;
}

bool Parser::at_line_end() const {
  return context_.line_breaks == LineBreaks::kEndExpressions && now().line_break_before;
}

bool Parser::expect(Kind kind, std::string_view what, std::string hint) {
  if (accept(kind)) return true;
  fail_expected(what, std::move(hint));
  return false;
}

void Parser::fail(Span span, std::string message, std::string hint, std::vector<std::string> notes) {
  complain(span, std::move(message), std::move(hint), std::move(notes));
  panic_ = true;
}

void Parser::complain(Span span, std::string message, std::string hint, std::vector<std::string> notes) {
  const bool cut_off = unreliable_from_ != UINT32_MAX &&
                       (tokens_.is_end() || std::max(span.begin, now().span.begin) >= unreliable_from_);
  if (panic_ || muted_ > 0 || reported_two_on_line_ || cut_off || tokens_.is(Kind::kInvalid)) return;
  reporter_.error(span, std::move(message), std::move(hint), std::move(notes));
}

void Parser::fail_expected(std::string_view what, std::string hint) {
  const bool is_comparison = tokens_.is(Kind::kAssign) && tokens_.previous().kind != Kind::kSet;
  if (hint.empty() && is_comparison) hint = "`==` compares";
  if (hint.empty()) hint = hint_of_foreign_word();
  fail(here(), "expected " + std::string(what) + ", found " + describe(now()), std::move(hint));
}

void Parser::fail_too_deep() {
  if (!reported_too_deep_) complain(here(), "nested too deep: more than " + std::to_string(kMaxNesting) + " levels");
  reported_too_deep_ = true;
  panic_ = true;
}

void Parser::fail_unclosed(std::uint32_t opener) {
  const std::size_t before = diagnostics_.size();
  fail(tokens_.token(opener).span, quote(tokens_.token(opener)) + " is never closed");
  // Where another error stands for this one, that one has to stay.
  if (diagnostics_.size() > before) unclosed_.push_back(tokens_.token(opener).span);
}

std::string Parser::quote(const Token& token) const {
  const std::string_view text = tokens_.source(token);
  const bool shown = text.size() <= kMaxShownToken && text.find('\n') == std::string_view::npos;
  return shown ? "`" + std::string(text) + "`" : "a long token";
}

std::string Parser::describe(const Token& token) const {
  switch (token.kind) {
    case Kind::kEnd:
      return "the end of the file";
    case Kind::kString:
      return "a string";
    case Kind::kTextWhole:
    case Kind::kTextHead:
      return "an interpolated string";
    case Kind::kTextMiddle:
    case Kind::kTextTail:
      return "`}`";
    default:
      return quote(token);
  }
}

Span Parser::span_since(std::uint32_t begin) const { return {begin, std::max(begin, tokens_.previous().span.end)}; }

Span Parser::here() const {
  if (!tokens_.is_end()) return now().span;
  const std::uint32_t end = tokens_.index() == 0 ? now().span.end : tokens_.previous().span.end;
  return {end, end};
}

ast::Word Parser::word_of(const Token& token) const { return {std::string(tokens_.source(token)), token.span}; }

ast::Word Parser::parse_name(std::string_view what) {
  if (panic_) return {{}, here()};
  if (is_reserved(now().kind) && !now().line_break_before && may_follow_name(tokens_.next().kind)) {
    complain(here(), quote(now()) + " is a reserved word and cannot name " + std::string(what));
  } else if (!tokens_.is(Kind::kName)) {
    fail_expected("a name for " + std::string(what));
    return {{}, here()};
  } else if (context_.server != TokenStream::kNone && tokens_.is_word_text("state")) {
    complain(here(), "`state` is a reserved word inside a server and cannot name " + std::string(what));
  }
  ast::Word name = word_of(now());
  tokens_.advance();
  return name;
}

ast::Word Parser::parse_word(std::string_view what) {
  if (panic_) return {{}, here()};
  if (!is_word(now().kind)) {
    fail_expected(what);
    return {{}, here()};
  }
  ast::Word word = word_of(now());
  tokens_.advance();
  return word;
}

ast::ExprPtr Parser::invalid(Span span) const {
  return std::make_unique<ast::PlainExpr>(ast::ExprKind::kInvalid, span);
}

}  // namespace relay
