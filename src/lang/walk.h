#pragma once

#include <functional>

#include "lang/ast.h"

namespace relay {

// Calls `visit` for each expression directly inside `expr`, in the order of evaluation. Bodies of functions are not
// entered: a FnExpr has no children here.
template <typename Visit>
void for_each_child(const ast::Expr& expr, Visit&& visit);

template <typename Visit>
void for_each_item(const ast::Block& block, Visit&& visit) {
  for (const ast::ExprPtr& item : block.items) visit(*item);
}

template <typename Visit>
void for_each_child(const ast::Expr& expr, Visit&& visit) {
  using namespace ast;
  const auto maybe = [&](const ExprPtr& child) {
    if (child) visit(*child);
  };
  const auto entries = [&](const std::vector<Entry>& list) {
    for (const Entry& entry : list) visit(*entry.value);
  };
  switch (expr.kind) {
    case ExprKind::kText:
      for (const TextExpr::Part& part : as<TextExpr>(expr).parts) maybe(part.expr);
      return;
    case ExprKind::kArray:
      for (const ExprPtr& item : as<ArrayExpr>(expr).items) visit(*item);
      return;
    case ExprKind::kObject: return entries(as<ObjectExpr>(expr).entries);
    case ExprKind::kConstruct: return entries(as<ConstructExpr>(expr).entries);
    case ExprKind::kBlock: return for_each_item(as<BlockExpr>(expr).block, visit);
    case ExprKind::kUnary: return visit(*as<UnaryExpr>(expr).operand);
    case ExprKind::kBinary:
      visit(*as<BinaryExpr>(expr).first);
      for (const BinaryExpr::Link& link : as<BinaryExpr>(expr).links) visit(*link.operand);
      return;
    case ExprKind::kLogical:
      for (const ExprPtr& operand : as<LogicalExpr>(expr).operands) visit(*operand);
      return;
    case ExprKind::kPostfix:
      visit(*as<PostfixExpr>(expr).base);
      for (const PostfixExpr::Link& link : as<PostfixExpr>(expr).links) {
        for (const ExprPtr& arg : link.args) visit(*arg);
      }
      return;
    case ExprKind::kSet: return visit(*as<SetExpr>(expr).value);
    case ExprKind::kReturn: return maybe(as<ReturnExpr>(expr).value);
    case ExprKind::kThrow: return visit(*as<ThrowExpr>(expr).value);
    case ExprKind::kIf:
      for (const IfExpr::Branch& branch : as<IfExpr>(expr).branches) {
        visit(*branch.condition);
        for_each_item(branch.body, visit);
      }
      if (as<IfExpr>(expr).otherwise) for_each_item(*as<IfExpr>(expr).otherwise, visit);
      return;
    case ExprKind::kFor:
      visit(*as<ForExpr>(expr).subject);
      return for_each_item(as<ForExpr>(expr).body, visit);
    case ExprKind::kWhile:
      visit(*as<WhileExpr>(expr).condition);
      return for_each_item(as<WhileExpr>(expr).body, visit);
    case ExprKind::kTry:
      for_each_item(as<TryExpr>(expr).body, visit);
      return for_each_item(as<TryExpr>(expr).handler, visit);
    case ExprKind::kDispatch:
      visit(*as<DispatchExpr>(expr).subject);
      for (const DispatchExpr::Case& one : as<DispatchExpr>(expr).cases) visit(*one.value);
      return;
    case ExprKind::kSend:
      visit(*as<SendExpr>(expr).target);
      visit(*as<SendExpr>(expr).args);
      return maybe(as<SendExpr>(expr).within);
    default: return;
  }
}

}  // namespace relay
