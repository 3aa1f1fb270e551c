#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace relay {

// Collects what lexer, parser and checks find wrong with one file.
//
// Bound: kMaxDiagnostics; the rest is dropped, for nobody reads on, and each holds memory.
class Reporter {
 public:
  static constexpr std::size_t kMaxDiagnostics = 1000;

  Reporter(std::shared_ptr<const SourceFile> file, std::vector<Diagnostic>& out) : file_(std::move(file)), out_(out) {}

  void error(Span span, std::string message, std::string hint = {}, std::vector<std::string> notes = {});
  void warning(Span span, std::string message, std::string hint = {}, std::vector<std::string> notes = {});

  [[nodiscard]] const SourceFile& file() const { return *file_; }
  // "line 3", for notes.
  [[nodiscard]] std::string line_of(Span span) const;

 private:
  void add(Diagnostic::Severity severity, Span span, std::string message, std::string hint,
           std::vector<std::string> notes);

  std::shared_ptr<const SourceFile> file_;
  std::vector<Diagnostic>& out_;
};

// "did you mean `name`?", or nothing for an empty name.
[[nodiscard]] std::string did_you_mean(const std::string& name);

}  // namespace relay
