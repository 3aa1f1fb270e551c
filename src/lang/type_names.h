#pragma once

#include <string>
#include <vector>

#include "lang/ast.h"
#include "lang/reporter.h"
#include "lang/session_names.h"

namespace relay {

// The names that mean a type in one program: those of the language and its structs, also those that earlier inputs of
// its session have defined (null: there is none).
class TypeNames {
 public:
  TypeNames(const ast::Module& module, const SessionNames* session);

  // Warns of every name in `type` that means none: it is taken for `any`.
  void check(const ast::TypeExpr& type, Reporter& reporter) const;
  [[nodiscard]] static bool is_built_in(std::string_view name);

 private:
  void check_name(const ast::TypeExpr& type, Reporter& reporter) const;

  std::vector<std::string> names_;
};

// The type as a program writes it: `optional([string])`; `any` for null.
[[nodiscard]] std::string type_text(const ast::TypeExpr* type);
// `(a: number, b)`
[[nodiscard]] std::string params_text(const std::vector<ast::Param>& params);

}  // namespace relay
