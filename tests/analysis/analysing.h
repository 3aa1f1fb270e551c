#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analysis.h"
#include "lang/parser.h"

namespace relay::analysis {

using Lines = std::vector<std::string>;

// "1:5 message", with "warning: " before those that are one.
inline Lines lines_of(const std::vector<Diagnostic>& diagnostics) {
  Lines lines;
  for (const Diagnostic& diagnostic : diagnostics) {
    const Position at = diagnostic.place.file->position(diagnostic.place.span.begin);
    const bool is_warning = diagnostic.severity == Diagnostic::Severity::kWarning;
    lines.push_back((is_warning ? "warning: " : "") + std::to_string(at.line) + ":" +
                    std::to_string(at.column) + " " + diagnostic.message);
  }
  return lines;
}

inline Analysis check_text(std::string text) {
  return check_program(std::make_shared<SourceFile>("test.rl", std::move(text)));
}

inline Lines found_in(std::string text) {
  return lines_of(check_text(std::move(text)).diagnostics);
}

// A program and its index; places are named by what stands there.
class Indexed {
 public:
  explicit Indexed(std::string text) : text_(text), index_(check_text(std::move(text)).index) {}

  [[nodiscard]] const SymbolIndex& index() const { return index_; }
  // Where the `nth` (from 1) occurrence of `what` begins.
  [[nodiscard]] std::uint32_t place(std::string_view what, int nth = 1) const {
    std::size_t at = text_.find(what);
    while (--nth > 0 && at != std::string::npos) at = text_.find(what, at + 1);
    EXPECT_NE(at, std::string::npos) << what;
    return static_cast<std::uint32_t>(at);
  }
  [[nodiscard]] std::uint32_t end_of(std::string_view what, int nth = 1) const {
    return place(what, nth) + static_cast<std::uint32_t>(what.size());
  }
  // The symbol at the `nth` occurrence of `what`; a symbol without a name when there is none.
  [[nodiscard]] Symbol symbol(std::string_view what, int nth = 1) const {
    const auto found = index_.symbol_at(place(what, nth));
    return found ? index_.symbol(found->symbol) : Symbol{};
  }
  [[nodiscard]] std::string type(std::string_view what, int nth = 1) const { return symbol(what, nth).type; }
  // The texts of all references.
  [[nodiscard]] Lines references(std::string_view what, int nth = 1) const {
    Lines lines;
    for (const Reference& reference : symbol(what, nth).references) {
      lines.push_back(text_.substr(reference.span.begin, reference.span.end - reference.span.begin) + "@" +
                      std::to_string(reference.span.begin));
    }
    return lines;
  }
  [[nodiscard]] Lines visible(std::uint32_t offset) const {
    Lines names;
    for (const SymbolId id : index_.visible_at(offset)) {
      if (index_.symbol(id).kind != SymbolKind::kBuiltin) names.push_back(index_.symbol(id).name);
    }
    return names;
  }
  [[nodiscard]] Lines members(std::uint32_t end) const {
    Lines names;
    for (const Member& member : index_.members_at(end)) names.push_back(member.name);
    return names;
  }

 private:
  std::string text_;
  SymbolIndex index_;
};

inline bool contains(const Lines& lines, std::string_view line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace relay::analysis
