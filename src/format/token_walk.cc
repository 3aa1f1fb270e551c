#include "format/token_walk.h"

#include <algorithm>
#include <utility>

#include "lang/reporter.h"

namespace relay::format {

namespace {

bool has_line_break(std::string_view text) { return text.find('\n') != std::string_view::npos; }

std::string_view without_blanks_before(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(" \t\r"), line.size()));
}

std::string_view without_blanks_behind(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r\f") + 1);
}

// The lines of a block comment whose lines behind the first all begin with `*`; nothing for another comment.
std::vector<std::string_view> starred_lines(std::string_view comment) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = comment.find('\n');
    const std::string_view line = without_blanks_behind(comment.substr(0, end));
    lines.push_back(lines.empty() ? line : without_blanks_before(line));
    if (lines.size() > 1 && !lines.back().starts_with('*')) return {};
    if (end == std::string_view::npos) return lines;
    comment.remove_prefix(end + 1);
  }
}

}  // namespace

TokenWalk::TokenWalk(Docs& docs, const ast::Module& module) : docs_(docs), source_(module.file->text()) {
  std::vector<Diagnostic> none;
  Reporter reporter(module.file, none);
  LexResult lexed = lex(reporter);
  tokens_ = std::move(lexed.tokens);
  comments_ = std::move(lexed.comments);
  if (source_.starts_with("\xEF\xBB\xBF")) taken_to_ = 3;
  if (source_.substr(taken_to_).starts_with("#!")) {
    taken_to_ = static_cast<std::uint32_t>(std::min(source_.find('\n'), source_.size()));
  }
}

const Token& TokenWalk::next(std::size_t ahead) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }

std::string_view TokenWalk::source(Span span) const { return between(span.begin, span.end); }

std::string_view TokenWalk::between(std::uint32_t begin, std::uint32_t end) const {
  return source_.substr(begin, end - begin);
}

bool TokenWalk::is_word(std::string_view word) const {
  return relay::is_word(now().kind) && source(now().span) == word;
}

std::uint32_t TokenWalk::next_begin() const {
  return has_comment() ? comments_[comment_at_].span.begin : now().span.begin;
}

bool TokenWalk::has_comment() const {
  return comment_at_ < comments_.size() && comments_[comment_at_].span.begin < now().span.begin;
}

// Carriage returns before line breaks mean nothing, inside strings too.
std::string_view TokenWalk::with_plain_line_breaks(std::string_view text) {
  if (text.find("\r\n") == std::string_view::npos) return text;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) != "\r\n") plain += text[i];
  }
  return docs_.keep(std::move(plain));
}

std::string_view TokenWalk::text_of(const Comment& comment) {
  const std::string_view text = source(comment.span);
  return comment.kind == CommentKind::kBlock ? with_plain_line_breaks(text) : without_blanks_behind(text);
}

Doc TokenWalk::take() { return take_whole(now().span); }

Doc TokenWalk::take_whole(Span span) {
  const Doc inner = take_inner();
  while (is_before(span.end)) ++at_;
  while (comment_at_ < comments_.size() && comments_[comment_at_].span.begin < span.end) ++comment_at_;
  taken_to_ = span.end;
  const Doc text = docs_.text(with_plain_line_breaks(source(span)));
  return inner == kNoDoc ? text : docs_.concat({inner, text});
}

Doc TokenWalk::drop() {
  const Doc inner = take_inner();
  taken_to_ = now().span.end;
  ++at_;
  return inner;
}

// Comments in the middle of a line: those that end it go to its end.
Doc TokenWalk::take_inner() {
  if (!has_comment()) return kNoDoc;
  std::vector<Doc> parts;
  for (; has_comment(); ++comment_at_) {
    const Comment& comment = comments_[comment_at_];
    const bool is_block = comment.kind == CommentKind::kBlock;
    parts.push_back(is_block ? docs_.comment(text_of(comment)) : docs_.breaking_suffix(text_of(comment)));
    taken_to_ = comment.span.end;
  }
  return docs_.concat(parts);
}

bool TokenWalk::ends_its_line(const Comment& comment, std::uint32_t next) const {
  return comment.kind != CommentKind::kBlock || next == source_.size() || has_line_break(between(comment.span.end, next));
}

Doc TokenWalk::take_trailing(LineBreakFollows follows) {
  std::size_t end = comment_at_;
  std::uint32_t line_from = taken_to_;
  bool ends_line = false;
  bool is_before_closer = false;
  while (end < comments_.size() && comments_[end].span.begin < now().span.begin && !ends_line) {
    const Comment& comment = comments_[end];
    if (has_line_break(between(line_from, comment.span.begin))) break;
    line_from = comment.span.end;
    ++end;
    const bool is_last = end == comments_.size() || comments_[end].span.begin > now().span.begin;
    ends_line = ends_its_line(comment, is_last ? now().span.begin : comments_[end].span.begin);
    is_before_closer = !ends_line && is_last && is_closer(now().kind);
  }
  if (!ends_line && !is_before_closer) return kNoDoc;
  std::vector<Doc> parts;
  for (; comment_at_ < end; ++comment_at_) {
    const Comment& comment = comments_[comment_at_];
    const std::string_view text = text_of(comment);
    if (follows == LineBreakFollows::kAlways && ends_line) {
      parts.push_back(docs_.suffix(text));
    } else {
      parts.push_back(comment.kind == CommentKind::kBlock ? docs_.comment(text) : docs_.breaking_suffix(text));
    }
    taken_to_ = comment.span.end;
  }
  return docs_.concat(parts);
}

// A comment at the start of a line. The stars of a block comment stay below each other.
Doc TokenWalk::own_lines(const Comment& comment) {
  const std::vector<std::string_view> lines =
      comment.kind == CommentKind::kBlock ? starred_lines(source(comment.span)) : std::vector<std::string_view>();
  if (lines.size() < 2) {
    const bool is_block = comment.kind == CommentKind::kBlock;
    return is_block ? docs_.comment(text_of(comment)) : docs_.text(text_of(comment));
  }
  std::vector<Doc> parts{docs_.text(lines[0])};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    parts.push_back(docs_.line(LineKind::kHard));
    parts.push_back(docs_.blank());
    parts.push_back(docs_.text(lines[i]));
  }
  return docs_.concat(parts);
}

TokenWalk::LineComment TokenWalk::take_line_comment() {
  const Comment& comment = comments_[comment_at_++];
  taken_to_ = comment.span.end;
  return {own_lines(comment), ends_its_line(comment, next_begin())};
}

Doc TokenWalk::take_leading() {
  if (!has_comment()) return kNoDoc;
  std::vector<Doc> parts;
  while (has_comment()) {
    const LineComment comment = take_line_comment();
    parts.push_back(comment.doc);
    parts.push_back(comment.ends_line ? docs_.line(LineKind::kHard) : docs_.blank());
  }
  return docs_.concat(parts);
}

bool TokenWalk::empty_line_before() const {
  const std::string_view blanks = between(taken_to_, next_begin());
  return std::count(blanks.begin(), blanks.end(), '\n') > 1;
}

bool TokenWalk::line_comment_before() const {
  for (std::size_t i = comment_at_; i < comments_.size() && comments_[i].span.begin < now().span.begin; ++i) {
    const bool is_last = i + 1 == comments_.size() || comments_[i + 1].span.begin > now().span.begin;
    if (ends_its_line(comments_[i], is_last ? now().span.begin : comments_[i + 1].span.begin)) return true;
  }
  return false;
}

bool TokenWalk::breaks_line_behind() const { return next().line_break_before; }

bool TokenWalk::spans_lines(Span span) const { return has_line_break(source(span)); }

std::size_t TokenWalk::closer() const {
  int depth = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    if (is_closer(tokens_[i].kind)) --depth;
    if (is_opener(tokens_[i].kind)) ++depth;
    if (depth == 0) return i;
  }
  return tokens_.size() - 1;
}

}  // namespace relay::format
