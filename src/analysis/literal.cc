#include "analysis/literal.h"

namespace relay::analysis {

const std::string* literal_text(const ast::Expr& expr) {
  return expr.kind == ast::ExprKind::kString ? &ast::as<ast::StringExpr>(expr).value : nullptr;
}

Span name_span(const SourceFile& file, const ast::Expr& literal) {
  const Span span = literal.span;
  const std::string_view text = file.text(span);
  if (text.starts_with(':')) return {span.begin + 1, span.end};
  if (text.size() >= 2 && text.starts_with('"')) return {span.begin + 1, span.end - 1};
  return span;
}

}  // namespace relay::analysis
