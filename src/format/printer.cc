#include "format/printer.h"

#include <vector>

namespace relay::format {

namespace {

enum class Mode : std::uint8_t { kFlat, kBroken };

struct Command {
  std::uint32_t indent;
  Mode mode;
  Doc doc;
};

// Where a text ends up: what its last character is decides whether a comment needs a blank.
struct Cursor {
  std::uint32_t column = 0;
  char last = '\n';
  bool is_behind_comment = false;

  [[nodiscard]] bool needs_blank_before_comment() const {
    return std::string_view(" \n([{").find(last) == std::string_view::npos;
  }
  [[nodiscard]] bool needs_blank_before(std::string_view text) const {
    return is_behind_comment && !text.empty() && std::string_view(" \n,;)]}.").find(text[0]) == std::string_view::npos;
  }
  void write(std::string_view text) {
    if (text.empty()) return;
    column += columns(text.substr(0, text.find('\n')));
    last = text.back();
    is_behind_comment = false;
  }
};

bool is_hard(LineKind line) { return line == LineKind::kHard || line == LineKind::kHardEmpty; }
bool is_empty_line(LineKind line) { return line == LineKind::kEmpty || line == LineKind::kHardEmpty; }

class Printer {
 public:
  explicit Printer(const Docs& docs) : docs_(docs) {}

  std::string run(Doc root) {
    stack_.push_back({0, Mode::kBroken, root});
    while (!stack_.empty()) {
      const Command command = stack_.back();
      stack_.pop_back();
      step(command);
    }
    flush_suffixes(0);
    trim();
    return std::move(out_);
  }

 private:
  void step(const Command& command) {
    const Docs::Node& node = docs_[command.doc];
    switch (node.kind) {
      case DocKind::kText: return write(node.text);
      case DocKind::kComment: return write_comment(node.text);
      case DocKind::kSuffix: return suffixes_.push_back(node.text);
      case DocKind::kTrailer: return write(docs_[trailer_of(command)].text);
      case DocKind::kLine: return break_line(node.line, command);
      case DocKind::kConcat: return push_parts(command);
      case DocKind::kIndent:
        return stack_.push_back({command.indent + kIndentWidth, command.mode, docs_.parts(command.doc)[0]});
      case DocKind::kGroup: return lay_out_group(command);
      case DocKind::kChoice: return choose(command);
    }
  }

  [[nodiscard]] Doc trailer_of(const Command& command) const {
    return docs_.parts(command.doc)[command.mode == Mode::kBroken ? 0 : 1];
  }

  void push_parts(const Command& command) {
    const std::span<const Doc> parts = docs_.parts(command.doc);
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      stack_.push_back({command.indent, command.mode, *part});
    }
  }

  void lay_out_group(const Command& command) {
    const Doc inside = docs_.parts(command.doc)[0];
    const Command flat{command.indent, Mode::kFlat, inside};
    const Command broken{command.indent, Mode::kBroken, inside};
    if (docs_[command.doc].is_broken) return stack_.push_back(broken);
    stack_.push_back(command.mode == Mode::kFlat || fits(flat) ? flat : broken);
  }

  void choose(const Command& command) {
    const std::span<const Doc> alternatives = docs_.parts(command.doc);
    const bool is_flat = command.mode == Mode::kFlat && !docs_[command.doc].is_broken;
    for (std::size_t i = 0; i + 1 < alternatives.size(); ++i) {
      const Command flat{command.indent, Mode::kFlat, alternatives[i]};
      if (is_flat || fits(flat)) return stack_.push_back(flat);
    }
    stack_.push_back({command.indent, Mode::kBroken, alternatives.back()});
  }

  // Whether what `first` puts into the current line fits into it, with all that follows up to the next place where the
  // line may be broken.
  [[nodiscard]] bool fits(const Command& first) {
    Cursor cursor = cursor_;
    if (at_line_start_) cursor = {line_indent_, '\n', false};
    std::size_t rest = stack_.size();
    probe_.assign(1, first);
    while (cursor.column <= kLineWidth) {
      if (probe_.empty()) {
        if (rest == 0) return true;
        probe_.push_back(stack_[--rest]);
      }
      const Command command = probe_.back();
      probe_.pop_back();
      if (probe(command, cursor)) return cursor.column <= kLineWidth;
    }
    return false;
  }

  // One step of fits(); true where the line ends.
  bool probe(const Command& command, Cursor& cursor) {
    const Docs::Node& node = docs_[command.doc];
    const bool is_broken = node.is_broken || command.mode == Mode::kBroken;
    switch (node.kind) {
      case DocKind::kSuffix: return false;
      case DocKind::kComment:
        if (cursor.needs_blank_before_comment()) cursor.write(" ");
        cursor.write(node.text);
        cursor.is_behind_comment = true;
        return node.spans_lines;
      case DocKind::kText:
        if (cursor.needs_blank_before(node.text)) cursor.write(" ");
        cursor.write(node.text);
        return node.spans_lines;
      case DocKind::kTrailer:
        cursor.write(docs_[trailer_of(command)].text);
        return false;
      case DocKind::kLine:
        if (command.mode == Mode::kBroken || is_hard(node.line)) return true;
        if (node.line != LineKind::kSoft) cursor.write(" ");
        return false;
      case DocKind::kConcat: {
        const std::span<const Doc> parts = docs_.parts(command.doc);
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) probe_.push_back({0, command.mode, *part});
        return false;
      }
      case DocKind::kIndent: probe_.push_back({0, command.mode, docs_.parts(command.doc)[0]}); return false;
      case DocKind::kGroup:
        probe_.push_back({0, is_broken ? Mode::kBroken : Mode::kFlat, docs_.parts(command.doc)[0]});
        return false;
      case DocKind::kChoice: {
        const bool is_last = command.mode == Mode::kBroken && !node.is_broken;
        const std::span<const Doc> alternatives = docs_.parts(command.doc);
        const bool is_only = alternatives.size() == 1;
        probe_.push_back({0, is_last || is_only ? Mode::kBroken : Mode::kFlat, is_last ? alternatives.back() : alternatives[0]});
        return false;
      }
    }
    return true;
  }

  void write(std::string_view text) {
    if (text.empty()) return;
    if (at_line_start_) start_line();
    if (cursor_.needs_blank_before(text)) put(" ");
    put(text);
    const std::size_t line_break = text.rfind('\n');
    if (line_break != std::string_view::npos) cursor_.column = columns(text.substr(line_break + 1));
  }

  void write_comment(std::string_view text) {
    if (!at_line_start_ && cursor_.needs_blank_before_comment()) put(" ");
    write(text);
    cursor_.is_behind_comment = true;
  }

  void put(std::string_view text) {
    out_ += text;
    cursor_.write(text);
  }

  void start_line() {
    at_line_start_ = false;
    out_.append(line_indent_, ' ');
    cursor_ = {line_indent_, '\n', false};
  }

  void break_line(LineKind line, const Command& command) {
    if (command.mode == Mode::kFlat && !is_hard(line)) {
      if (line == LineKind::kSoft) return;
      cursor_.is_behind_comment = false;
      return write(" ");
    }
    flush_suffixes(command.indent);
    trim();
    if (is_empty_line(line)) out_ += '\n';
    begin_line(command.indent);
  }

  // A second line comment at the end of one line gets a line of its own.
  void flush_suffixes(std::uint32_t next_indent) {
    bool is_behind_line_comment = false;
    for (const std::string_view suffix : suffixes_) {
      if (is_behind_line_comment) begin_line(next_indent);
      if (!at_line_start_) trim();
      if (!at_line_start_) put(" ");
      cursor_.is_behind_comment = false;
      write(suffix);
      is_behind_line_comment = suffix.starts_with("//");
    }
    suffixes_.clear();
  }

  void begin_line(std::uint32_t indent) {
    out_ += '\n';
    at_line_start_ = true;
    line_indent_ = indent;
    cursor_ = {};
  }

  void trim() { out_.resize(out_.find_last_not_of(' ') + 1); }

  const Docs& docs_;
  std::vector<Command> stack_;
  std::vector<Command> probe_;  // of fits()
  std::vector<std::string_view> suffixes_;
  std::string out_;
  Cursor cursor_;
  bool at_line_start_ = true;
  std::uint32_t line_indent_ = 0;
};

}  // namespace

std::string print(const Docs& docs, Doc root) { return Printer(docs).run(root); }

}  // namespace relay::format
