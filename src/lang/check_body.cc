#include "lang/check_body.h"

#include <bit>
#include <unordered_set>
#include <utility>

namespace relay {

using ast::as;
using ast::ExprKind;

namespace {

// Equal for the cases of equal values.
std::string text_of_case(const ast::DispatchExpr::Case& one) {
  if (!one.literal) return "default";
  switch (one.literal->kind) {
    case ExprKind::kNumber: {
      const double number = as<ast::NumberExpr>(*one.literal).value + 0.0;  // -0 is 0
      return "number " + std::to_string(std::bit_cast<std::uint64_t>(number));
    }
    case ExprKind::kString: return "string " + as<ast::StringExpr>(*one.literal).value;
    case ExprKind::kDatetime: return "datetime " + std::to_string(as<ast::DatetimeExpr>(*one.literal).nanoseconds);
    case ExprKind::kBool: return as<ast::BoolExpr>(*one.literal).value ? "true" : "false";
    default: return "nil";
  }
}

}  // namespace

void BodyChecker::check_item(const ast::Expr& item) {
  warn_if_useless(item, Use::kUnused);
  visit(item, Use::kUnused);
}

void BodyChecker::check_shown_item(const ast::Expr& item) { visit(item, Use::kUsed); }

void BodyChecker::check_value(const ast::Expr& value) {
  const FunctionNames outer = std::exchange(names_, {});
  visit(value);
  names_ = outer;
}

void BodyChecker::check_function(const ast::Function& function) {
  check_params(function.params);
  check_type(function.return_type);
  FunctionNames outer_names = std::exchange(names_, {});
  const int outer_loops = std::exchange(loops_, 0);
  visit_items(function.body.items, Use::kUsed);
  names_ = std::move(outer_names);
  loops_ = outer_loops;
}

void BodyChecker::check_params(const std::vector<ast::Param>& params) {
  std::unordered_set<std::string_view> seen;
  const ast::Param* optional = nullptr;
  for (const ast::Param& param : params) {
    check_type(param.type);
    if (!seen.insert(param.name.text).second) {
      reporter_.error(param.name.span, "duplicate parameter '" + param.name.text + "'");
    }
    if (param.is_optional()) {
      optional = &param;
    } else if (optional) {
      reporter_.error(param.name.span,
                      "parameter '" + param.name.text + "' follows the optional '" + optional->name.text + "'",
                      "optional parameters come last");
    }
  }
}

void BodyChecker::check_type(const ast::TypePtr& type) {
  if (type) types_.check(*type, reporter_);
}

void BodyChecker::visit_all(const std::vector<ast::ExprPtr>& exprs) {
  for (const ast::ExprPtr& expr : exprs) visit(*expr);
}

void BodyChecker::visit_entries(const std::vector<ast::Entry>& entries) {
  for (const ast::Entry& entry : entries) visit(*entry.value);
}

void BodyChecker::visit_items(const std::vector<ast::ExprPtr>& items, Use last) {
  for (const ast::ExprPtr& item : items) {
    const Use use = item == items.back() ? last : Use::kUnused;
    warn_if_useless(*item, use);
    visit(*item, use);
  }
}

void BodyChecker::visit_loop(const ast::Block& body) {
  ++loops_;
  visit_items(body.items, Use::kUnused);
  --loops_;
}

void BodyChecker::visit(const ast::Expr& expr, Use use) {
  switch (expr.kind) {
    case ExprKind::kText:
      for (const auto& part : as<ast::TextExpr>(expr).parts) {
        if (part.expr) visit(*part.expr);
      }
      return;
    case ExprKind::kArray:
      return visit_all(as<ast::ArrayExpr>(expr).items);
    case ExprKind::kObject:
      return visit_entries(as<ast::ObjectExpr>(expr).entries);
    case ExprKind::kConstruct:
      return visit_entries(as<ast::ConstructExpr>(expr).entries);
    case ExprKind::kConfigDef:
      return visit_entries(as<ast::ConfigDef>(expr).entries);
    case ExprKind::kFn:
      return visit_fn(as<ast::FnExpr>(expr));
    case ExprKind::kUnary:
    case ExprKind::kBinary:
    case ExprKind::kLogical:
    case ExprKind::kPostfix:
      return visit_chain(expr);
    case ExprKind::kSet:
      return visit(*as<ast::SetExpr>(expr).value);
    case ExprKind::kReturn:
      if (as<ast::ReturnExpr>(expr).value) visit(*as<ast::ReturnExpr>(expr).value);
      return;
    case ExprKind::kThrow:
      return visit(*as<ast::ThrowExpr>(expr).value);
    case ExprKind::kBreak:
    case ExprKind::kContinue:
      return check_jump(expr);
    default:
      return visit_control(expr, use);
  }
}

void BodyChecker::visit_chain(const ast::Expr& expr) {
  if (expr.kind == ExprKind::kUnary) return visit(*as<ast::UnaryExpr>(expr).operand);
  if (expr.kind == ExprKind::kLogical) return visit_all(as<ast::LogicalExpr>(expr).operands);
  if (expr.kind == ExprKind::kBinary) {
    const auto& chain = as<ast::BinaryExpr>(expr);
    visit(*chain.first);
    for (const auto& link : chain.links) visit(*link.operand);
    return;
  }
  const auto& chain = as<ast::PostfixExpr>(expr);
  visit(*chain.base);
  for (const auto& link : chain.links) visit_all(link.args);
}

void BodyChecker::visit_control(const ast::Expr& expr, Use use) {
  switch (expr.kind) {
    case ExprKind::kBlock:
      return visit_items(as<ast::BlockExpr>(expr).block.items, use);
    case ExprKind::kIf: {
      const auto& choice = as<ast::IfExpr>(expr);
      for (const auto& branch : choice.branches) {
        visit(*branch.condition);
        visit_items(branch.body.items, use);
      }
      if (choice.otherwise) visit_items(choice.otherwise->items, use);
      return;
    }
    case ExprKind::kFor:
      visit(*as<ast::ForExpr>(expr).subject);
      return visit_loop(as<ast::ForExpr>(expr).body);
    case ExprKind::kWhile:
      visit(*as<ast::WhileExpr>(expr).condition);
      return visit_loop(as<ast::WhileExpr>(expr).body);
    case ExprKind::kTry:
      visit_items(as<ast::TryExpr>(expr).body.items, use);
      return visit_items(as<ast::TryExpr>(expr).handler.items, use);
    case ExprKind::kDispatch:
      check_cases(as<ast::DispatchExpr>(expr));
      visit(*as<ast::DispatchExpr>(expr).subject);
      for (const auto& one : as<ast::DispatchExpr>(expr).cases) visit(*one.value);
      return;
    case ExprKind::kSend: {
      const auto& send = as<ast::SendExpr>(expr);
      visit(*send.target);
      visit(*send.args);
      if (send.within) visit(*send.within);
      return;
    }
    default:
      return;
  }
}

void BodyChecker::visit_fn(const ast::FnExpr& expr) {
  const ast::Word& name = expr.function.name;
  if (!name.text.empty()) {
    const auto [first, is_new] = names_.emplace(name.text, name.span);
    if (!is_new) {
      reporter_.warning(name.span, "a second function '" + name.text + "' replaces the first", {},
                        {"the first stands in " + reporter_.line_of(first->second)});
    }
  }
  check_function(expr.function);
}

// Cases are compared in order, so a second one of a value is never reached.
void BodyChecker::check_cases(const ast::DispatchExpr& dispatch) {
  std::unordered_map<std::string, Span> seen;
  for (const ast::DispatchExpr::Case& one : dispatch.cases) {
    const auto [first, is_new] = seen.emplace(text_of_case(one), one.span);
    if (is_new) continue;
    reporter_.warning(one.span, "a second case for this value is never reached", {},
                      {"the first stands in " + reporter_.line_of(first->second)});
  }
}

void BodyChecker::check_jump(const ast::Expr& jump) {
  if (loops_ > 0) return;
  reporter_.error(jump.span, jump.kind == ExprKind::kBreak ? "`break` outside a loop" : "`continue` outside a loop");
}

// The lines that a reader may take for the end of the line before: `-x`, `(x)`, `[x]` and sums that begin so.
void BodyChecker::warn_if_useless(const ast::Expr& item, Use use) {
  if (use == Use::kUsed) return;
  const char first = item.parenthesised ? '(' : reporter_.file().text(item.span).front();
  const bool chain = item.kind == ExprKind::kBinary && (first == '-' || first == '(' || first == '[');
  const bool alone = item.parenthesised || item.kind == ExprKind::kArray ||
                     (item.kind == ExprKind::kUnary && as<ast::UnaryExpr>(item).op == ast::UnaryOp::kNegate);
  if (!chain && !alone) return;
  reporter_.warning(item.span, "nobody uses the value of this line", {},
                    {"a line that begins with `" + std::string(1, first) +
                     "` is an expression of its own and does not go on with the line before"});
}

}  // namespace relay
