#pragma once

#include <string>

#include "base/source.h"
#include "lang/ast.h"

namespace relay::analysis {

// The text of a string or symbol literal; null for every other expression.
[[nodiscard]] const std::string* literal_text(const ast::Expr& expr);
// Where the name in such a literal stands: without quotes or colon.
[[nodiscard]] Span name_span(const SourceFile& file, const ast::Expr& literal);

}  // namespace relay::analysis
