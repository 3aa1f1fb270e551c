#include "lang/reporter.h"

namespace relay {

void Reporter::error(Span span, std::string message, std::string hint, std::vector<std::string> notes) {
  add(Diagnostic::Severity::kError, span, std::move(message), std::move(hint), std::move(notes));
}

void Reporter::warning(Span span, std::string message, std::string hint, std::vector<std::string> notes) {
  add(Diagnostic::Severity::kWarning, span, std::move(message), std::move(hint), std::move(notes));
}

void Reporter::add(Diagnostic::Severity severity, Span span, std::string message, std::string hint,
                   std::vector<std::string> notes) {
  if (out_.size() >= kMaxDiagnostics) return;
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.message = std::move(message);
  diagnostic.place = {file_, span};
  diagnostic.hint = std::move(hint);
  diagnostic.notes = std::move(notes);
  out_.push_back(std::move(diagnostic));
}

std::string Reporter::line_of(Span span) const { return "line " + std::to_string(file_->position(span.begin).line); }

std::string did_you_mean(const std::string& name) { return name.empty() ? "" : "did you mean `" + name + "`?"; }

}  // namespace relay
