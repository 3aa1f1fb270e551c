#include <algorithm>

#include "format/build_list.h"

namespace relay::format {

namespace {

using ast::as;
using ast::ExprKind;

bool is_number(const ast::ExprPtr& item) {
  if (item->kind != ExprKind::kUnary) return item->kind == ExprKind::kNumber;
  return as<ast::UnaryExpr>(*item).operand->kind == ExprKind::kNumber;
}

}  // namespace

Doc Builder::take_spaced() {
  const Doc token = take();
  return docs_.concat({token, docs_.blank()});
}

Builder::Value Builder::prefixed(Doc prefix, Value value) {
  return {docs_.concat({prefix, value.doc}),
          value.opened == kNoDoc ? kNoDoc : docs_.concat({prefix, value.opened})};
}

Builder::Value Builder::expression(const ast::Expr& expr) {
  Parts open;
  while (expr.parenthesised && walk_.is_before(expr.span.begin)) open.push_back(take());
  if (open.empty()) return bare_expression(expr);
  Parts parts = open;
  parts.push_back(bare_expression(expr).doc);
  for (std::size_t i = 0; i < open.size(); ++i) parts.push_back(take());
  return {docs_.concat(parts), kNoDoc};
}

Builder::Value Builder::bare_expression(const ast::Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kArray: return array(as<ast::ArrayExpr>(expr));
    case ExprKind::kObject: return entries(as<ast::ObjectExpr>(expr).entries, {});
    case ExprKind::kConstruct: {
      const Doc name = take();
      return prefixed(name, entries(as<ast::ConstructExpr>(expr).entries, {}));
    }
    case ExprKind::kBlock: return control({{block(as<ast::BlockExpr>(expr).block)}});
    case ExprKind::kFn: return function(as<ast::FnExpr>(expr).function);
    case ExprKind::kUnary: return unary(as<ast::UnaryExpr>(expr));
    case ExprKind::kBinary: return binary(as<ast::BinaryExpr>(expr));
    case ExprKind::kLogical: return logical(as<ast::LogicalExpr>(expr));
    case ExprKind::kPostfix: return postfix(as<ast::PostfixExpr>(expr));
    case ExprKind::kSet: return set(as<ast::SetExpr>(expr));
    case ExprKind::kReturn: return jump(as<ast::ReturnExpr>(expr).value.get());
    case ExprKind::kThrow: return jump(as<ast::ThrowExpr>(expr).value.get());
    case ExprKind::kIf: return branches(as<ast::IfExpr>(expr));
    case ExprKind::kFor: return loop(as<ast::ForExpr>(expr));
    case ExprKind::kWhile: return loop(as<ast::WhileExpr>(expr));
    case ExprKind::kTry: return attempt(as<ast::TryExpr>(expr));
    case ExprKind::kDispatch: return dispatch(as<ast::DispatchExpr>(expr));
    case ExprKind::kSend: return send(as<ast::SendExpr>(expr));
    case ExprKind::kStructDef:
    case ExprKind::kProtocolDef:
    case ExprKind::kServerDef:
    case ExprKind::kTemplateDef:
    case ExprKind::kTestDef:
    case ExprKind::kConfigDef: return {definition(expr), kNoDoc};
    default: return {walk_.take_whole(expr.span), kNoDoc};
  }
}

Builder::Value Builder::value_behind(const ast::Expr& expr) {
  if (!walk_.line_comment_before()) return prefixed(docs_.blank(), expression(expr));
  Parts parts;
  add(parts, walk_.take_trailing(TokenWalk::LineBreakFollows::kAlways));
  Parts below{line(LineKind::kHard)};
  add(below, walk_.take_leading());
  below.push_back(expression(expr).doc);
  parts.push_back(docs_.indent(docs_.concat(below)));
  return {docs_.concat(parts), kNoDoc};
}

Builder::Value Builder::array(const ast::ArrayExpr& array) {
  ListForm form;
  form.is_filled = array.items.size() > 1 && std::all_of(array.items.begin(), array.items.end(), is_number);
  auto item = array.items.begin();
  return list(form, [&] { return expression(**item++).doc; });
}

Builder::Value Builder::unary(const ast::UnaryExpr& unary) {
  // `--` would read as one operator.
  const Doc op = walk_.is(Kind::kMinus) && walk_.next().kind == Kind::kMinus ? take_spaced() : take();
  return prefixed(op, expression(*unary.operand));
}

Builder::Value Builder::send(const ast::SendExpr& send) {
  Parts parts{take_spaced()};
  parts.push_back(expression(*send.target).doc);
  parts.push_back(docs_.blank());
  parts.push_back(take_spaced());
  const Value args = prefixed(docs_.concat(parts), expression(*send.args));
  if (!send.within) return args;
  const Doc within = take();
  return {docs_.concat({args.doc, docs_.blank(), within, value_behind(*send.within).doc}), kNoDoc};
}

Builder::Value Builder::set(const ast::SetExpr& set) {
  Parts parts{take_spaced()};
  parts.push_back(take_spaced());
  parts.push_back(take());
  return prefixed(docs_.concat(parts), value_behind(*set.value));
}

Builder::Value Builder::jump(const ast::Expr* value) {
  const Doc word = take();
  return value == nullptr ? Value{word, kNoDoc} : prefixed(word, value_behind(*value));
}

// Types are never broken.
Doc Builder::type(const ast::TypeExpr& type) {
  Parts parts;
  while (walk_.is_before(type.span.end)) {
    const Kind kind = walk_.now().kind;
    if (kind == Kind::kComma && is_closer(walk_.next().kind)) {
      add(parts, walk_.drop());
      continue;
    }
    if (kind == Kind::kArrow) parts.push_back(docs_.blank());
    parts.push_back(kind == Kind::kArrow || kind == Kind::kComma || kind == Kind::kColon ? take_spaced() : take());
  }
  return docs_.concat(parts);
}

}  // namespace relay::format
