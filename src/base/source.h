#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relay {

// A stretch of a source text, in bytes from its start.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Line and column for people: both from 1, the column counts code points (spec language.md, Errors).
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// The text of one program and the name under which messages show it. Immutable; shared by all cores.
// A byte order mark belongs to the text but to no line.
class SourceFile {
 public:
  SourceFile(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Span span) const;
  [[nodiscard]] Position position(std::uint32_t offset) const;
  // The text of line `line` (from 1) without its line break; empty past the end.
  [[nodiscard]] std::string_view line(std::uint32_t line) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

}  // namespace relay
