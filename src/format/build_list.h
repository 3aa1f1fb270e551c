#pragma once

#include "format/builder.h"

namespace relay::format {

// The brackets that stand here and their elements, each of which `build` takes.
template <typename Build>
Builder::Value Builder::list(const ListForm& form, Build&& build) {
  const bool is_broken = form.opened == Opened::kAsWritten && walk_.breaks_line_behind();
  const Doc open = take();
  if (is_closer(walk_.now().kind) && !walk_.has_comment()) return {docs_.concat({open, take()}), kNoDoc};
  const LineKind edge = is_broken ? LineKind::kHard : form.padding.empty() ? LineKind::kSoft : LineKind::kSpace;
  Parts inside;
  add(inside, walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe));
  if (!is_closer(walk_.now().kind)) inside.push_back(line(edge));
  while (!is_closer(walk_.now().kind)) {
    add(inside, walk_.take_leading());
    inside.push_back(build());
    add_comma(inside, form);
  }
  add_dangling_comments(inside);
  const LineKind end = form.padding.empty() ? LineKind::kSoft : LineKind::kSpace;
  const Doc whole = docs_.concat({open, docs_.indent(docs_.concat(inside)), line(end), take()});
  return {docs_.group(whole), docs_.broken_group(whole)};
}

}  // namespace relay::format
