#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/parser.h"
#include "lang/reporter.h"
#include "lang/token_stream.h"

namespace relay {

// Recursive descent over language.md ("Grammar"), one function a rule; internal to parse().
//
// Errors: fail() reports and sets `panic_`; until a recovery function has found the next place to trust (the next
//         element of a list, member of a definition, or statement) and cleared it, nothing more is reported and every rule
//         returns what it has. complain() reports what the parser can read on behind.
// Invariant: no rule returns null; a rule called in panic consumes nothing.
// Order:  expression rules in parse_expression.cc, those with blocks in parse_control.cc, objects and lists in
//         parse_list.cc, definitions in parse_definition.cc, statements in parse_statement.cc, recovery in
//         parse_recovery.cc.
class Parser {
 public:
  explicit Parser(std::shared_ptr<const SourceFile> file);
  ParseResult run();

 private:
  using Kind = TokenKind;

  enum class LineBreaks : std::uint8_t { kEndExpressions, kMeanNothing };

  // What the innermost bracket or head says about what is read in it.
  struct Context {
    LineBreaks line_breaks = LineBreaks::kEndExpressions;
    bool is_head = false;                       // `NAME {` is no construct
    std::uint32_t server = TokenStream::kNone;  // the `{` of the enclosing server: `state` is a keyword
  };

  // Changes the context until the end of a C++ scope.
  class ContextScope {
   public:
    ContextScope(Parser& parser, Context context) : parser_(parser), outer_(parser.context_) {
      parser.context_ = context;
    }
    ~ContextScope() { parser_.context_ = outer_; }
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;

   private:
    Parser& parser_;
    Context outer_;
  };

  // Counts a level of nesting until the end of a C++ scope; fails when it is one too many.
  class NestingScope {
   public:
    explicit NestingScope(Parser& parser) : parser_(parser) {
      if (++parser.depth_ > kMaxNesting) parser.fail_too_deep();
    }
    ~NestingScope() { --parser_.depth_; }
    NestingScope(const NestingScope&) = delete;
    NestingScope& operator=(const NestingScope&) = delete;

   private:
    Parser& parser_;
  };

  // Consumes the current token as an opening bracket; its inside lasts until the end of a C++ scope.
  class BracketScope {
   public:
    BracketScope(Parser& parser, LineBreaks line_breaks)
        : parser_(parser),
          opener_(parser.tokens_.index()),
          nesting_(parser),
          context_(parser, {line_breaks, false, parser.context_.server}) {
      parser.brackets_.push_back(opener_);
      parser.tokens_.advance();
    }
    ~BracketScope() { parser_.brackets_.pop_back(); }
    [[nodiscard]] std::uint32_t opener() const { return opener_; }

   private:
    Parser& parser_;
    std::uint32_t opener_;
    NestingScope nesting_;
    ContextScope context_;
  };

  // ---- Tokens and errors (parser.cc)
  [[nodiscard]] bool is(Kind kind) const { return !panic_ && tokens_.is(kind); }
  [[nodiscard]] const Token& now() const { return tokens_.now(); }
  // A line break that ends a complete expression here.
  [[nodiscard]] bool at_line_end() const;
  [[nodiscard]] bool accept(Kind kind) { return !panic_ && tokens_.accept(kind); }
  // Consumes the token of that kind, or fails with "expected WHAT, found ...".
  bool expect(Kind kind, std::string_view what, std::string hint = {});
  void fail(Span span, std::string message, std::string hint = {}, std::vector<std::string> notes = {});
  void fail_expected(std::string_view what, std::string hint = {});
  void fail_too_deep();
  void fail_unclosed(std::uint32_t opener);
  // Whether something has been reported in this statement, from which a leftover may follow; or anywhere before.
  [[nodiscard]] bool has_failed_in_statement() const { return diagnostics_.size() > errors_before_statement_; }
  [[nodiscard]] bool has_failed() const { return diagnostics_.size() > lexer_errors_; }
  void complain(Span span, std::string message, std::string hint = {}, std::vector<std::string> notes = {});
  [[nodiscard]] std::string describe(const Token& token) const;
  [[nodiscard]] std::string quote(const Token& token) const;
  [[nodiscard]] Span span_since(std::uint32_t begin) const;
  [[nodiscard]] Span here() const;  // the current token; at the end of the file the place behind the last
  [[nodiscard]] ast::Word word_of(const Token& token) const;
  // A name that gets bound; `what` says of what: "the variable".
  ast::Word parse_name(std::string_view what);
  // Any word: a method, a field, a key.
  ast::Word parse_word(std::string_view what);
  [[nodiscard]] ast::ExprPtr invalid(Span span) const;
  // The doc comment of what begins at the current token.
  [[nodiscard]] std::string doc_here() const { return doc_before(file_->text(), comments_, now().span.begin); }

  // ---- Recovery (parse_recovery.cc)
  void recover_in_list(std::uint32_t opener);
  void recover_in_bracket(std::uint32_t opener);
  void recover_in_members(std::uint32_t opener);
  // At the place of a `{` that is not there: reports it and goes on behind the header; panic stays when no `{` is near.
  void fail_before_block(std::string_view what);
  void recover_before_block();
  // What a bracket that is never closed has taken in of its line is not to be believed.
  void drop_errors_behind_unclosed();
  void recover_statement(std::uint32_t begin);
  [[nodiscard]] bool goes_on_after_error() const;
  [[nodiscard]] bool at_outer_closer() const;
  // What begins here can stand only directly inside the bracket `outer` (kNone: at the top level), which encloses this
  // place. When a bracket before it is never closed, that is reported and all brackets up to `outer` are left.
  [[nodiscard]] bool leave_unclosed_blocks(std::uint32_t outer);
  void unwind_to(std::uint32_t bracket);
  // Ends the unwinding when it has reached the inside of this bracket (kNone: the top level).
  void arrive_in(std::uint32_t bracket);

  // ---- Statements (parse_statement.cc)
  void parse_items(std::vector<ast::ExprPtr>& items, Kind closer);
  void end_statement(const ast::Expr& item, std::uint32_t begin);
  void fail_two_on_a_line(const ast::Expr& item, std::uint32_t begin);
  [[nodiscard]] std::string hint_of_foreign_word() const;
  [[nodiscard]] std::string hint_between(const ast::Expr& item, const Token& first) const;
  ast::ExprPtr parse_statement();
  ast::ExprPtr parse_word_statement();
  ast::ExprPtr parse_value_statement();
  ast::ExprPtr parse_foreign_statement();
  ast::ExprPtr parse_jump();
  ast::ExprPtr parse_set();
  ast::ExprPtr parse_typed_set();
  [[nodiscard]] bool at_target_links() const;
  ast::ExprPtr parse_set_value(ast::Word name, std::uint32_t begin);
  ast::ExprPtr parse_return();
  ast::ExprPtr parse_throw();
  void report_assignment(const ast::Expr& target, std::uint32_t begin);
  [[nodiscard]] std::string assignment_hint(const ast::Expr& target) const;
  [[nodiscard]] bool starts_definition() const;
  [[nodiscard]] bool starts_expression() const;
  [[nodiscard]] bool starts_statement() const;

  // ---- Expressions (parse_expression.cc)
  ast::ExprPtr parse_value();
  ast::ExprPtr parse_logical(int level);
  ast::ExprPtr parse_binary(int level);
  ast::ExprPtr parse_coalesce_operand();
  [[nodiscard]] bool at_operator() const;
  ast::ExprPtr parse_unary();
  ast::ExprPtr parse_postfix();
  ast::ExprPtr parse_links(ast::ExprPtr base, std::uint32_t begin);
  bool parse_link(std::vector<ast::PostfixExpr::Link>& links);
  ast::ExprPtr parse_index();
  ast::ExprPtr parse_primary();
  ast::ExprPtr parse_literal();
  ast::ExprPtr parse_name_or_construct();
  [[nodiscard]] bool at_construct_before_body() const;
  ast::ExprPtr parse_symbol();
  ast::ExprPtr parse_text();
  ast::ExprPtr parse_parenthesised();
  ast::ExprPtr parse_misplaced_statement();
  ast::ExprPtr fail_operand();
  ast::ExprPtr fail_before_operator();
  [[nodiscard]] bool at_symbol() const;

  // ---- Brackets (parse_list.cc)
  template <typename ParseElement, typename StartsElement>
  void parse_list(Kind closer, ParseElement&& parse_element, StartsElement&& starts_element);
  void close_list(std::uint32_t opener, Kind closer);
  std::vector<ast::ExprPtr> parse_values(Kind closer);
  std::vector<ast::Entry> parse_entries();
  ast::Entry parse_entry();
  [[nodiscard]] bool starts_key() const;
  [[nodiscard]] bool is_object_start() const;
  ast::ExprPtr parse_object();
  ast::Block parse_block(std::string_view what);
  ast::ExprPtr parse_block_value();
  std::vector<ast::Param> parse_params();

  // ---- Control (parse_control.cc)
  ast::ExprPtr parse_head();
  [[nodiscard]] bool took_body_for_head(ast::Expr& head, Span keyword, std::string_view what, ast::Block& body);
  ast::ExprPtr parse_keyword_expression();
  ast::ExprPtr parse_if();
  ast::ExprPtr parse_for();
  void expect_in();
  ast::ExprPtr parse_while();
  ast::ExprPtr parse_try();
  ast::ExprPtr parse_dispatch();
  ast::DispatchExpr::Case parse_case();
  ast::ExprPtr parse_case_literal();
  ast::ExprPtr parse_send();
  ast::ExprPtr parse_send_target();
  ast::ExprPtr parse_send_args();
  ast::ExprPtr parse_fn();
  void parse_signature(std::vector<ast::Param>& params, ast::TypePtr& return_type);
  [[nodiscard]] bool at_else() const;

  // ---- Definitions (parse_definition.cc)
  ast::ExprPtr parse_definition();
  [[nodiscard]] bool leave_at_outer_definition();
  ast::ExprPtr parse_struct();
  ast::ExprPtr parse_protocol();
  ast::ProtocolDef::Method parse_protocol_method();
  ast::ExprPtr parse_server();
  void parse_server_member(ast::ServerDef& server);
  ast::ExprPtr parse_template();
  ast::ExprPtr parse_config();
  ast::ExprPtr parse_test();
  ast::Field parse_field();
  ast::Field parse_state_field();
  [[nodiscard]] std::string hint_for_member() const;
  template <typename ParseMember>
  void parse_members(std::string_view what, ParseMember&& parse_member);
  ast::TypePtr parse_type_annotation();
  ast::TypeExpr parse_type();
  void parse_fn_type(ast::TypeExpr& type);
  void parse_type_brackets(ast::TypeExpr& type, Kind closer);

  std::shared_ptr<const SourceFile> file_;
  std::vector<Diagnostic> diagnostics_;
  Reporter reporter_;
  std::uint32_t unreliable_from_ = UINT32_MAX;
  std::size_t lexer_errors_ = 0;  // how many of diagnostics_ are the lexer's
  std::vector<Comment> comments_;
  TokenStream tokens_;
  Context context_;
  std::vector<std::uint32_t> brackets_;  // openers of all that is being read; empty at the top level
  int depth_ = 0;
  bool panic_ = false;
  bool reported_too_deep_ = false;
  int muted_ = 0;                  // what is read only to find its end reports nothing
  std::size_t errors_before_statement_ = 0;
  std::size_t errors_before_server_ = 0;
  std::vector<Span> unclosed_;              // brackets that have been reported
  int inserted_braces_ = 0;
  std::uint32_t blockless_at_ = TokenStream::kNone;  // where recover_before_block() last found nothing
  bool reported_two_on_line_ = false;  // further errors of the line follow from it
  // Set while blocks that lack their `}` are left for the bracket `unwinding_to_` (kNone: the top level).
  bool unwinding_ = false;
  std::uint32_t unwinding_to_ = TokenStream::kNone;
};

}  // namespace relay
