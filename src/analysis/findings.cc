#include "analysis/findings.h"

namespace relay::analysis {

void Findings::error(Span span, std::string message, std::string hint, std::vector<std::string> notes) {
  if (!speaks()) return;
  if (tries_ > 0) return reporter_.warning(span, std::move(message), std::move(hint), std::move(notes));
  reporter_.error(span, std::move(message), std::move(hint), std::move(notes));
}

void Findings::warning(Span span, std::string message, std::string hint, std::vector<std::string> notes) {
  if (speaks()) reporter_.warning(span, std::move(message), std::move(hint), std::move(notes));
}

}  // namespace relay::analysis
