#include "lang/parse_list.h"

namespace relay {

ast::ExprPtr Parser::parse_definition() {
  const std::string_view word = tokens_.source(now());
  if (word == "struct") return parse_struct();
  if (word == "protocol") return parse_protocol();
  if (word == "server") return parse_server();
  if (word == "template") return parse_template();
  if (word == "test") return parse_test();
  return parse_config();
}

// Leaves the definition that is being read at what can stand only further out, if a `}` is missing before it.
bool Parser::leave_at_outer_definition() {
  if (!now().line_break_before) return false;
  const bool has_colon = is_word(now().kind) && (tokens_.next().kind == Kind::kColon || tokens_.next().kind == Kind::kLeftParen);
  const bool is_unclosed = tokens_.closer_of(brackets_.back()) == TokenStream::kNone;
  const bool in_server = brackets_.back() == context_.server;  // whose members know themselves what they are none of
  if (is_unclosed && !in_server && !has_colon && starts_statement()) return leave_unclosed_blocks(TokenStream::kNone);
  if (starts_definition()) return leave_unclosed_blocks(TokenStream::kNone);
  const bool receive = tokens_.is_word_text("receive") && tokens_.next().kind == Kind::kFn;
  const bool in_state = context_.server != TokenStream::kNone && brackets_.back() != context_.server;
  return receive && in_state && leave_unclosed_blocks(context_.server);
}

// The `{ }` of a definition; each call of `parse_member` reads one member and the `,` behind it, if one may stand there.
template <typename ParseMember>
void Parser::parse_members(std::string_view what, ParseMember&& parse_member) {
  if (panic_ || !tokens_.is(Kind::kLeftBrace)) fail_before_block(what);
  if (panic_) return;
  const BracketScope bracket(*this, LineBreaks::kEndExpressions);
  const std::uint32_t opener = bracket.opener();
  while (!panic_ && !tokens_.is(Kind::kRightBrace) && !tokens_.is_end()) {
    if (leave_at_outer_definition()) break;
    const std::uint32_t begin = tokens_.index();
    parse_member();
    arrive_in(opener);
    if (!panic_) continue;
    if (tokens_.index() == begin && !unwinding_) tokens_.skip_balanced();  // or the next member would begin here again
    recover_in_members(opener);
  }
  close_list(opener, Kind::kRightBrace);
}

ast::ExprPtr Parser::parse_struct() {
  auto def = std::make_unique<ast::StructDef>(now().span);
  def->doc = doc_here();
  tokens_.advance();
  def->name = parse_name("the struct");
  parse_members("the fields of the struct", [&] {
    def->fields.push_back(parse_field());
    if (is(Kind::kAssign)) fail_expected("the next field", "a field of a struct has no default value");
    (void)accept(Kind::kComma);
  });
  def->span = span_since(def->span.begin);
  return def;
}

ast::Field Parser::parse_field() {
  if (is(Kind::kSemicolon)) fail_expected("the name of a field", "fields stand behind `,` or on lines of their own");
  std::string doc = doc_here();
  ast::Field field{parse_word("the name of a field"), nullptr, nullptr, std::move(doc)};
  if (!is(Kind::kColon)) fail_expected("`:` and the type of the field");
  field.type = parse_type_annotation();
  return field;
}

ast::ExprPtr Parser::parse_protocol() {
  auto def = std::make_unique<ast::ProtocolDef>(now().span);
  def->doc = doc_here();
  tokens_.advance();
  def->name = parse_name("the protocol");
  parse_members("the methods of the protocol", [&] {
    def->methods.push_back(parse_protocol_method());
    (void)accept(Kind::kComma);
  });
  def->span = span_since(def->span.begin);
  return def;
}

ast::ProtocolDef::Method Parser::parse_protocol_method() {
  ast::ProtocolDef::Method method;
  method.doc = doc_here();
  if (is_word(tokens_.next().kind) && (tokens_.is(Kind::kFn) || tokens_.is_word_text("receive"))) {
    complain(here(), "a method of a protocol is written without " + quote(now()), "`name(parameters) -> type`");
    tokens_.advance();
    if (tokens_.is(Kind::kFn)) tokens_.advance();
  }
  method.name = parse_word("the name of a method");
  parse_signature(method.params, method.return_type);
  if (is(Kind::kLeftBrace)) fail_expected("the next method", "a protocol has no bodies");
  return method;
}

ast::ExprPtr Parser::parse_server() {
  auto def = std::make_unique<ast::ServerDef>(now().span);
  def->doc = doc_here();
  tokens_.advance();
  if (is(Kind::kString)) {
    complain(here(), "the name of a server is written without quotes", tokens_.text(now()));
    def->name = {tokens_.text(now()), now().span};
    tokens_.advance();
  } else {
    def->name = parse_name("the server");
  }
  if (!panic_ && tokens_.is_word_text("implements")) {
    tokens_.advance();
    def->protocol = parse_name("a protocol");
  }
  Context inside = context_;
  if (is(Kind::kLeftBrace)) inside.server = tokens_.index();
  const ContextScope scope(*this, inside);
  errors_before_server_ = diagnostics_.size();
  parse_members("the members of the server", [&] { parse_server_member(*def); });
  def->span = span_since(def->span.begin);
  return def;
}

void Parser::parse_server_member(ast::ServerDef& server) {
  const Span begin = now().span;
  std::string doc = doc_here();
  const Kind next = tokens_.next().kind;
  const bool lacks_brace = is_word(next) && tokens_.next(2).kind == Kind::kColon;
  if (tokens_.is_word_text("state") && (next == Kind::kLeftBrace || lacks_brace)) {
    tokens_.advance();
    return parse_members("the fields of the state", [&] { server.state.push_back(parse_state_field()); });
  }
  const bool receive = tokens_.is_word_text("receive") && tokens_.next().kind == Kind::kFn;
  if (receive) tokens_.advance();
  if (!tokens_.is(Kind::kFn)) {
    const bool left_open = now().line_break_before && starts_statement() && leave_unclosed_blocks(TokenStream::kNone);
    if (left_open) return;
    // A member that failed may have ended too early.
    if (diagnostics_.size() == errors_before_server_) fail_expected("`state { }`, `receive fn` or `fn`", hint_for_member());
    panic_ = true;
    return;
  }
  ast::Function function;
  function.doc = std::move(doc);
  tokens_.advance();
  function.name = receive ? parse_word("the name of a method") : parse_name("a function of a server");
  parse_signature(function.params, function.return_type);
  function.body = parse_block("the body of the function");
  function.span = span_since(begin.begin);
  const auto kind = receive ? ast::ServerDef::MethodKind::kReceive : ast::ServerDef::MethodKind::kHelper;
  server.methods.push_back({kind, std::move(function)});
}

// What was meant by something that is no member of a server.
std::string Parser::hint_for_member() const {
  if (tokens_.is_word_text("receive")) return "`receive fn name(parameters) { ... }`";
  const bool is_variable = tokens_.is(Kind::kSet) || (is_word(now().kind) && tokens_.next().kind == Kind::kColon);
  return is_variable ? "`state { field: type = value }`" : "";
}

ast::Field Parser::parse_state_field() {
  std::string doc = doc_here();
  ast::Field field{parse_word("the name of a state field"), nullptr, nullptr, std::move(doc)};
  if (is(Kind::kAssign)) {
    complain(here(), "expected `:` and the type of the field, found `=`", "`" + field.name.text + ": any = ...`");
    field.type = std::make_unique<ast::TypeExpr>();
  } else {
    if (!is(Kind::kColon)) fail_expected("`:` and the type of the field");
    field.type = parse_type_annotation();
  }
  if (accept(Kind::kAssign)) field.default_value = parse_value();
  const bool next_may_follow = is(Kind::kRightBrace) || is_word(now().kind);
  if (accept(Kind::kComma) || next_may_follow || panic_ || tokens_.is_end()) return field;
  fail_expected("the next field or `}`");
  return field;
}

ast::ExprPtr Parser::parse_template() {
  auto def = std::make_unique<ast::TemplateDef>(now().span);
  tokens_.advance();
  def->path = {tokens_.take_text(now()), now().span};
  tokens_.advance();
  if (!panic_ && !tokens_.is_word_text("from")) fail_expected("`from`");
  if (!panic_) tokens_.advance();
  def->from = parse_name("a function");
  def->params = parse_params();
  def->span = span_since(def->span.begin);
  return def;
}

ast::ExprPtr Parser::parse_config() {
  auto def = std::make_unique<ast::ConfigDef>(now().span);
  tokens_.advance();
  def->entries = parse_entries();
  def->span = span_since(def->span.begin);
  return def;
}

ast::ExprPtr Parser::parse_test() {
  auto def = std::make_unique<ast::TestDef>(now().span);
  tokens_.advance();
  def->function.name = {tokens_.take_text(now()), now().span};
  tokens_.advance();
  def->function.body = parse_block("the body of the test");
  def->span = span_since(def->span.begin);
  def->function.span = def->span;
  return def;
}

// `: type`
ast::TypePtr Parser::parse_type_annotation() {
  if (!panic_) tokens_.advance();
  return std::make_unique<ast::TypeExpr>(parse_type());
}

ast::TypeExpr Parser::parse_type() {
  ast::TypeExpr type;
  type.span = here();
  if (panic_) return type;
  const Kind kind = now().kind;
  if (kind == Kind::kLeftBracket) {
    type.kind = ast::TypeKind::kList;
    parse_type_brackets(type, Kind::kRightBracket);
  } else if (kind == Kind::kLeftBrace) {
    type.kind = ast::TypeKind::kMap;
    parse_type_brackets(type, Kind::kRightBrace);
  } else if (kind == Kind::kFn) {
    parse_fn_type(type);
  } else if (tokens_.is_word_text("optional") && tokens_.next().kind == Kind::kLeftParen) {
    type.kind = ast::TypeKind::kOptional;
    tokens_.advance();
    parse_type_brackets(type, Kind::kRightParen);
  } else if (kind == Kind::kName || kind == Kind::kNil) {
    type.name = word_of(now()).text;
    tokens_.advance();
  } else {
    fail_expected("a type");
  }
  type.span = span_since(type.span.begin);
  return type;
}

// `[T]`, `(T)` of optional, `{K: V}`
void Parser::parse_type_brackets(ast::TypeExpr& type, Kind closer) {
  const BracketScope bracket(*this, LineBreaks::kMeanNothing);
  type.parts.push_back(parse_type());
  if (closer == Kind::kRightBrace && expect(Kind::kColon, "`:` and the type of the values")) {
    type.parts.push_back(parse_type());
  }
  close_list(bracket.opener(), closer);
}

// fn(A, name: B) -> R, where all behind `fn` may be left out.
void Parser::parse_fn_type(ast::TypeExpr& type) {
  type.kind = ast::TypeKind::kFn;
  tokens_.advance();
  if (is(Kind::kLeftParen)) {
    const auto parse_part = [&] {
      if (is_word(now().kind) && tokens_.next().kind == Kind::kColon) {
        tokens_.advance();
        tokens_.advance();
      }
      type.parts.push_back(parse_type());
    };
    parse_list(Kind::kRightParen, parse_part, [this] { return is_word(now().kind); });
  }
  if (!is(Kind::kArrow)) return;
  const NestingScope nesting(*this);
  tokens_.advance();
  type.result = std::make_unique<ast::TypeExpr>(parse_type());
}

}  // namespace relay
