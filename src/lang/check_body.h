#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "lang/ast.h"
#include "lang/reporter.h"
#include "lang/type_names.h"

namespace relay {

// Checks what is evaluated: parameters and types of functions, second functions of one name, `break` and `continue`
// outside loops, and lines whose value nobody uses.
class BodyChecker {
 public:
  BodyChecker(Reporter& reporter, const TypeNames& types) : reporter_(reporter), types_(types) {}

  // One statement of the program. Calls share the program's scope.
  void check_item(const ast::Expr& item);
  // The same for one whose value is shown to somebody.
  void check_shown_item(const ast::Expr& item);
  // A function with a scope of its own.
  void check_function(const ast::Function& function);
  // A value outside any function, such as the default of a state field.
  void check_value(const ast::Expr& value);
  void check_params(const std::vector<ast::Param>& params);
  void check_type(const ast::TypePtr& type);

 private:
  enum class Use { kUsed, kUnused };
  // The named functions that one scope binds, with their first place.
  using FunctionNames = std::unordered_map<std::string, Span>;

  void visit(const ast::Expr& expr, Use use = Use::kUsed);
  void visit_all(const std::vector<ast::ExprPtr>& exprs);
  void visit_entries(const std::vector<ast::Entry>& entries);
  void visit_items(const std::vector<ast::ExprPtr>& items, Use last);
  void visit_loop(const ast::Block& body);
  void visit_chain(const ast::Expr& expr);
  void visit_control(const ast::Expr& expr, Use use);
  void visit_fn(const ast::FnExpr& expr);
  void check_cases(const ast::DispatchExpr& dispatch);
  void check_jump(const ast::Expr& jump);
  void warn_if_useless(const ast::Expr& item, Use use);

  Reporter& reporter_;
  const TypeNames& types_;
  FunctionNames names_;
  int loops_ = 0;
};

}  // namespace relay
