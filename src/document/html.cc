#include "document/html.h"

#include "document/doc_text.h"

namespace relay::document {

namespace {

constexpr std::string_view kStyle = R"(
  body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #222; background: #fff; }
  code, pre { font-family: ui-monospace, monospace; font-size: .9em; background: #f3f3f3; border-radius: 3px; padding: .1em .3em; }
  pre { padding: .6em; overflow-x: auto; }
  h2 { margin-top: 2.5rem; border-bottom: 1px solid #ddd; }
  h3, h4 { margin-top: 1.8rem; }
  nav ul { columns: 2; list-style: none; padding: 0; }
  a { color: #0650a0; }
  @media (prefers-color-scheme: dark) {
    body { color: #ddd; background: #1b1b1b; }
    code, pre { background: #2b2b2b; }
    h2 { border-color: #444; }
    a { color: #7ab7ff; }
  }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }

std::string inlines_text(const std::vector<Inline>& inlines) {
  std::string out;
  for (const Inline& piece : inlines) out += piece.kind == Inline::Kind::kCode ? code(piece.text) : escaped(piece.text);
  return out;
}

std::string blocks_text(const std::string& doc) {
  std::string out;
  bool in_list = false;
  for (const Block& block : read_doc(doc)) {
    const bool is_item = block.kind == Block::Kind::kItem;
    if (is_item != in_list) out += is_item ? "<ul>\n" : "</ul>\n";
    in_list = is_item;
    if (block.kind == Block::Kind::kCode) {
      out += "<pre>" + escaped(block.code) + "</pre>\n";
    } else {
      const std::string tag = is_item ? "li>" : "p>";
      out += "<" + tag + inlines_text(block.inlines) + "</" + tag + "\n";
    }
  }
  return in_list ? out + "</ul>\n" : out;
}

class HtmlWriter {
 public:
  std::string run(const Outline& outline) {
    const std::string title = escaped(outline.title);
    out_ = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           title + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n";
    if (outline.sections.empty()) out_ += "<p>This program defines nothing that others could use.</p>\n";
    add_contents(outline);
    for (const Section& section : outline.sections) {
      out_ += "<h2>" + section.title + "</h2>\n";
      for (const Entry& entry : section.entries) add(section, entry);
    }
    return std::move(out_) + "</body>\n</html>\n";
  }

 private:
  void add_contents(const Outline& outline) {
    if (outline.sections.empty()) return;
    out_ += "<nav>\n<ul>\n";
    for (const Section& section : outline.sections) {
      for (const Entry& entry : section.entries) {
        out_ += "<li><a href=\"#" + escaped(section.anchor + "-" + entry.name) + "\">" + code(entry.name) + "</a></li>\n";
      }
    }
    out_ += "</ul>\n</nav>\n";
  }

  void add(const Section& section, const Entry& entry) {
    const std::string id = section.anchor + "-" + entry.name;
    const std::string implements = entry.implements.empty() ? "" : " implements " + code(entry.implements);
    out_ += "<h3 id=\"" + escaped(id) + "\">" + code(entry.signature) + implements + "</h3>\n" + blocks_text(entry.doc);
    if (!entry.fields.empty()) out_ += "<p>" + section.fields_title + ":</p>\n<ul>\n";
    for (const Entry& field : entry.fields) {
      const std::string doc = blocks_text(field.doc);
      out_ += "<li>" + code(field.signature) + (doc.empty() ? "" : "\n" + doc) + "</li>\n";
    }
    if (!entry.fields.empty()) out_ += "</ul>\n";
    for (const Entry& method : entry.methods) {
      out_ += "<h4 id=\"" + escaped(id + "." + method.name) + "\">" + code(method.signature) + "</h4>\n" + blocks_text(method.doc);
    }
  }

  std::string out_;
};

}  // namespace

std::string to_html(const Outline& outline) { return HtmlWriter().run(outline); }

}  // namespace relay::document
