#include "document/markdown.h"

#include <algorithm>

#include "document/doc_text.h"

namespace relay::document {

namespace {

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Between backticks nothing means anything, but as many backticks.
std::string code(std::string_view text) {
  const std::string fence(longest_run_of_backticks(text) + 1, '`');
  const bool needs_blanks = text.empty() || text.front() == '`' || text.back() == '`';
  const std::string blank = needs_blanks ? " " : "";
  return fence + blank + std::string(text) + blank + fence;
}

// At the start of a line more means something: lists, rules, indented code.
std::string escaped(std::string_view text, bool at_line_start) {
  std::string out;
  if (at_line_start) text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_special = std::string_view("\\`*_[]<>&|~#!").find(c) != std::string_view::npos;
    const bool begins_list = at_line_start && ((i == 0 && (c == '-' || c == '+' || c == '=')) ||
                                               (i == digits && i > 0 && (c == '.' || c == ')')));
    if (is_special || begins_list) out += '\\';
    out += c == '\t' ? ' ' : c;
  }
  return out;
}

std::string inlines_text(const std::vector<Inline>& inlines) {
  std::string out;
  for (const Inline& piece : inlines) {
    out += piece.kind == Inline::Kind::kCode ? code(piece.text) : escaped(piece.text, out.empty());
  }
  return out;
}

class MarkdownWriter {
 public:
  std::string run(const std::string& doc) {
    add_doc(doc, "");
    const std::size_t begin = std::min(out_.find_first_not_of('\n'), out_.size());
    return out_.substr(begin, out_.find_last_not_of('\n') + 1 - begin);
  }

  std::string run(const Outline& outline) {
    out_ = "# " + escaped(outline.title, true) + "\n";
    if (outline.sections.empty()) out_ += "\nThis program defines nothing that others could use.\n";
    for (const Section& section : outline.sections) {
      out_ += "\n## " + section.title + "\n";
      for (const Entry& entry : section.entries) add(section, entry);
    }
    return std::move(out_);
  }

 private:
  void add(const Section& section, const Entry& entry) {
    const std::string implements = entry.implements.empty() ? "" : " implements " + code(entry.implements);
    out_ += "\n### " + code(entry.signature) + implements + "\n";
    add_doc(entry.doc, "");
    if (!entry.fields.empty()) out_ += "\n" + section.fields_title + ":\n\n";
    for (const Entry& field : entry.fields) add_field(field);
    for (const Entry& method : entry.methods) {
      out_ += "\n#### " + code(method.signature) + "\n";
      add_doc(method.doc, "");
    }
  }

  // The first paragraph stands behind the field, what follows below it.
  void add_field(const Entry& field) {
    out_ += "- " + code(field.signature);
    std::vector<Block> blocks = read_doc(field.doc);
    if (!blocks.empty() && blocks[0].kind == Block::Kind::kParagraph) {
      out_ += ": " + inlines_text(blocks[0].inlines);
      blocks.erase(blocks.begin());
    }
    out_ += "\n";
    add_blocks(blocks, "  ");
  }

  void add_doc(const std::string& doc, const std::string& indent) { add_blocks(read_doc(doc), indent); }

  void add_blocks(const std::vector<Block>& blocks, const std::string& indent) {
    bool was_item = false;
    for (const Block& block : blocks) {
      const bool is_item = block.kind == Block::Kind::kItem;
      if (!is_item || !was_item) out_ += "\n";
      was_item = is_item;
      if (block.kind == Block::Kind::kCode) {
        add_code(block.code, indent);
      } else {
        out_ += indent + (is_item ? "- " : "") + inlines_text(block.inlines) + "\n";
      }
    }
  }

  void add_code(std::string_view lines, const std::string& indent) {
    const std::string fence(std::max<std::size_t>(3, longest_run_of_backticks(lines) + 1), '`');
    out_ += indent + fence + "\n";
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n') + 1;
      out_ += indent + std::string(lines.substr(0, end));
      lines.remove_prefix(end);
    }
    out_ += indent + fence + "\n";
  }

  std::string out_;
};

}  // namespace

std::string doc_to_markdown(const std::string& doc) { return MarkdownWriter().run(doc); }

std::string to_markdown(const Outline& outline) { return MarkdownWriter().run(outline); }

}  // namespace relay::document
