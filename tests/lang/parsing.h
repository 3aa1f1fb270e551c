#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dump.h"
#include "lang/checks.h"
#include "lang/parser.h"

namespace relay {

inline std::shared_ptr<const SourceFile> source(std::string text) {
  return std::make_shared<SourceFile>("test.rl", std::move(text));
}

inline ParseResult parse_text(std::string text) { return parse(source(std::move(text))); }

// "line:column message", one a diagnostic.
inline std::vector<std::string> lines_of(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> lines;
  for (const Diagnostic& d : diagnostics) {
    const Position at = d.place.file->position(d.place.span.begin);
    lines.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.message);
  }
  return lines;
}

using Lines = std::vector<std::string>;

inline Lines errors_in(std::string text) { return lines_of(parse_text(std::move(text)).diagnostics); }

// The tree of a program that must parse.
inline std::string tree(std::string text) {
  const ParseResult result = parse_text(text);
  EXPECT_EQ(lines_of(result.diagnostics), Lines()) << text;
  return dump(*result.module);
}

// The hint of the only error.
inline std::string hint_in(std::string text) {
  const ParseResult result = parse_text(text);
  EXPECT_EQ(result.diagnostics.size(), 1u) << text;
  return result.diagnostics.empty() ? "" : result.diagnostics[0].hint;
}

// What check() says of a program that must parse; `warning: ` stands before warnings.
inline Lines checked(std::string text) {
  ParseResult result = parse_text(text);
  EXPECT_EQ(lines_of(result.diagnostics), Lines()) << text;
  check(*result.module, result.diagnostics);
  Lines lines = lines_of(result.diagnostics);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (result.diagnostics[i].severity == Diagnostic::Severity::kWarning) lines[i] = "warning: " + lines[i];
  }
  return lines;
}

}  // namespace relay
