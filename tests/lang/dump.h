#pragma once

#include <string>

#include "lang/ast.h"

namespace relay {

// The tree as one S-expression an item, joined by blanks: what the parser tests compare.
std::string dump(const ast::Module& module);
std::string dump(const ast::Expr& expr);

}  // namespace relay
