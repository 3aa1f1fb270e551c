#include "format/build_lines.h"

#include "format/printer.h"

namespace relay::format {

namespace {

// What has an empty line around it unless it is written on one line.
bool is_definition(const ast::Expr& item) {
  if (item.kind == ast::ExprKind::kFn) return !ast::as<ast::FnExpr>(item).function.name.text.empty();
  return item.kind >= ast::ExprKind::kStructDef && item.kind != ast::ExprKind::kTemplateDef;
}

}  // namespace

Doc Builder::program() {
  Lines lines;
  std::string_view first = module_.file->text();
  if (first.starts_with("\xEF\xBB\xBF")) first.remove_prefix(3);
  if (first.starts_with("#!")) {
    first = first.substr(0, first.find('\n'));
    lines.parts.push_back(text(first.substr(0, first.find_last_not_of(" \t\r") + 1)));
    lines.is_empty = false;
  }
  for (const ast::ExprPtr& item : module_.items) {
    add_line(
        lines, [&] { return expression(*item).doc; },
        [&](Doc doc) { return is_definition(*item) && !takes_one_line(doc, 0) ? Space::kAround : Space::kAsWritten; });
  }
  add_last_comments(lines);
  if (!lines.is_empty) lines.parts.push_back(line(LineKind::kHard));
  return docs_.concat(lines.parts);
}

void Builder::add_statements(Lines& lines, const std::vector<ast::ExprPtr>& items) {
  for (const ast::ExprPtr& item : items) {
    add_line(
        lines, [&] { return expression(*item).doc; }, [](Doc) { return Space::kAsWritten; });
  }
}

bool Builder::takes_one_line(Doc doc, std::uint32_t indent) const {
  return !docs_[doc].spans_lines && indent + docs_[doc].width <= kLineWidth;
}

void Builder::begin_line(Lines& lines, bool with_empty_line) {
  if (!lines.is_empty) lines.parts.push_back(line(with_empty_line ? LineKind::kHardEmpty : LineKind::kHard));
  lines.is_empty = false;
}

std::vector<Builder::CommentLine> Builder::take_comment_lines() {
  std::vector<CommentLine> comments;
  while (walk_.has_comment()) {
    const bool empty_line_before = walk_.empty_line_before();
    comments.push_back({walk_.take_line_comment(), empty_line_before});
  }
  return comments;
}

// True when the last of them leaves its line open.
bool Builder::add_comment_lines(Lines& lines, const std::vector<CommentLine>& comments, bool with_empty_line) {
  bool continues_line = false;
  for (const CommentLine& one : comments) {
    if (!continues_line) begin_line(lines, one.empty_line_before || with_empty_line);
    with_empty_line = false;
    lines.parts.push_back(one.comment.doc);
    continues_line = !one.comment.ends_line;
    if (continues_line) lines.parts.push_back(docs_.blank());
  }
  return continues_line;
}

void Builder::add_last_comments(Lines& lines) {
  const std::vector<CommentLine> comments = take_comment_lines();
  (void)add_comment_lines(lines, comments, lines.needs_empty_line);
}

}  // namespace relay::format
