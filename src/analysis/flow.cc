#include "analysis/flow.h"

#include <algorithm>

#include "lang/walk.h"

namespace relay::analysis {
namespace {

using ast::as;
using ast::ExprKind;

bool leaves(const ast::Block& block) {
  return std::any_of(block.items.begin(), block.items.end(),
                     [](const ast::ExprPtr& item) { return relay::analysis::leaves(*item); });
}

// Whether a `break` in it leaves the loop that it stands in itself.
bool has_break(const ast::Expr& expr) {
  if (expr.kind == ExprKind::kBreak) return true;
  if (expr.kind == ExprKind::kFor || expr.kind == ExprKind::kWhile) return false;
  bool found = false;
  for_each_child(expr, [&](const ast::Expr& child) { found = found || has_break(child); });
  return found;
}

bool runs_forever(const ast::WhileExpr& loop) {
  const ast::Expr& condition = *loop.condition;
  if (condition.kind != ExprKind::kBool || !as<ast::BoolExpr>(condition).value) return false;
  return std::none_of(loop.body.items.begin(), loop.body.items.end(),
                      [](const ast::ExprPtr& item) { return has_break(*item); });
}

bool is_definition(const ast::Expr& item) {
  if (item.kind == ExprKind::kFn) return !as<ast::FnExpr>(item).function.name.text.empty();
  return item.kind >= ExprKind::kStructDef;
}

// The word that left: `return`.
std::string word_of(const ast::Expr& item) {
  switch (item.kind) {
    case ExprKind::kReturn:
      return "return";
    case ExprKind::kThrow:
      return "throw";
    case ExprKind::kBreak:
      return "break";
    case ExprKind::kContinue:
      return "continue";
    case ExprKind::kWhile:
      return "while true";
    default:
      return {};
  }
}

}  // namespace

bool leaves(const ast::Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kReturn:
    case ExprKind::kThrow:
    case ExprKind::kBreak:
    case ExprKind::kContinue:
      return true;
    case ExprKind::kIf: {
      const auto& choice = as<ast::IfExpr>(expr);
      return choice.otherwise && leaves(*choice.otherwise) &&
             std::all_of(choice.branches.begin(), choice.branches.end(),
                         [](const auto& branch) { return leaves(branch.body); });
    }
    case ExprKind::kTry:
      return leaves(as<ast::TryExpr>(expr).body) && leaves(as<ast::TryExpr>(expr).handler);
    case ExprKind::kWhile:
      return runs_forever(as<ast::WhileExpr>(expr));
    default:
      return false;
  }
}

void warn_unreachable(const std::vector<ast::ExprPtr>& items, Findings& findings) {
  const auto last =
      std::find_if(items.begin(), items.end(), [](const ast::ExprPtr& item) { return leaves(*item); });
  if (last == items.end()) return;
  const auto dead =
      std::find_if(last + 1, items.end(), [](const ast::ExprPtr& item) { return !is_definition(*item); });
  if (dead == items.end()) return;
  const std::string word = word_of(**last);
  const std::string note =
      word.empty() ? "every branch before it leaves" : "it stands behind a `" + word + "`";
  findings.warning((*dead)->span, "this is never reached", {}, {note});
}

}  // namespace relay::analysis
