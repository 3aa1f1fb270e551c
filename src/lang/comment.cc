#include "lang/comment.h"

#include <algorithm>

namespace relay {

namespace {

constexpr std::string_view kBlanks = " \t\r\f";

// Whether nothing but one line break and blanks stand there.
bool is_one_line_break(std::string_view between) {
  return std::count(between.begin(), between.end(), '\n') == 1 &&
         between.find_first_not_of(" \t\r\f\n") == std::string_view::npos;
}

bool begins_its_line(std::string_view source, std::uint32_t offset) {
  const std::size_t line_end = offset == 0 ? std::string_view::npos : source.rfind('\n', offset - 1);
  const std::size_t line_start = line_end == std::string_view::npos ? 0 : line_end + 1;
  std::string_view before = source.substr(line_start, offset - line_start);
  if (line_start == 0 && before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
  return before.find_first_not_of(kBlanks) == std::string_view::npos;
}

std::string_view text_of(std::string_view comment) {
  comment.remove_prefix(3);
  if (comment.starts_with(' ')) comment.remove_prefix(1);
  return comment.substr(0, comment.find_last_not_of(kBlanks) + 1);
}

}  // namespace

std::string doc_before(std::string_view source, const std::vector<Comment>& comments, std::uint32_t offset) {
  const auto behind = std::partition_point(comments.begin(), comments.end(),
                                           [&](const Comment& comment) { return comment.span.begin < offset; });
  auto first = behind;
  std::uint32_t below = offset;
  while (first != comments.begin()) {
    const Comment& above = *(first - 1);
    const bool is_doc = above.kind == CommentKind::kDoc && begins_its_line(source, above.span.begin);
    if (!is_doc || !is_one_line_break(source.substr(above.span.end, below - above.span.end))) break;
    below = above.span.begin;
    --first;
  }
  std::string doc;
  for (auto line = first; line != behind; ++line) {
    if (line != first) doc += '\n';
    doc += text_of(source.substr(line->span.begin, line->span.end - line->span.begin));
  }
  return doc;
}

}  // namespace relay
