#include "lang/parse_list.h"

namespace relay {

namespace {

bool is_operand_start(TokenKind kind) {
  return kind == TokenKind::kName || kind == TokenKind::kString || kind == TokenKind::kLeftParen ||
         kind == TokenKind::kLeftBracket;
}

}  // namespace

// A value before a `{` that opens a body.
ast::ExprPtr Parser::parse_head() {
  const NestingScope nesting(*this);
  const ContextScope head(*this, {LineBreaks::kMeanNothing, true, context_.server});
  return parse_value();
}

// `if { ... }`: the body stands where the condition is due. It is taken for the body, and `what` said to be missing.
bool Parser::took_body_for_head(ast::Expr& head, Span keyword, std::string_view what, ast::Block& body) {
  const bool is_braces = head.kind == ast::ExprKind::kBlock || head.kind == ast::ExprKind::kObject;
  if (panic_ || !is_braces || head.parenthesised || tokens_.is(Kind::kLeftBrace)) return false;
  complain(keyword, "`" + std::string(file_->text(keyword)) + "` without " + std::string(what));
  if (head.kind == ast::ExprKind::kBlock) body = std::move(static_cast<ast::BlockExpr&>(head).block);
  return true;
}

ast::ExprPtr Parser::parse_keyword_expression() {
  switch (now().kind) {
    case Kind::kIf:
      return parse_if();
    case Kind::kFor:
      return parse_for();
    case Kind::kWhile:
      return parse_while();
    case Kind::kTry:
      return parse_try();
    case Kind::kDispatch:
      return parse_dispatch();
    default:
      return parse_fn();
  }
}

// In an object or a definition `else:` is the next key.
bool Parser::at_else() const { return is(Kind::kElse) && tokens_.next().kind != Kind::kColon; }

ast::ExprPtr Parser::parse_if() {
  auto choice = std::make_unique<ast::IfExpr>(now().span);
  do {
    const Span keyword = now().span;
    tokens_.advance();
    ast::IfExpr::Branch& branch = choice->branches.emplace_back();
    branch.condition = parse_head();
    if (!took_body_for_head(*branch.condition, keyword, "a condition", branch.body)) {
      branch.body = parse_block("the body of `if`");
    }
    if (!at_else()) break;
    tokens_.advance();
    if (!is(Kind::kIf)) choice->otherwise = parse_block("the body of `else`, or `if`");
  } while (is(Kind::kIf) && !choice->otherwise);
  choice->span = span_since(choice->span.begin);
  return choice;
}

ast::ExprPtr Parser::parse_for() {
  auto loop = std::make_unique<ast::ForExpr>(now().span);
  const Span keyword = now().span;
  tokens_.advance();
  if (is(Kind::kLeftParen)) fail_expected("a name for the loop variable", "`for x in list { ... }`");
  loop->name = parse_name("the loop variable");
  if (accept(Kind::kComma)) {
    loop->key = std::move(loop->name);
    loop->name = parse_name("the loop variable");
  }
  expect_in();
  loop->subject = parse_head();
  if (!took_body_for_head(*loop->subject, keyword, "anything to run over", loop->body)) {
    loop->body = parse_block("the body of `for`");
  }
  loop->span = span_since(loop->span.begin);
  return loop;
}

// Where `in` is missing, or another word stands for it, what follows is still run over.
void Parser::expect_in() {
  if (panic_ || accept(Kind::kIn)) return;
  complain(here(), "expected `in`, found " + describe(now()));
  const Kind next = tokens_.next().kind;
  const bool is_other_word = tokens_.is(Kind::kName) && !tokens_.next().line_break_before;
  if (is_other_word && (next == Kind::kIn || is_operand_start(next))) tokens_.advance();
  if (accept(Kind::kIn)) return;
  panic_ = !starts_expression() || now().line_break_before;
}

ast::ExprPtr Parser::parse_while() {
  auto loop = std::make_unique<ast::WhileExpr>(now().span);
  const Span keyword = now().span;
  tokens_.advance();
  loop->condition = parse_head();
  if (!took_body_for_head(*loop->condition, keyword, "a condition", loop->body)) {
    loop->body = parse_block("the body of `while`");
  }
  loop->span = span_since(loop->span.begin);
  return loop;
}

ast::ExprPtr Parser::parse_try() {
  auto attempt = std::make_unique<ast::TryExpr>(now().span);
  const Span keyword = now().span;
  tokens_.advance();
  attempt->body = parse_block("the body of `try`");
  if (!tokens_.is(Kind::kCatch) && has_failed_in_statement()) panic_ = true;
  if (!panic_ && !tokens_.is(Kind::kCatch)) fail(keyword, "`try` without a `catch`");
  if (accept(Kind::kCatch)) {
    if (is(Kind::kName)) {
      attempt->name = parse_name("what was thrown");
    } else if (is(Kind::kLeftParen)) {
      fail_expected("a name or `{`", "`catch e { ... }`");
    }
    attempt->handler = parse_block("the body of `catch`");
  }
  attempt->span = span_since(attempt->span.begin);
  return attempt;
}

ast::ExprPtr Parser::parse_dispatch() {
  auto dispatch = std::make_unique<ast::DispatchExpr>(now().span);
  tokens_.advance();
  dispatch->subject = parse_head();
  ast::Block none;
  if (took_body_for_head(*dispatch->subject, dispatch->span, "a value to compare", none)) return dispatch;
  if (panic_ || !tokens_.is(Kind::kLeftBrace)) fail_before_block("the cases of `dispatch`");
  if (!panic_) {
    const auto starts_case = [this] { return starts_expression() && !is_opener(now().kind); };
    parse_list(
        Kind::kRightBrace, [&] { dispatch->cases.push_back(parse_case()); }, starts_case);
  }
  dispatch->span = span_since(dispatch->span.begin);
  return dispatch;
}

ast::DispatchExpr::Case Parser::parse_case() {
  ast::DispatchExpr::Case one{now().span, nullptr, nullptr};
  const bool is_default = at_symbol() && tokens_.source(tokens_.next()) == "default";
  one.literal = parse_case_literal();
  one.span = span_since(one.span.begin);
  if (is_default) one.literal = nullptr;
  expect(Kind::kColon, "`:` behind the case");
  one.value = parse_value();
  return one;
}

ast::ExprPtr Parser::parse_case_literal() {
  const Span span = here();
  switch (now().kind) {
    case Kind::kMinus: {
      tokens_.advance();
      const double number = now().number;
      if (!expect(Kind::kNumber, "a number")) return invalid(span);
      return std::make_unique<ast::NumberExpr>(span_since(span.begin), -number);
    }
    case Kind::kNumber:
    case Kind::kString:
    case Kind::kDatetime:
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNil:
      return parse_literal();
    default:
      break;
  }
  if (at_symbol()) return parse_symbol();
  std::string hint;
  if (tokens_.is(Kind::kName)) hint = "the symbol is `:" + std::string(tokens_.source(now())) + "`";
  if (tokens_.is(Kind::kElse) || tokens_.is_word_text("_") || tokens_.is_word_text("default")) {
    hint = "`:default` is the case for all else";
  }
  fail_expected("a case (a number, string, symbol, datetime, true, false or nil)", std::move(hint));
  return invalid(span);
}

ast::ExprPtr Parser::parse_send() {
  const NestingScope nesting(*this);
  auto send = std::make_unique<ast::SendExpr>(now().span);
  tokens_.advance();
  send->target = parse_send_target();
  send->method = parse_word("the name of a method");
  send->args = parse_send_args();
  if (!panic_ && !at_line_end() && tokens_.is_word_text("within")) {
    tokens_.advance();
    send->within = parse_value();
  }
  send->span = span_since(send->span.begin);
  return send;
}

ast::ExprPtr Parser::parse_send_target() {
  if (is(Kind::kLeftParen)) return parse_parenthesised();
  if (is(Kind::kString)) return parse_literal();
  if (!panic_ && at_symbol()) return parse_symbol();
  if (is(Kind::kName)) {
    const ast::Word name = parse_name("a server");
    return std::make_unique<ast::NameExpr>(name.span, name.text);
  }
  fail_expected("a server: a string, a symbol, a name or `(value)`");
  return invalid(here());
}

ast::ExprPtr Parser::parse_send_args() {
  if (is(Kind::kLeftBrace)) return parse_object();
  if (is(Kind::kLeftParen)) return parse_parenthesised();
  fail_expected("the parameters `{name: value}` or `(object)`", "`{}` sends none");
  return invalid(here());
}

// Also reads `receive fn`, from its `fn`.
ast::ExprPtr Parser::parse_fn() {
  auto expr = std::make_unique<ast::FnExpr>(now().span);
  ast::Function& function = expr->function;
  if (is_word(tokens_.next().kind)) function.doc = doc_here();
  function.name.span = now().span;
  tokens_.advance();
  const bool reserved = !panic_ && is_reserved(now().kind) && tokens_.next().kind == Kind::kLeftParen;
  if (is(Kind::kName) || reserved) function.name = parse_name("a function");
  parse_signature(function.params, function.return_type);
  function.body = parse_block("the body of the function");
  expr->span = span_since(expr->span.begin);
  function.span = expr->span;
  return expr;
}

void Parser::parse_signature(std::vector<ast::Param>& params, ast::TypePtr& return_type) {
  params = parse_params();
  const bool is_colon = is(Kind::kColon);
  if (!is(Kind::kArrow) && !is_colon) return;
  if (is_colon) complain(here(), "expected `->` and the type of the result, found `:`", "`-> type`");
  tokens_.advance();
  const bool is_body = is(Kind::kLeftBrace) && tokens_.next(2).kind != Kind::kColon;
  if (is_body) return fail_expected("the type of the result");
  return_type = std::make_unique<ast::TypeExpr>(parse_type());
}

}  // namespace relay
