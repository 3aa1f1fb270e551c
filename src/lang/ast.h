#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/source.h"

// The syntax tree of a Relay program (language.md, "Grammar"): what the parser builds and the compiler reads.
//
// Invariant: no pointer named here is null unless its comment says so. A module whose parse reported an error
//            may hold kInvalid nodes; without an error it holds none.
// Bound:     the tree is at most a small multiple of kMaxNesting (lang/parser.h) deep. What a program may repeat without
//            end (operators of one level, `.a().b()`, `else if`, `??`) is a vector in one node. So a reader of
//            the tree, and its destructor, may recurse.
// Owner:     every node owns its children.
//
// Comments are no part of the tree (ParseResult::comments has them), except for doc comments: `doc` of a definition is the
// text of the `///` lines directly above it (doc_before() in lang/comment.h), empty without them.
namespace relay::ast {

enum class ExprKind : std::uint8_t {
  kInvalid,  // stands where a syntax error was reported
  kNil,
  kBool,
  kNumber,
  kString,
  kDatetime,
  kText,
  kName,
  kState,
  kArray,
  kObject,
  kConstruct,
  kBlock,
  kFn,
  kUnary,
  kBinary,
  kLogical,
  kPostfix,
  kSet,
  kReturn,
  kThrow,
  kBreak,
  kContinue,
  kIf,
  kFor,
  kWhile,
  kTry,
  kDispatch,
  kSend,
  kStructDef,
  kProtocolDef,
  kServerDef,
  kTemplateDef,
  kConfigDef,
  kTestDef,
};

struct Expr {
  Expr(ExprKind expr_kind, Span expr_span) : kind(expr_kind), span(expr_span) {}
  Expr(const Expr&) = delete;
  Expr& operator=(const Expr&) = delete;
  virtual ~Expr() = default;

  const ExprKind kind;
  bool parenthesised = false;  // it stands in `( )` of its own; `span` does not take them in
  Span span;
};

using ExprPtr = std::unique_ptr<Expr>;

// The node as what its `kind` says it is: `as<NameExpr>(expr)`.
template <typename Node>
[[nodiscard]] const Node& as(const Expr& expr) {
  RELAY_CHECK(expr.kind == Node::kKind, "a syntax node is taken for another kind");
  return static_cast<const Node&>(expr);
}

// A name as the program writes it.
struct Word {
  std::string text;
  Span span;
};

// ---- Types -----------------------------------------------------------------------------------------------

enum class TypeKind : std::uint8_t {
  kNamed,     // name
  kList,      // [T]: parts = {T}
  kMap,       // {K: V}: parts = {K, V}
  kOptional,  // optional(T): parts = {T}
  kFn,        // fn(A, B) -> R: parts = {A, B}, result
};

struct TypeExpr {
  TypeKind kind = TypeKind::kNamed;
  Span span;
  std::string name;                  // kNamed only
  std::vector<TypeExpr> parts;
  std::unique_ptr<TypeExpr> result;  // kFn only; null when not written
};

using TypePtr = std::unique_ptr<TypeExpr>;  // null where no type is written

// ---- Parts of several nodes ------------------------------------------------------------------------------

// The `{ }` of a function, a branch or a loop. Its value is that of its last item, nil without one.
struct Block {
  Span span;  // with the braces
  std::vector<ExprPtr> items;
};

struct Param {
  Word name;
  TypePtr type;  // null when not written

  // It may be left out of a call (only the last ones may be).
  [[nodiscard]] bool is_optional() const { return type && type->kind == TypeKind::kOptional; }
};

struct Function {
  Span span;  // from `fn` (or `receive`) to its `}`
  Word name;  // empty text for a lambda; its span is then that of `fn`
  std::vector<Param> params;
  TypePtr return_type;  // null when not written
  Block body;
  std::string doc;  // of a named function
};

// `key: value` of an object, a construct or config.
struct Entry {
  Word key;  // decoded; the span is that of the key as written
  ExprPtr value;
};

// `name: type = value` of a struct (no value) or of a server's state.
struct Field {
  Word name;
  TypePtr type;           // never null
  ExprPtr default_value;  // null when not written
  std::string doc;
};

// ---- Literals and names ----------------------------------------------------------------------------------

// kInvalid, kNil, kState, kBreak, kContinue: nothing but kind and span.
struct PlainExpr final : Expr {
  using Expr::Expr;
};

struct BoolExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kBool;
  BoolExpr(Span at, bool v) : Expr(kKind, at), value(v) {}
  bool value;
};

struct NumberExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kNumber;
  NumberExpr(Span at, double v) : Expr(kKind, at), value(v) {}
  double value;
};

// "text" or :text, decoded to UTF-8.
struct StringExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kString;
  StringExpr(Span at, std::string v) : Expr(kKind, at), value(std::move(v)) {}
  std::string value;
};

struct DatetimeExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kDatetime;
  DatetimeExpr(Span at, std::int64_t ns) : Expr(kKind, at), nanoseconds(ns) {}
  std::int64_t nanoseconds;  // since 1970-01-01T00:00:00Z
};

// `text ${expr} text`: the parts joined, each expression as string() shows it.
struct TextExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kText;
  struct Part {
    std::string text;  // decoded; stands before `expr`
    ExprPtr expr;      // null in the last part
  };
  explicit TextExpr(Span at) : Expr(kKind, at) {}
  std::vector<Part> parts;  // at least one; the last alone has no expr
};

struct NameExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kName;
  NameExpr(Span at, std::string n) : Expr(kKind, at), name(std::move(n)) {}
  std::string name;
};

// ---- Composite values ------------------------------------------------------------------------------------

struct ArrayExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kArray;
  explicit ArrayExpr(Span at) : Expr(kKind, at) {}
  std::vector<ExprPtr> items;
};

// {key: value}. A key may stand twice: all values are evaluated, the last counts.
struct ObjectExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kObject;
  explicit ObjectExpr(Span at) : Expr(kKind, at) {}
  std::vector<Entry> entries;
};

// Name{field: value}
struct ConstructExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kConstruct;
  explicit ConstructExpr(Span at) : Expr(kKind, at) {}
  Word name;
  std::vector<Entry> entries;
};

// A `{ }` used as a value: `return` in it leaves it.
struct BlockExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kBlock;
  explicit BlockExpr(Span at) : Expr(kKind, at) {}
  Block block;
};

// A function with or without a name. With one it also binds the name where it stands.
struct FnExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kFn;
  explicit FnExpr(Span at) : Expr(kKind, at) {}
  Function function;
};

// ---- Operators -------------------------------------------------------------------------------------------

enum class UnaryOp : std::uint8_t { kNot, kNegate };

struct UnaryExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kUnary;
  UnaryExpr(Span at, UnaryOp o, Span o_span) : Expr(kKind, at), op(o), op_span(o_span) {}
  UnaryOp op;
  Span op_span;
  ExprPtr operand;
};

enum class BinaryOp : std::uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
};

// first op operand op operand ...: operators of one level, applied from left to right.
struct BinaryExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kBinary;
  struct Link {
    BinaryOp op;
    Span op_span;
    ExprPtr operand;
  };
  explicit BinaryExpr(Span at) : Expr(kKind, at) {}
  ExprPtr first;
  std::vector<Link> links;  // at least one
};

enum class LogicalOp : std::uint8_t { kAnd, kOr, kCoalesce };

// a && b && c, a || b || c, a ?? b ?? c: stops at the operand that decides. The last operand of `??` may be a
// ThrowExpr or a ReturnExpr.
struct LogicalExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kLogical;
  LogicalExpr(Span at, LogicalOp o) : Expr(kKind, at), op(o) {}
  LogicalOp op;
  std::vector<ExprPtr> operands;  // at least two
};

// base.name(args)[index](args)...: each link applies to the value of all before it.
struct PostfixExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kPostfix;
  enum class LinkKind : std::uint8_t {
    kField,   // .name
    kMethod,  // .name(args)
    kCall,    // (args)
    kIndex,   // [args[0]]
  };
  struct Link {
    LinkKind kind;
    Span span;  // the link alone: `.name(args)`, `(args)`, `[index]`
    Word name;  // kField and kMethod; its span is without the dot
    std::vector<ExprPtr> args;
  };
  explicit PostfixExpr(Span at) : Expr(kKind, at) {}
  // The value as it stands before link `index`, as a span: base and the links before it.
  [[nodiscard]] Span span_before(std::size_t index) const {
    if (index > 0) return {span.begin, links[index - 1].span.end};
    return base->parenthesised ? Span{span.begin, links[0].span.begin} : base->span;
  }
  ExprPtr base;
  std::vector<Link> links;  // at least one
};

// ---- Statements ------------------------------------------------------------------------------------------

struct SetExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kSet;
  explicit SetExpr(Span at) : Expr(kKind, at) {}
  Word name;
  ExprPtr value;
};

struct ReturnExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kReturn;
  explicit ReturnExpr(Span at) : Expr(kKind, at) {}
  ExprPtr value;  // null: `return` alone
};

struct ThrowExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kThrow;
  explicit ThrowExpr(Span at) : Expr(kKind, at) {}
  ExprPtr value;
};

// ---- Control ---------------------------------------------------------------------------------------------

// if c { } else if c { } else { }
struct IfExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kIf;
  struct Branch {
    ExprPtr condition;
    Block body;
  };
  explicit IfExpr(Span at) : Expr(kKind, at) {}
  std::vector<Branch> branches;  // at least one, in order
  std::optional<Block> otherwise;
};

// for [key,] name in subject { }
struct ForExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kFor;
  explicit ForExpr(Span at) : Expr(kKind, at) {}
  std::optional<Word> key;  // `i` of `for i, x in`
  Word name;
  ExprPtr subject;
  Block body;
};

struct WhileExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kWhile;
  explicit WhileExpr(Span at) : Expr(kKind, at) {}
  ExprPtr condition;
  Block body;
};

struct TryExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kTry;
  explicit TryExpr(Span at) : Expr(kKind, at) {}
  Block body;
  std::optional<Word> name;  // of `catch name`
  Block handler;
};

// dispatch subject { literal: value, ... }
struct DispatchExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kDispatch;
  struct Case {
    Span span;        // of the literal
    ExprPtr literal;  // kNil kBool kNumber (a minus is folded in) kString kDatetime; null: the case is :default
    ExprPtr value;
  };
  explicit DispatchExpr(Span at) : Expr(kKind, at) {}
  ExprPtr subject;
  std::vector<Case> cases;
};

// send target method args [within seconds]
struct SendExpr final : Expr {
  static constexpr ExprKind kKind = ExprKind::kSend;
  explicit SendExpr(Span at) : Expr(kKind, at) {}
  ExprPtr target;  // a StringExpr, a NameExpr or what stood in `( )`
  Word method;
  ExprPtr args;    // an ObjectExpr, or what stood in `( )`
  ExprPtr within;  // null when not written
};

// ---- Definitions: only among Module::items ---------------------------------------------------------------

struct StructDef final : Expr {
  static constexpr ExprKind kKind = ExprKind::kStructDef;
  explicit StructDef(Span at) : Expr(kKind, at) {}
  Word name;
  std::string doc;
  std::vector<Field> fields;
};

struct ProtocolDef final : Expr {
  static constexpr ExprKind kKind = ExprKind::kProtocolDef;
  struct Method {
    Word name;
    std::vector<Param> params;
    TypePtr return_type;  // null when not written
    std::string doc;
  };
  explicit ProtocolDef(Span at) : Expr(kKind, at) {}
  Word name;
  std::string doc;
  std::vector<Method> methods;
};

struct ServerDef final : Expr {
  static constexpr ExprKind kKind = ExprKind::kServerDef;
  enum class MethodKind : std::uint8_t { kReceive, kHelper };
  struct Method {
    MethodKind kind;
    Function function;  // always named
  };
  explicit ServerDef(Span at) : Expr(kKind, at) {}
  Word name;
  std::string doc;
  std::optional<Word> protocol;
  std::vector<Field> state;     // of all its `state` blocks, in order
  std::vector<Method> methods;  // in order
};

struct TemplateDef final : Expr {
  static constexpr ExprKind kKind = ExprKind::kTemplateDef;
  explicit TemplateDef(Span at) : Expr(kKind, at) {}
  Word path;  // decoded string
  Word from;
  std::vector<Param> params;
};

struct ConfigDef final : Expr {
  static constexpr ExprKind kKind = ExprKind::kConfigDef;
  explicit ConfigDef(Span at) : Expr(kKind, at) {}
  std::vector<Entry> entries;
};

// test "name" { }: run by `relay test` alone.
struct TestDef final : Expr {
  static constexpr ExprKind kKind = ExprKind::kTestDef;
  explicit TestDef(Span at) : Expr(kKind, at) {}
  Function function;  // without parameters; its name is that of the test, decoded, the name's span that of the string
};

// A whole program.
struct Module {
  std::shared_ptr<const SourceFile> file;
  std::vector<ExprPtr> items;
};

}  // namespace relay::ast
