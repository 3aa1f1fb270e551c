#include <utility>

#include "lang/foreign_words.h"
#include "lang/parser_impl.h"

namespace relay {

namespace {

bool is_definition(const ast::Expr& item) {
  if (item.kind == ast::ExprKind::kFn) return !ast::as<ast::FnExpr>(item).function.name.text.empty();
  return item.kind >= ast::ExprKind::kStructDef;
}

// `state.name`, whose `set` does change it.
bool is_field_of_state(const ast::Expr& target) {
  const auto& postfix = ast::as<ast::PostfixExpr>(target);
  return postfix.base->kind == ast::ExprKind::kState && postfix.links.size() == 1;
}

// A piece of source inside a hint of one line.
std::string shown(std::string_view source) {
  constexpr std::size_t kMaxShown = 60;
  const bool fits = source.size() <= kMaxShown && source.find('\n') == std::string_view::npos;
  return std::string(fits ? source : "...");
}

}  // namespace

void Parser::parse_items(std::vector<ast::ExprPtr>& items, Kind closer) {
  const std::uint32_t bracket = brackets_.empty() ? TokenStream::kNone : brackets_.back();
  while (true) {
    arrive_in(bracket);
    if (unwinding_ || panic_ || tokens_.is_end() || tokens_.is(closer) || at_outer_closer()) return;
    if (now().line_break_before) reported_two_on_line_ = false;
    const std::uint32_t begin = tokens_.index();
    const std::size_t outer_errors = std::exchange(errors_before_statement_, diagnostics_.size());
    ast::ExprPtr item = parse_statement();
    end_statement(*item, begin);
    items.push_back(std::move(item));
    errors_before_statement_ = outer_errors;
  }
}

void Parser::end_statement(const ast::Expr& item, std::uint32_t begin) {
  if (unwinding_) return;
  if (panic_) return recover_statement(begin);
  if (accept(Kind::kSemicolon)) return;
  if (tokens_.is_end() || tokens_.is(Kind::kRightBrace) || now().line_break_before || at_outer_closer()) return;
  if (is_definition(item) && starts_statement()) return;
  if (has_failed_in_statement()) return recover_statement(begin);
  fail_two_on_a_line(item, begin);
}

void Parser::fail_two_on_a_line(const ast::Expr& item, std::uint32_t begin) {
  std::string hint = hint_between(item, tokens_.token(begin));
  // Without a guess at what was meant, what follows is read as the next statement.
  if (starts_statement() && !tokens_.is(Kind::kInvalid) && hint.empty()) {
    complain(here(), "two expressions on one line need `;` between them");
    reported_two_on_line_ = true;
    return;
  }
  const bool is_two = starts_statement();
  fail(here(), is_two ? "two expressions on one line need `;` between them" : "unexpected " + describe(now()), std::move(hint));
  recover_statement(begin);
}

// Instead of a word of another language, which stands here between operands, or just before an operand that stands here.
std::string Parser::hint_of_foreign_word() const {
  if (is_word(now().kind)) {
    const std::string_view joining = instead_of_joining_word(tokens_.source(now()));
    if (!joining.empty()) return std::string(joining);
  }
  const bool is_opened = tokens_.previous().kind == Kind::kName && starts_expression() && !now().line_break_before;
  return is_opened ? std::string(instead_of_opening_word(tokens_.source(tokens_.previous()))) : std::string();
}

// What was meant by the current token, which follows the statement `item` on its line.
std::string Parser::hint_between(const ast::Expr& item, const Token& first) const {
  std::string instead = hint_of_foreign_word();
  if (!instead.empty()) return instead;
  if (item.kind == ast::ExprKind::kName && !item.parenthesised) {
    const std::string& name = ast::as<ast::NameExpr>(item).name;
    const bool is_literal = tokens_.is(Kind::kString) || tokens_.is(Kind::kTextWhole) || tokens_.is(Kind::kTextHead);
    if (is_literal || (name == "print" && starts_expression())) return "a call has parentheses: `" + name + "(...)`";
    const std::string reserved = starts_expression() ? reserved_word_like(name) : std::string();
    if (!reserved.empty() && reserved != name) return did_you_mean(reserved);
  }
  if (tokens_.is(Kind::kColon)) {
    if (item.kind == ast::ExprKind::kNumber) return "a key is a word, a string or a symbol";
    return "an object in a block needs braces of its own: `{ {key: value} }`";
  }
  const bool is_call_of_lambda = item.kind == ast::ExprKind::kFn && tokens_.is(Kind::kLeftParen);
  const bool ended_at_brace = first.kind == Kind::kIf || first.kind == Kind::kFor || first.kind == Kind::kWhile ||
                              first.kind == Kind::kTry || first.kind == Kind::kDispatch || first.kind == Kind::kFn;
  if (!ended_at_brace || (starts_statement() && !is_call_of_lambda)) return {};
  return "`" + word_of(first).text + "` ends at its `}` here; put it in `( )` to go on";
}

ast::ExprPtr Parser::parse_statement() {
  switch (now().kind) {
    case Kind::kName:
      return parse_word_statement();
    case Kind::kSet:
      return parse_set();
    case Kind::kReturn:
      return parse_return();
    case Kind::kThrow:
      return parse_throw();
    case Kind::kBreak:
    case Kind::kContinue:
      return parse_jump();
    case Kind::kIf:
    case Kind::kFor:
    case Kind::kWhile:
    case Kind::kTry:
    case Kind::kDispatch:
    case Kind::kFn:
      return parse_keyword_expression();
    case Kind::kImport:
      fail(here(), "`import` is reserved: a program is one file");
      return invalid(here());
    case Kind::kElse:
      fail(here(), "`else` without an `if` before it");
      return invalid(here());
    case Kind::kCatch:
      fail(here(), "`catch` without a `try` before it");
      return invalid(here());
    case Kind::kSemicolon:
      complain(here(), "unexpected `;`");
      return invalid(here());
    case Kind::kRightParen:
    case Kind::kRightBracket:
    case Kind::kRightBrace:
      if (!has_failed()) fail(here(), describe(now()) + " closes nothing");
      panic_ = true;
      return invalid(here());
    default:
      return parse_value_statement();
  }
}

ast::ExprPtr Parser::parse_jump() {
  const auto kind = tokens_.is(Kind::kBreak) ? ast::ExprKind::kBreak : ast::ExprKind::kContinue;
  auto jump = std::make_unique<ast::PlainExpr>(kind, now().span);
  tokens_.advance();
  return jump;
}

bool Parser::starts_definition() const {
  if (!is(Kind::kName) || tokens_.next().line_break_before) return false;
  const std::string_view word = tokens_.source(now());
  const Kind next = tokens_.next().kind;
  if (word == "struct" || word == "protocol" || word == "server") return is_word(next) || next == Kind::kString;
  if (word == "template" || word == "test") return next == Kind::kString;
  return word == "config" && next == Kind::kLeftBrace && brackets_.empty();
}

// A statement that begins with a name: a definition, if the word is one of theirs, else a value.
ast::ExprPtr Parser::parse_word_statement() {
  const Token& next = tokens_.next();
  const bool receive = tokens_.is_word_text("receive") && next.kind == Kind::kFn && !next.line_break_before;
  if (!receive && !starts_definition()) return parse_foreign_statement();
  const std::uint32_t outer = receive ? context_.server : TokenStream::kNone;
  if (!brackets_.empty() && leave_unclosed_blocks(outer)) return invalid(here());
  if (receive) {
    // After another error its server may only have ended too early.
    if (!has_failed()) complain({now().span.begin, next.span.end}, "`receive fn` stands only directly inside a server");
    tokens_.advance();
    return parse_fn();
  }
  if (!brackets_.empty()) {
    complain({now().span.begin, next.span.end}, "a " + word_of(now()).text + " can be defined only at the top level");
  }
  return parse_definition();
}

// `let x = 1` and `def f(...)` of other languages are one clear error each.
ast::ExprPtr Parser::parse_foreign_statement() {
  const std::string_view word = tokens_.source(now());
  const Token& next = tokens_.next();
  const Kind after = tokens_.next(2).kind;
  if (next.kind == Kind::kName && !next.line_break_before) {
    if (binds_variables_elsewhere(word) && (after == Kind::kAssign || after == Kind::kColon)) {
      complain(here(), "a variable is bound with `set`", "`set " + word_of(next).text + " = ...`");
      return after == Kind::kColon ? parse_typed_set() : parse_set();
    }
    if (defines_functions_elsewhere(word) && after == Kind::kLeftParen) {
      complain(here(), "a function is defined with `fn`", "`fn " + word_of(next).text + "(...) { ... }`");
      return parse_fn();
    }
  }
  return parse_value_statement();
}

// `let x: type = value`, which has been reported.
ast::ExprPtr Parser::parse_typed_set() {
  const NestingScope nesting(*this);
  const std::uint32_t begin = now().span.begin;
  tokens_.advance();
  ast::Word name = parse_name("a variable");
  (void)parse_type_annotation();
  return parse_set_value(std::move(name), begin);
}

ast::ExprPtr Parser::parse_value_statement() {
  const std::uint32_t begin = now().span.begin;
  ast::ExprPtr value = parse_value();
  if (!is(Kind::kAssign) && !is(Kind::kCompoundAssign)) return value;
  report_assignment(*value, begin);
  tokens_.advance();
  (void)parse_value();
  return invalid(span_since(begin));
}

void Parser::report_assignment(const ast::Expr& target, std::uint32_t begin) {
  std::string hint = assignment_hint(target);
  std::vector<std::string> notes;
  if (target.kind == ast::ExprKind::kPostfix && !hint.empty() && !is_field_of_state(target)) {
    notes.push_back("values never change: `set` on one gives a new one");
  }
  const bool settable = !hint.empty();
  complain({begin, now().span.end}, settable ? "an assignment begins with `set`" : "only a variable can be set",
           std::move(hint), std::move(notes));
}

// What to write instead of `target = ...`; empty when nothing can be set there.
std::string Parser::assignment_hint(const ast::Expr& target) const {
  if (target.parenthesised) return {};
  if (target.kind == ast::ExprKind::kState) return "`state.set(\"field\", ...)`";
  if (target.kind == ast::ExprKind::kName) {
    const std::string name = ast::as<ast::NameExpr>(target).name;
    const std::string_view op = tokens_.source(now());
    const bool computes = tokens_.is(Kind::kCompoundAssign) && op != ":=";
    const std::string rest = computes ? name + " " + std::string(op.substr(0, op.size() - 1)) + " ..." : "...";
    return "`set " + name + " = " + rest + "`";
  }
  if (target.kind != ast::ExprKind::kPostfix) return {};
  const auto& postfix = ast::as<ast::PostfixExpr>(target);
  const ast::PostfixExpr::Link& last = postfix.links.back();
  const std::string base = shown(file_->text(postfix.span_before(postfix.links.size() - 1)));
  if (last.kind == ast::PostfixExpr::LinkKind::kField) return "`" + base + ".set(\"" + last.name.text + "\", ...)`";
  if (last.kind != ast::PostfixExpr::LinkKind::kIndex) return {};
  return "`" + base + ".set(" + shown(file_->text(last.args.front()->span)) + ", ...)`";
}

ast::ExprPtr Parser::parse_set() {
  const NestingScope nesting(*this);
  const std::uint32_t begin = now().span.begin;
  tokens_.advance();
  const bool misnamed = !is_word(now().kind) && tokens_.next().kind == Kind::kAssign;
  if (!misnamed) return parse_set_value(parse_name("a variable"), begin);
  complain(here(), "expected a name for a variable, found " + describe(now()));
  const ast::Word name = {{}, now().span};
  tokens_.advance();
  return parse_set_value(name, begin);
}

// At the `.b` of `set a.b = ...`, or the `[0]` of `set a[0] = ...`; not at the `[1]` of `set a [1]`.
bool Parser::at_target_links() const {
  if (is(Kind::kDot)) return true;
  if (!is(Kind::kLeftBracket) || tokens_.closer_of(tokens_.index()) == TokenStream::kNone) return false;
  const Kind after = tokens_.token(tokens_.closer_of(tokens_.index()) + 1).kind;
  return after == Kind::kAssign || after == Kind::kCompoundAssign || after == Kind::kDot || after == Kind::kLeftBracket;
}

ast::ExprPtr Parser::parse_set_value(ast::Word name, std::uint32_t begin) {
  if (at_target_links()) {
    ast::ExprPtr target = parse_links(std::make_unique<ast::NameExpr>(name.span, name.text), name.span.begin);
    if (!panic_) report_assignment(*target, name.span.begin);
  } else if (is(Kind::kColon)) {
    complain(here(), "a variable has no declared type", "`set " + name.text + " = ...`");
    (void)parse_type_annotation();
  } else if (is(Kind::kCompoundAssign)) {
    complain(here(), "expected `=`, found " + describe(now()),
             assignment_hint(ast::NameExpr(name.span, name.text)));
  }
  auto set = std::make_unique<ast::SetExpr>(span_since(begin));
  set->name = std::move(name);
  if (!accept(Kind::kCompoundAssign)) expect(Kind::kAssign, "`=`");
  set->value = parse_value();
  set->span = span_since(begin);
  return set;
}

ast::ExprPtr Parser::parse_return() {
  const NestingScope nesting(*this);
  auto leave = std::make_unique<ast::ReturnExpr>(now().span);
  tokens_.advance();
  if (!panic_ && starts_expression() && !now().line_break_before) leave->value = parse_value();
  leave->span = span_since(leave->span.begin);
  return leave;
}

ast::ExprPtr Parser::parse_throw() {
  const NestingScope nesting(*this);
  auto raise = std::make_unique<ast::ThrowExpr>(now().span);
  tokens_.advance();
  raise->value = parse_value();
  raise->span = span_since(raise->span.begin);
  return raise;
}

bool Parser::starts_expression() const {
  switch (now().kind) {
    case Kind::kInvalid:
    case Kind::kName:
    case Kind::kNumber:
    case Kind::kString:
    case Kind::kDatetime:
    case Kind::kTextWhole:
    case Kind::kTextHead:
    case Kind::kFn:
    case Kind::kIf:
    case Kind::kFor:
    case Kind::kWhile:
    case Kind::kTry:
    case Kind::kDispatch:
    case Kind::kSend:
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNil:
    case Kind::kLeftParen:
    case Kind::kLeftBracket:
    case Kind::kLeftBrace:
    case Kind::kMinus:
    case Kind::kNot:
      return true;
    default:
      return at_symbol();
  }
}

bool Parser::starts_statement() const {
  switch (now().kind) {
    case Kind::kSet:
    case Kind::kReturn:
    case Kind::kThrow:
    case Kind::kBreak:
    case Kind::kContinue:
    case Kind::kImport:
      return true;
    default:
      return starts_expression();
  }
}

}  // namespace relay
