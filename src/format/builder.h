#pragma once

#include <string_view>
#include <vector>

#include "format/doc.h"
#include "format/token_walk.h"
#include "lang/ast.h"

namespace relay::format {

// Turns a program into a Doc: one function a kind of node, each of which takes the tokens of its node from the walk and
// puts line places between them.
//
// Invariant: a line may break only where a line break means nothing (language.md, "Line breaks"): behind an operator,
//            before `.name`, inside brackets, between statements.
// Order: lines of statements in build_lines.cc, lists in build_list.cc, expressions in build_expression.cc, operators and
//        calls in build_chain.cc, functions and control in build_control.cc, definitions in build_definition.cc.
class Builder {
 public:
  Builder(Docs& docs, const ast::Module& module) : docs_(docs), walk_(docs, module), module_(module) {}
  Doc program();

 private:
  using Kind = TokenKind;
  using Parts = std::vector<Doc>;

  // A value. `opened` is the same with its last bracket broken, for `f(a, {` where only the last argument takes several
  // lines; kNoDoc for what cannot be opened so.
  struct Value {
    Doc doc = kNoDoc;
    Doc opened = kNoDoc;
  };

  // ---- Lines (build_lines.cc)
  enum class Space : std::uint8_t { kAsWritten, kAround };  // empty lines
  struct Lines {
    Parts parts;
    bool is_empty = true;
    bool needs_empty_line = false;  // behind what stands last
  };
  struct CommentLine {
    TokenWalk::LineComment comment;
    bool empty_line_before;
  };
  void begin_line(Lines& lines, bool with_empty_line);
  std::vector<CommentLine> take_comment_lines();
  bool add_comment_lines(Lines& lines, const std::vector<CommentLine>& comments, bool with_empty_line);
  // The next line, behind the comments before it. `build` makes it; `space_of` says what it needs around it.
  template <typename Build, typename SpaceOf>
  void add_line(Lines& lines, Build&& build, SpaceOf&& space_of);
  void add_last_comments(Lines& lines);
  void add_statements(Lines& lines, const std::vector<ast::ExprPtr>& items);
  [[nodiscard]] bool takes_one_line(Doc doc, std::uint32_t indent) const;
  // `{`, the lines that `add` puts between, `}`; on one line as a whole or not at all.
  enum class Shape : std::uint8_t { kMayBeFlat, kBroken };
  template <typename Add>
  Doc braces(Shape shape, Add&& add);

  // ---- Lists between brackets (build_list.cc)
  enum class Opened : std::uint8_t { kAsItFits, kAsWritten };  // kAsWritten: broken where the source breaks behind the bracket
  enum class Commas : std::uint8_t { kTrailing, kBetween, kNone };  // when broken; when flat they stand between
  struct ListForm {
    std::string_view padding = {};  // inside the brackets of a flat list
    Opened opened = Opened::kAsWritten;
    Commas commas = Commas::kTrailing;
    bool is_filled = false;  // several elements a line
  };
  template <typename Build>
  Value list(const ListForm& form, Build&& build);
  void add_comma(Parts& inside, const ListForm& form);
  Doc line_between(const ListForm& form);
  void add_dangling_comments(Parts& inside);
  Value entries(const std::vector<ast::Entry>& entries, std::string_view padding);
  Doc params(const std::vector<ast::Param>& params);

  // ---- Expressions (build_expression.cc)
  Value expression(const ast::Expr& expr);
  Value bare_expression(const ast::Expr& expr);
  Value prefixed(Doc prefix, Value value);
  // ` value`; on the next line when line comments stand before it.
  Value value_behind(const ast::Expr& expr);
  Value array(const ast::ArrayExpr& array);
  Value unary(const ast::UnaryExpr& unary);
  Value send(const ast::SendExpr& send);
  Value set(const ast::SetExpr& set);
  Value jump(const ast::Expr* value);
  Doc type(const ast::TypeExpr& type);

  // ---- Operators and calls (build_chain.cc)
  struct Operators {
    Parts flat;
    Parts broken;
    int broken_operands = 0;
    Value last;
  };
  void add_operand(Operators& chain, const ast::Expr& operand);
  Value finish(Operators chain);
  Value binary(const ast::BinaryExpr& binary);
  Value logical(const ast::LogicalExpr& logical);
  struct Segment {
    Doc before = kNoDoc;   // comments behind what stands before it
    Doc leading = kNoDoc;  // comments on lines of their own
    Doc doc = kNoDoc;
  };
  struct Chain {
    Value last = {};  // the last link
    Parts before_last;
    Parts head;
    std::vector<Segment> segments;  // each from `.method(` to the next
    bool has_breaks = false;        // in the source, before a segment
    bool has_comments = false;
  };
  Value postfix(const ast::PostfixExpr& postfix);
  Chain links(const ast::PostfixExpr& postfix);
  Value link(const ast::PostfixExpr::Link& link);
  Doc broken_chain(const Chain& chain, LineKind line);
  Value breakable_chain(const Chain& chain);
  struct Argument {
    Doc before = kNoDoc;
    Value value;
    Doc behind = kNoDoc;
  };
  Value arguments(const std::vector<ast::ExprPtr>& args);
  Doc flat_arguments(Doc open, const std::vector<Argument>& arguments, Doc last, Doc close);

  // ---- Functions and control (build_control.cc)
  Doc block(const ast::Block& block);
  [[nodiscard]] bool needs_brace_on_new_line() const;
  struct Control {
    Parts parts;
    bool is_broken = false;
  };
  void add_body(Control& control, const ast::Block& body);
  void add_follower(Control& control);
  Value control(const Control& control);
  Doc signature(const std::vector<ast::Param>& params, const ast::TypePtr& return_type);
  Value function(const ast::Function& function);
  Value branches(const ast::IfExpr& choice);
  Value loop(const ast::ForExpr& loop);
  Value loop(const ast::WhileExpr& loop);
  Value attempt(const ast::TryExpr& attempt);
  Value dispatch(const ast::DispatchExpr& dispatch);

  // ---- Definitions (build_definition.cc)
  Doc definition(const ast::Expr& def);
  Doc struct_def(const ast::StructDef& def);
  Doc protocol_def(const ast::ProtocolDef& def);
  Doc server_def(const ast::ServerDef& def);
  Doc server_member(const ast::ServerDef& def, std::size_t& fields, std::size_t& methods);
  Doc template_def(const ast::TemplateDef& def);
  Doc test_def(const ast::TestDef& def);
  Doc field(const ast::Field& field);

  // ---- Small parts
  Doc take() { return walk_.take(); }
  Doc take_spaced();  // the token and a blank
  Doc text(std::string_view view) { return docs_.text(view); }
  Doc line(LineKind kind) { return docs_.line(kind); }
  [[nodiscard]] bool is_broken(Doc doc) const { return doc != kNoDoc && docs_[doc].is_broken; }
  static void add(Parts& parts, Doc doc) {
    if (doc != kNoDoc) parts.push_back(doc);
  }

  Docs& docs_;
  TokenWalk walk_;
  const ast::Module& module_;
};

}  // namespace relay::format
