#include "lsp/text_document.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

std::uint32_t code_units(std::uint32_t code_point) { return code_point > 0xFFFF ? 2 : 1; }

}  // namespace

TextDocument::TextDocument(std::string text) : text_(std::move(text)) { find_lines(); }

void TextDocument::find_lines() {
  line_starts_.assign(1, 0);
  for (std::uint32_t i = 0; i < text_.size(); ++i) {
    const bool is_pair = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
    if (text_[i] == '\n' || (text_[i] == '\r' && !is_pair)) line_starts_.push_back(i + 1);
  }
}

// Before its line break.
std::uint32_t TextDocument::end_of_line(std::uint32_t line) const {
  if (line + 1 >= line_starts_.size()) return static_cast<std::uint32_t>(text_.size());
  const std::uint32_t next = line_starts_[line + 1];
  const bool is_pair = next - line_starts_[line] >= 2 && text_[next - 1] == '\n' && text_[next - 2] == '\r';
  return next - (is_pair ? 2 : 1);
}

std::uint32_t TextDocument::offset(LspPosition position) const {
  if (position.line >= line_starts_.size()) return static_cast<std::uint32_t>(text_.size());
  std::uint32_t at = line_starts_[position.line];
  const std::uint32_t end = end_of_line(position.line);
  std::uint32_t units = 0;
  while (at < end) {
    const Utf8Step step = decode_utf8(text_, at);
    units += code_units(step.code_point);
    if (units > position.character) break;
    at += step.size;
  }
  return std::min(at, end);
}

LspPosition TextDocument::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  LspPosition position{static_cast<std::uint32_t>(after - line_starts_.begin()) - 1, 0};
  for (std::uint32_t at = line_starts_[position.line]; at < offset;) {
    const Utf8Step step = decode_utf8(text_, at);
    at += step.size;
    if (at <= offset) position.character += code_units(step.code_point);
  }
  return position;
}

void TextDocument::replace(LspRange range, std::string_view text) {
  std::uint32_t begin = offset(range.start);
  std::uint32_t end = offset(range.end);
  if (begin > end) std::swap(begin, end);
  text_.replace(begin, end - begin, text);
  find_lines();
}

std::string json_position(LspPosition position) {
  return json_object({{"line", std::to_string(position.line)}, {"character", std::to_string(position.character)}});
}

std::string json_range(LspRange range) {
  return json_object({{"start", json_position(range.start)}, {"end", json_position(range.end)}});
}

}  // namespace relay::lsp
