#pragma once

#include "format/builder.h"

namespace relay::format {

template <typename Build, typename SpaceOf>
void Builder::add_line(Lines& lines, Build&& build, SpaceOf&& space_of) {
  const std::vector<CommentLine> comments = take_comment_lines();
  const bool has_empty_line = walk_.empty_line_before();
  Parts parts{build()};
  if (walk_.is(Kind::kSemicolon)) add(parts, walk_.drop());
  const Doc doc = docs_.concat(parts);
  const Space space = space_of(doc);
  bool is_parted = has_empty_line;
  for (const CommentLine& comment : comments) is_parted |= comment.empty_line_before;
  const bool needs_empty_line = lines.needs_empty_line || (space == Space::kAround && !is_parted);
  const bool continues_line = add_comment_lines(lines, comments, needs_empty_line);
  if (!continues_line) begin_line(lines, has_empty_line || (comments.empty() && needs_empty_line));
  lines.parts.push_back(doc);
  add(lines.parts, walk_.take_trailing(TokenWalk::LineBreakFollows::kAlways));
  lines.needs_empty_line = space == Space::kAround;
}

template <typename Add>
Doc Builder::braces(Shape shape, Add&& add_lines) {
  const LineKind kind = shape == Shape::kBroken ? LineKind::kHard : LineKind::kSpace;
  const Doc open = take();
  if (walk_.is(Kind::kRightBrace) && !walk_.has_comment()) return docs_.concat({open, take()});
  Parts inside;
  if (const Doc comment = walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe); comment != kNoDoc) {
    inside = {docs_.blank(), comment};
  }
  Lines lines;
  add_lines(lines);
  add_last_comments(lines);
  if (!lines.parts.empty()) inside.push_back(line(kind));
  inside.push_back(docs_.concat(lines.parts));
  return docs_.concat({open, docs_.indent(docs_.concat(inside)), line(kind), take()});
}

}  // namespace relay::format
