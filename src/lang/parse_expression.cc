#include <optional>

#include "lang/parser_impl.h"

namespace relay {

namespace {

using ast::BinaryOp;
using Kind = TokenKind;

// The levels of binary operators, from the loosest: equality, relation, sum, product.
constexpr int kBinaryLevels = 4;

struct LevelledOp {
  int level;
  BinaryOp op;
};

std::optional<LevelledOp> binary_op(Kind kind) {
  switch (kind) {
    case Kind::kEqual:
      return LevelledOp{0, BinaryOp::kEqual};
    case Kind::kNotEqual:
      return LevelledOp{0, BinaryOp::kNotEqual};
    case Kind::kLess:
      return LevelledOp{1, BinaryOp::kLess};
    case Kind::kLessEqual:
      return LevelledOp{1, BinaryOp::kLessEqual};
    case Kind::kGreater:
      return LevelledOp{1, BinaryOp::kGreater};
    case Kind::kGreaterEqual:
      return LevelledOp{1, BinaryOp::kGreaterEqual};
    case Kind::kPlus:
      return LevelledOp{2, BinaryOp::kAdd};
    case Kind::kMinus:
      return LevelledOp{2, BinaryOp::kSubtract};
    case Kind::kStar:
      return LevelledOp{3, BinaryOp::kMultiply};
    case Kind::kSlash:
      return LevelledOp{3, BinaryOp::kDivide};
    case Kind::kPercent:
      return LevelledOp{3, BinaryOp::kRemainder};
    default:
      return std::nullopt;
  }
}

}  // namespace

// value = or [ "??" (value | throwExpr | returnExpr) ]; a chain of `??` is one node.
ast::ExprPtr Parser::parse_value() {
  const std::uint32_t begin = now().span.begin;
  ast::ExprPtr first = parse_logical(0);
  if (!is(Kind::kCoalesce)) return first;
  auto chain = std::make_unique<ast::LogicalExpr>(Span{begin, begin}, ast::LogicalOp::kCoalesce);
  chain->operands.push_back(std::move(first));
  while (accept(Kind::kCoalesce)) chain->operands.push_back(parse_coalesce_operand());
  chain->span = span_since(begin);
  return chain;
}

ast::ExprPtr Parser::parse_coalesce_operand() {
  if (is(Kind::kThrow)) return parse_throw();
  if (is(Kind::kReturn)) return parse_return();
  return parse_logical(0);
}

// Level 0 is `||`, level 1 `&&`.
ast::ExprPtr Parser::parse_logical(int level) {
  if (level == 2) return parse_binary(0);
  const Kind op = level == 0 ? Kind::kOr : Kind::kAnd;
  const std::uint32_t begin = now().span.begin;
  ast::ExprPtr first = parse_logical(level + 1);
  if (!is(op)) return first;
  const auto logical_op = level == 0 ? ast::LogicalOp::kOr : ast::LogicalOp::kAnd;
  auto chain = std::make_unique<ast::LogicalExpr>(Span{begin, begin}, logical_op);
  chain->operands.push_back(std::move(first));
  while (accept(op)) chain->operands.push_back(parse_logical(level + 1));
  chain->span = span_since(begin);
  return chain;
}

// A `-` that begins a line begins an expression, every other operator goes on with the one before.
bool Parser::at_operator() const { return !panic_ && !(tokens_.is(Kind::kMinus) && at_line_end()); }

ast::ExprPtr Parser::parse_binary(int level) {
  if (level == kBinaryLevels) return parse_unary();
  const std::uint32_t begin = now().span.begin;
  ast::ExprPtr first = parse_binary(level + 1);
  std::unique_ptr<ast::BinaryExpr> chain;
  while (at_operator()) {
    const std::optional<LevelledOp> op = binary_op(now().kind);
    if (!op || op->level != level) break;
    if (!chain) {
      chain = std::make_unique<ast::BinaryExpr>(Span{begin, begin});
      chain->first = std::move(first);
    }
    const Span op_span = now().span;
    tokens_.advance();
    chain->links.push_back({op->op, op_span, parse_binary(level + 1)});
  }
  if (!chain) return first;
  chain->span = span_since(begin);
  return chain;
}

ast::ExprPtr Parser::parse_unary() {
  if (!is(Kind::kNot) && !is(Kind::kMinus)) return parse_postfix();
  const NestingScope nesting(*this);
  const auto op = tokens_.is(Kind::kNot) ? ast::UnaryOp::kNot : ast::UnaryOp::kNegate;
  auto unary = std::make_unique<ast::UnaryExpr>(now().span, op, now().span);
  if (!panic_) tokens_.advance();
  unary->operand = parse_unary();
  unary->span = span_since(unary->op_span.begin);
  return unary;
}

ast::ExprPtr Parser::parse_postfix() {
  const std::uint32_t begin = now().span.begin;
  return parse_links(parse_primary(), begin);
}

ast::ExprPtr Parser::parse_links(ast::ExprPtr base, std::uint32_t begin) {
  std::vector<ast::PostfixExpr::Link> links;
  while (!panic_ && parse_link(links)) {
  }
  if (links.empty()) return base;
  auto postfix = std::make_unique<ast::PostfixExpr>(span_since(begin));
  postfix->base = std::move(base);
  postfix->links = std::move(links);
  return postfix;
}

// False when no link stands here.
bool Parser::parse_link(std::vector<ast::PostfixExpr::Link>& links) {
  using LinkKind = ast::PostfixExpr::LinkKind;
  ast::PostfixExpr::Link link{LinkKind::kField, now().span, {}, {}};
  if (tokens_.is(Kind::kDot)) {
    if (!is_word(tokens_.next().kind) && at_line_end()) return false;
    tokens_.advance();
    link.name = parse_word("a name after `.`");
    if (panic_) return false;
  } else if (at_line_end() || (!tokens_.is(Kind::kLeftParen) && !tokens_.is(Kind::kLeftBracket))) {
    return false;
  }
  if (is(Kind::kLeftParen) && !at_line_end()) {
    link.kind = link.name.text.empty() ? LinkKind::kCall : LinkKind::kMethod;
    link.args = parse_values(Kind::kRightParen);
  } else if (link.name.text.empty()) {
    link.kind = LinkKind::kIndex;
    link.args.push_back(parse_index());
  }
  link.span = span_since(link.span.begin);
  links.push_back(std::move(link));
  return true;
}

ast::ExprPtr Parser::parse_index() {
  const BracketScope bracket(*this, LineBreaks::kMeanNothing);
  ast::ExprPtr index = parse_value();
  close_list(bracket.opener(), Kind::kRightBracket);
  return index;
}

ast::ExprPtr Parser::parse_primary() {
  if (panic_) return invalid(here());
  switch (now().kind) {
    case Kind::kName:
      return parse_name_or_construct();
    case Kind::kTextWhole:
    case Kind::kTextHead:
      return parse_text();
    case Kind::kLeftParen:
      return parse_parenthesised();
    case Kind::kLeftBracket: {
      auto array = std::make_unique<ast::ArrayExpr>(now().span);
      array->items = parse_values(Kind::kRightBracket);
      array->span = span_since(array->span.begin);
      return array;
    }
    case Kind::kLeftBrace:
      return is_object_start() ? parse_object() : parse_block_value();
    case Kind::kIf:
    case Kind::kFor:
    case Kind::kWhile:
    case Kind::kTry:
    case Kind::kDispatch:
    case Kind::kFn:
      return parse_keyword_expression();
    case Kind::kSend:
      return parse_send();
    default:
      return parse_literal();
  }
}

ast::ExprPtr Parser::parse_literal() {
  const Token& token = now();
  ast::ExprPtr literal;
  switch (token.kind) {
    case Kind::kNumber:
      literal = std::make_unique<ast::NumberExpr>(token.span, token.number);
      break;
    case Kind::kDatetime:
      literal = std::make_unique<ast::DatetimeExpr>(token.span, token.nanoseconds);
      break;
    case Kind::kString:
      literal = std::make_unique<ast::StringExpr>(token.span, tokens_.take_text(token));
      break;
    case Kind::kTrue:
    case Kind::kFalse:
      literal = std::make_unique<ast::BoolExpr>(token.span, token.kind == Kind::kTrue);
      break;
    case Kind::kNil:
      literal = std::make_unique<ast::PlainExpr>(ast::ExprKind::kNil, token.span);
      break;
    default:
      return at_symbol() ? parse_symbol() : fail_operand();
  }
  tokens_.advance();
  return literal;
}

ast::ExprPtr Parser::parse_name_or_construct() {
  const Token& token = now();
  const Token& next = tokens_.next();
  if (context_.server != TokenStream::kNone && tokens_.is_word_text("state")) {
    tokens_.advance();
    return std::make_unique<ast::PlainExpr>(ast::ExprKind::kState, token.span);
  }
  const bool construct_in_head = context_.is_head && at_construct_before_body();
  if (construct_in_head) {
    const Token& closer = tokens_.token(tokens_.closer_of(tokens_.index() + 1));
    complain({token.span.begin, closer.span.end}, "a struct before a `{` that opens a body stands in `( )`",
             "`(" + std::string(tokens_.source(token)) + " {...})`");
  }
  if (next.kind != Kind::kLeftBrace || next.line_break_before || (context_.is_head && !construct_in_head)) {
    tokens_.advance();
    return std::make_unique<ast::NameExpr>(token.span, std::string(tokens_.source(token)));
  }
  auto construct = std::make_unique<ast::ConstructExpr>(token.span);
  construct->name = word_of(token);
  tokens_.advance();
  construct->entries = parse_entries();
  construct->span = span_since(token.span.begin);
  return construct;
}

// In a head, where `NAME {` opens the body: whether it can only be meant as a construct, since it looks like one and a body,
// or more of the value, follows.
bool Parser::at_construct_before_body() const {
  const Token& brace = tokens_.next();
  if (brace.kind != Kind::kLeftBrace || brace.line_break_before) return false;
  const std::uint32_t closer = tokens_.closer_of(tokens_.index() + 1);
  if (closer == TokenStream::kNone) return false;
  const Kind key = tokens_.next(2).kind;
  const bool is_literal = key == Kind::kTrue || key == Kind::kFalse || key == Kind::kNil;
  const bool has_key = is_word(key) && !is_literal && tokens_.next(3).kind == Kind::kColon;
  const Token& after = tokens_.token(closer + 1);
  const bool goes_on = after.kind == Kind::kLeftBrace || after.kind == Kind::kDot || is_binary_operator(after.kind);
  return goes_on && !after.line_break_before && (has_key || key == Kind::kRightBrace);
}

bool Parser::at_symbol() const {
  return tokens_.is(Kind::kColon) && is_word(tokens_.next().kind) && TokenStream::touches(now(), tokens_.next());
}

ast::ExprPtr Parser::parse_symbol() {
  const Span span{now().span.begin, tokens_.next().span.end};
  auto symbol = std::make_unique<ast::StringExpr>(span, std::string(tokens_.source(tokens_.next())));
  tokens_.advance();
  tokens_.advance();
  return symbol;
}

ast::ExprPtr Parser::parse_text() {
  auto text = std::make_unique<ast::TextExpr>(now().span);
  while (!panic_) {
    const Token& piece = now();
    text->parts.push_back({tokens_.take_text(piece), nullptr});
    if (piece.kind == Kind::kTextWhole || piece.kind == Kind::kTextTail) {
      tokens_.advance();
      break;
    }
    const BracketScope bracket(*this, LineBreaks::kMeanNothing);
    text->parts.back().expr = parse_value();
    if (panic_) recover_in_bracket(bracket.opener());
    if (is(Kind::kTextMiddle) || is(Kind::kTextTail)) continue;
    fail_expected("`}`");
    recover_in_bracket(bracket.opener());
  }
  if (text->parts.back().expr) text->parts.emplace_back();
  text->span = span_since(text->span.begin);
  return text;
}

ast::ExprPtr Parser::parse_parenthesised() {
  const BracketScope bracket(*this, LineBreaks::kMeanNothing);
  ast::ExprPtr value = parse_value();
  value->parenthesised = true;
  close_list(bracket.opener(), Kind::kRightParen);
  return value;
}

// No operand stands here. Before an operator it is only left out; a statement that is no value is read as one.
ast::ExprPtr Parser::fail_operand() {
  const Span span = here();
  switch (now().kind) {
    case Kind::kInvalid:
      tokens_.advance();
      panic_ = starts_expression() && !now().line_break_before;
      return invalid(span);
    case Kind::kSet:
    case Kind::kReturn:
    case Kind::kThrow:
    case Kind::kBreak:
    case Kind::kContinue:
      if (!now().line_break_before) return parse_misplaced_statement();
      break;
    default:
      if (is_binary_operator(now().kind)) return fail_before_operator();
      break;
  }
  fail_expected("an expression");
  return invalid(span);
}

// Of several operators in a row the last is taken, when an operand can follow it; the others are the same mistake.
ast::ExprPtr Parser::fail_before_operator() {
  const Span span = here();
  complain(span, "expected an expression, found " + describe(now()));
  while (is_binary_operator(tokens_.next().kind) && tokens_.next().kind != Kind::kMinus) tokens_.advance();
  tokens_.advance();
  const bool operand_follows = starts_expression();
  tokens_.move_to(tokens_.index() - 1);
  panic_ = !operand_follows;
  return invalid(span);
}

ast::ExprPtr Parser::parse_misplaced_statement() {
  const bool may_follow_coalesce = tokens_.is(Kind::kReturn) || tokens_.is(Kind::kThrow);
  complain(here(), quote(now()) + " is a statement and gives no value here",
           may_follow_coalesce ? "it stands alone or behind `??`" : "it stands alone or in a block");
  return parse_statement();
}

}  // namespace relay
