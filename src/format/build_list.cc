#include "format/build_list.h"

namespace relay::format {

// Behind an element: the comma, comments behind it on the line, and the place before the next element.
void Builder::add_comma(Parts& inside, const ListForm& form) {
  if (walk_.is(Kind::kComma)) add(inside, walk_.drop());
  const bool is_last = is_closer(walk_.now().kind);
  const bool is_broken_with = form.commas == Commas::kTrailing || (form.commas == Commas::kBetween && !is_last);
  inside.push_back(docs_.trailer(is_broken_with ? "," : "", is_last ? "" : ","));
  const Doc comments = walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe);
  add(inside, comments);
  if (is_last) return;
  inside.push_back(is_broken(comments) ? line(walk_.empty_line_before() ? LineKind::kEmpty : LineKind::kSpace)
                                       : line_between(form));
}

// Elements of a filled list stay in the lines in which they are written.
Doc Builder::line_between(const ListForm& form) {
  if (walk_.empty_line_before()) return line(LineKind::kEmpty);
  const bool begins_line = walk_.now().line_break_before || walk_.has_comment();
  return form.is_filled && !begins_line ? docs_.group(line(LineKind::kSpace)) : line(LineKind::kSpace);
}

// Comments between the last element and the closing bracket, each on its line.
void Builder::add_dangling_comments(Parts& inside) {
  Lines lines;
  lines.is_empty = false;
  add_last_comments(lines);
  inside.insert(inside.end(), lines.parts.begin(), lines.parts.end());
}

Builder::Value Builder::entries(const std::vector<ast::Entry>& entries, std::string_view padding) {
  ListForm form;
  form.padding = padding;
  auto entry = entries.begin();
  return list(form, [&] {
    const Doc key = walk_.take_whole(entry->key.span);
    const Doc colon = take();
    return docs_.concat({key, colon, value_behind(*(entry++)->value).doc});
  });
}

Doc Builder::params(const std::vector<ast::Param>& params) {
  ListForm form;
  form.opened = Opened::kAsItFits;
  auto param = params.begin();
  return list(form, [&] {
           Parts parts{take()};
           if (param->type) {
             parts.push_back(take_spaced());
             parts.push_back(type(*param->type));
           }
           ++param;
           return docs_.concat(parts);
         }).doc;
}

}  // namespace relay::format
