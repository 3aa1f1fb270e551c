#include "document/doc_text.h"

#include <algorithm>
#include <utility>

namespace relay::document {

namespace {

std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

std::size_t ticks_at(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size()) - at;
}

// Where the next run of exactly `count` backticks stands.
std::size_t find_ticks(std::string_view text, std::size_t count, std::size_t from) {
  while ((from = text.find('`', from)) != std::string_view::npos) {
    const std::size_t found = ticks_at(text, from);
    if (found == count) return from;
    from += found;
  }
  return std::string_view::npos;
}

// `a` and ``a`b`` are code; backticks without as many behind them are text.
std::vector<Inline> read_inlines(std::string_view text) {
  std::vector<Inline> inlines;
  std::string plain;
  while (!text.empty()) {
    const std::size_t ticks = ticks_at(text, 0);
    if (ticks == 0) {
      const std::size_t count = std::min(text.find('`'), text.size());
      plain += text.substr(0, count);
      text.remove_prefix(count);
      continue;
    }
    const std::size_t close = find_ticks(text, ticks, ticks);
    if (close == std::string_view::npos) {
      plain += text.substr(0, ticks);
      text.remove_prefix(ticks);
      continue;
    }
    if (!plain.empty()) inlines.push_back({Inline::Kind::kText, std::exchange(plain, {})});
    inlines.push_back({Inline::Kind::kCode, std::string(trimmed(text.substr(ticks, close - ticks)))});
    text.remove_prefix(close + ticks);
  }
  if (!plain.empty()) inlines.push_back({Inline::Kind::kText, std::move(plain)});
  return inlines;
}

class DocReader {
 public:
  std::vector<Block> run(std::string_view doc) {
    while (!doc.empty()) {
      const std::size_t end = doc.find('\n');
      read_line(doc.substr(0, end));
      if (end == std::string_view::npos) break;
      doc.remove_prefix(end + 1);
    }
    finish();
    return std::move(blocks_);
  }

 private:
  void read_line(std::string_view line) {
    const std::string_view words = trimmed(line);
    if (words.starts_with("```")) return in_code_ ? finish() : begin(Block::Kind::kCode);
    if (in_code_) {
      code_ += std::string(line) + "\n";
      return;
    }
    if (words.empty()) return finish();
    if (words.starts_with("- ") || words.starts_with("* ")) {
      begin(Block::Kind::kItem);
      text_ = trimmed(words.substr(2));
      return;
    }
    if (text_.empty()) begin(Block::Kind::kParagraph);
    text_ += (text_.empty() ? "" : " ") + std::string(words);
  }

  void begin(Block::Kind kind) {
    finish();
    kind_ = kind;
    in_code_ = kind == Block::Kind::kCode;
  }

  void finish() {
    if (in_code_) blocks_.push_back({Block::Kind::kCode, {}, std::exchange(code_, {})});
    if (!text_.empty()) blocks_.push_back({kind_, read_inlines(text_), {}});
    in_code_ = false;
    text_.clear();
  }

  std::vector<Block> blocks_;
  Block::Kind kind_ = Block::Kind::kParagraph;
  bool in_code_ = false;
  std::string text_;
  std::string code_;
};

}  // namespace

std::string without_controls(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_control = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
    out += is_control ? std::string("\xEF\xBF\xBD") : std::string(1, c);
  }
  return out;
}

std::vector<Block> read_doc(std::string_view doc) { return DocReader().run(without_controls(doc)); }

}  // namespace relay::document
