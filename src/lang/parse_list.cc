#include "lang/parse_list.h"

namespace relay {

void Parser::close_list(std::uint32_t opener, Kind closer) {
  if (panic_) recover_in_bracket(opener);
  if (panic_ || accept(closer)) return;
  if (tokens_.closer_of(opener) == TokenStream::kNone) return fail_unclosed(opener);
  const std::string_view what = closer == Kind::kRightParen ? "`)`" : closer == Kind::kRightBracket ? "`]`" : "`}`";
  if (has_failed_in_statement()) panic_ = true;
  if (!panic_) fail_expected(what);
  recover_in_bracket(opener);
  (void)accept(closer);
}

std::vector<ast::ExprPtr> Parser::parse_values(Kind closer) {
  std::vector<ast::ExprPtr> values;
  parse_list(
      closer, [&] { values.push_back(parse_value()); }, [this] { return starts_expression(); });
  return values;
}

std::vector<ast::Entry> Parser::parse_entries() {
  std::vector<ast::Entry> entries;
  parse_list(
      Kind::kRightBrace, [&] { entries.push_back(parse_entry()); }, [this] { return starts_key(); });
  return entries;
}

ast::Entry Parser::parse_entry() {
  ast::Entry entry;
  if (at_symbol()) {
    entry.key = {std::string(tokens_.source(tokens_.next())), {now().span.begin, tokens_.next().span.end}};
    tokens_.advance();
    tokens_.advance();
  } else if (tokens_.is(Kind::kString)) {
    entry.key = {tokens_.take_text(now()), now().span};
    tokens_.advance();
  } else {
    entry.key = parse_word("a key");
  }
  expect(Kind::kColon, "`:` behind the key");
  entry.value = parse_value();
  return entry;
}

bool Parser::starts_key() const { return is_word(now().kind) || tokens_.is(Kind::kString) || at_symbol(); }

// At a `{` where a value is due: it is an object when it is `{}` or begins with a key and `:`.
bool Parser::is_object_start() const {
  const Token& first = tokens_.next(1);
  const Token& second = tokens_.next(2);
  if (first.kind == Kind::kRightBrace) return true;
  if (first.kind == Kind::kColon) {
    return is_word(second.kind) && TokenStream::touches(first, second) && tokens_.next(3).kind == Kind::kColon;
  }
  if (second.kind != Kind::kColon) return false;
  if (first.kind == Kind::kName || first.kind == Kind::kString) return true;
  return is_reserved(first.kind) && TokenStream::touches(first, second);
}

ast::ExprPtr Parser::parse_object() {
  auto object = std::make_unique<ast::ObjectExpr>(now().span);
  object->entries = parse_entries();
  object->span = span_since(object->span.begin);
  return object;
}

// The block of a header; after an error in the header the block is still read.
ast::Block Parser::parse_block(std::string_view what) {
  ast::Block block{here(), {}};
  if (panic_ || !tokens_.is(Kind::kLeftBrace)) fail_before_block(what);
  if (panic_) return block;
  const BracketScope bracket(*this, LineBreaks::kEndExpressions);
  parse_items(block.items, Kind::kRightBrace);
  close_list(bracket.opener(), Kind::kRightBrace);
  block.span = span_since(tokens_.token(bracket.opener()).span.begin);
  return block;
}

ast::ExprPtr Parser::parse_block_value() {
  auto value = std::make_unique<ast::BlockExpr>(now().span);
  value->block = parse_block("a block");
  value->span = value->block.span;
  return value;
}

std::vector<ast::Param> Parser::parse_params() {
  std::vector<ast::Param> params;
  if (panic_ || !tokens_.is(Kind::kLeftParen)) {
    fail_expected("`(` and the parameters");
    return params;
  }
  const auto parse_param = [&] {
    ast::Param param{parse_name("a parameter"), nullptr};
    if (is(Kind::kColon)) param.type = parse_type_annotation();
    if (is(Kind::kAssign)) {
      complain(here(), "a parameter has no default value", "`optional(T)` with `??` in the body");
      tokens_.advance();
      (void)parse_value();
    }
    params.push_back(std::move(param));
  };
  parse_list(Kind::kRightParen, parse_param, [this] { return is_word(now().kind); });
  return params;
}

}  // namespace relay
