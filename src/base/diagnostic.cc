#include "base/diagnostic.h"

#include <algorithm>

#include "base/utf8.h"

namespace relay {

namespace {

// A code frame is at most this many columns wide; a longer line is cut around what is underlined.
constexpr std::size_t kMaxFrameColumns = 100;
// Columns that stay visible before the underlined part of a cut line.
constexpr std::size_t kContextColumns = 30;
constexpr std::size_t kTabColumns = 4;
// Bytes before and after the underlined place that are looked at, so that a line of a megabyte costs no more.
constexpr std::size_t kReachBytes = 2048;
constexpr std::string_view kCut = "...";

class Painter {
 public:
  explicit Painter(Colours colours) : on_(colours == Colours::kOn) {}
  [[nodiscard]] std::string paint(std::string_view code, std::string_view text) const {
    if (!on_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  [[nodiscard]] std::string severity(Diagnostic::Severity severity, std::string_view text) const {
    return paint(severity == Diagnostic::Severity::kError ? "1;31" : "1;33", text);
  }
  [[nodiscard]] std::string bold(std::string_view text) const { return paint("1", text); }
  [[nodiscard]] std::string gutter(std::string_view text) const { return paint("1;34", text); }

 private:
  bool on_;
};

// Cells that a terminal gives to a code point. The wide ranges are those of East Asian writing and emoji.
std::size_t columns_of(std::uint32_t c) {
  const bool combining = (c >= 0x300 && c < 0x370) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F);
  if (combining) return 0;
  const bool wide = (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7A4) ||
                    (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF61) ||
                    (c >= 0x1F300 && c < 0x1F650) || (c >= 0x1F900 && c < 0x1FA00) || (c >= 0x20000 && c < 0x30000);
  return wide ? 2 : 1;
}

// One code point as it is drawn: a tab as blanks, a control character as U+FFFD, so that no terminal obeys it.
struct Glyph {
  std::string text;
  std::size_t columns;
  std::size_t begin;  // byte in the line
};

std::vector<Glyph> glyphs_of(std::string_view line) {
  std::vector<Glyph> glyphs;
  for (std::size_t at = 0; at < line.size();) {
    const Utf8Step step = decode_utf8(line, at);
    Glyph glyph{{}, 1, at};
    if (step.code_point == '\t') {
      glyph.text.assign(kTabColumns, ' ');
      glyph.columns = kTabColumns;
    } else if (!step.valid || step.code_point < 0x20 || (step.code_point >= 0x7F && step.code_point < 0xA0)) {
      append_utf8(glyph.text, 0xFFFD);
    } else {
      append_utf8(glyph.text, step.code_point);
      glyph.columns = columns_of(step.code_point);
    }
    glyphs.push_back(std::move(glyph));
    at += step.size;
  }
  return glyphs;
}

// The drawn line and where its underline stands, in columns.
struct Frame {
  std::string line;
  std::size_t indent = 0;
  std::size_t carets = 1;
};

std::size_t width_of(const std::vector<Glyph>& glyphs, std::size_t from, std::size_t to) {
  std::size_t width = 0;
  for (std::size_t i = from; i < to; ++i) width += glyphs[i].columns;
  return width;
}

// `begin` and `end` are bytes of the line.
Frame frame_of(std::string_view whole_line, std::size_t begin, std::size_t end) {
  std::size_t from = begin > kReachBytes ? begin - kReachBytes : 0;
  while (from < begin && (static_cast<unsigned char>(whole_line[from]) & 0xC0) == 0x80) ++from;
  const std::string_view line = whole_line.substr(from, begin - from + kReachBytes);
  begin -= from;
  end = std::min(end - from, line.size());
  const std::vector<Glyph> glyphs = glyphs_of(line);
  const auto index_of = [&glyphs](std::size_t byte) {
    return static_cast<std::size_t>(
        std::lower_bound(glyphs.begin(), glyphs.end(), byte,
                         [](const Glyph& glyph, std::size_t b) { return glyph.begin < b; }) -
        glyphs.begin());
  };
  const std::size_t mark = index_of(begin);
  const std::size_t mark_end = std::max(mark, index_of(end));
  std::size_t first = 0;
  std::size_t last = glyphs.size();
  if (width_of(glyphs, 0, last) > kMaxFrameColumns) {
    for (first = mark; first > 0 && width_of(glyphs, first, mark) < kContextColumns;) --first;
    for (last = first; last < glyphs.size() && width_of(glyphs, first, last) < kMaxFrameColumns;) ++last;
  }
  Frame frame;
  if (from > 0 || first > 0) frame.line += kCut;
  frame.indent = frame.line.size() + width_of(glyphs, first, mark);
  for (std::size_t i = first; i < last; ++i) frame.line += glyphs[i].text;
  frame.carets = std::max<std::size_t>(1, width_of(glyphs, mark, std::min(mark_end, last)));
  if (last < glyphs.size() || from + line.size() < whole_line.size()) frame.line += kCut;
  while (!frame.line.empty() && frame.line.back() == ' ') frame.line.pop_back();
  return frame;
}

std::string location(const SourcePlace& place) {
  const Position at = place.file->position(place.span.begin);
  return place.file->name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string code_frame(const Diagnostic& diagnostic, const Painter& painter, const std::string& margin) {
  const SourceFile& file = *diagnostic.place.file;
  const Span span = diagnostic.place.span;
  const Position at = file.position(span.begin);
  const std::string_view line = file.line(at.line);
  const auto begin = static_cast<std::size_t>(
      std::min<std::ptrdiff_t>(span.begin - static_cast<std::ptrdiff_t>(line.data() - file.text().data()),
                               static_cast<std::ptrdiff_t>(line.size())));
  const std::size_t end = std::min(line.size(), begin + (std::max(span.end, span.begin) - span.begin));
  const Frame frame = frame_of(line, begin, end);

  std::string out = margin.substr(1) + painter.gutter("-->") + " " + location(diagnostic.place) + "\n";
  out += margin + painter.gutter("|") + "\n";
  out += painter.gutter(std::to_string(at.line) + " |") + (frame.line.empty() ? "" : " " + frame.line) + "\n";
  out += margin + painter.gutter("|") + " " + std::string(frame.indent, ' ');
  std::string mark(frame.carets, '^');
  if (!diagnostic.hint.empty()) mark += " " + diagnostic.hint;
  return out + painter.severity(diagnostic.severity, mark) + "\n";
}

}  // namespace

std::string text(const TraceEntry& entry) {
  if (entry.place.file == nullptr) return entry.function;
  return entry.function + " (" + location(entry.place) + ")";
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Diagnostic::Severity::kError) return true;
  }
  return false;
}

std::string render(const Diagnostic& diagnostic, Colours colours) {
  const Painter painter(colours);
  const bool is_error = diagnostic.severity == Diagnostic::Severity::kError;
  std::string out = painter.severity(diagnostic.severity, is_error ? "error" : "warning");
  out += painter.bold(": " + diagnostic.message) + "\n";
  std::string margin = "  ";
  if (diagnostic.place.file) {
    const std::uint32_t line = diagnostic.place.file->position(diagnostic.place.span.begin).line;
    margin.assign(std::to_string(line).size() + 1, ' ');
    out += code_frame(diagnostic, painter, margin);
  } else if (!diagnostic.hint.empty()) {
    out += margin + painter.gutter("=") + " hint: " + diagnostic.hint + "\n";
  }
  for (const std::string& note : diagnostic.notes) out += margin + painter.gutter("=") + " note: " + note + "\n";
  for (const TraceEntry& entry : diagnostic.trace) {
    out += margin + (entry.place.file != nullptr ? "at " : "") + text(entry) + "\n";
  }
  return out;
}

}  // namespace relay
