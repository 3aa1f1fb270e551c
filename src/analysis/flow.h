#pragma once

#include <vector>

#include "analysis/findings.h"
#include "lang/ast.h"

namespace relay::analysis {

// Whether nothing behind the expression in its block can run: `return`, `throw`, `break`, `continue`, `while
// true` without a way out, or an `if` all of whose branches end so.
[[nodiscard]] bool leaves(const ast::Expr& expr);

// Warns once of what stands behind an item that leaves the block. Definitions are known all the same.
void warn_unreachable(const std::vector<ast::ExprPtr>& items, Findings& findings);

}  // namespace relay::analysis
