#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace relay::lsp {

// A place as the protocol counts: lines from 0, ended by \n, \r\n or \r; columns from 0 in UTF-16 code units.
struct LspPosition {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
};

struct LspRange {
  LspPosition start;
  LspPosition end;
};

// The text of a document and its lines. UTF-8 inside, UTF-16 outside.
class TextDocument {
 public:
  explicit TextDocument(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  // A place behind the end of its line means that end, a line behind the last the end of the text; a place inside a
  // surrogate pair means what begins there.
  [[nodiscard]] std::uint32_t offset(LspPosition position) const;
  // Of a place inside a character, that of the character.
  [[nodiscard]] LspPosition position(std::uint32_t offset) const;
  [[nodiscard]] LspRange range(Span span) const { return {position(span.begin), position(span.end)}; }

  // Puts `text` in the place of the range; ends in the wrong order are exchanged.
  void replace(LspRange range, std::string_view text);

 private:
  void find_lines();
  [[nodiscard]] std::uint32_t end_of_line(std::uint32_t line) const;

  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

[[nodiscard]] std::string json_position(LspPosition position);
[[nodiscard]] std::string json_range(LspRange range);

}  // namespace relay::lsp
