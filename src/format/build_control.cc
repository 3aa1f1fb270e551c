#include "format/build_lines.h"
#include "format/build_list.h"

namespace relay::format {

namespace {

// A block stays on the line on which it is written when it holds no more than one statement.
bool is_written_on_one_line(const TokenWalk& walk, const ast::Block& block) {
  return block.items.size() <= 1 && !walk.spans_lines(block.span);
}

}  // namespace

Doc Builder::block(const ast::Block& block) {
  const Shape shape = is_written_on_one_line(walk_, block) ? Shape::kMayBeFlat : Shape::kBroken;
  return braces(shape, [&](Lines& lines) { add_statements(lines, block.items); });
}

// `name {}` before an operator reads as a construct in a head, unless the brace stands on the next line.
bool Builder::needs_brace_on_new_line() const {
  if (walk_.index() == 0 || walk_.token(walk_.index() - 1).kind != Kind::kName) return false;
  const Kind first = walk_.next().kind;
  const bool looks_like_object = first == Kind::kRightBrace || (is_word(first) && walk_.next(2).kind == Kind::kColon);
  if (!looks_like_object) return false;
  const std::size_t behind = walk_.closer() + 1;
  const Kind after = walk_.token(behind).kind;
  return after == Kind::kLeftBrace || after == Kind::kDot || is_binary_operator(after);
}

void Builder::add_body(Control& control, const ast::Block& body) {
  control.parts.push_back(needs_brace_on_new_line() ? line(LineKind::kHard) : docs_.blank());
  control.parts.push_back(block(body));
}

// `else` or `catch`. It begins a line only behind comments; where it does so in the source, no block stays on one line.
void Builder::add_follower(Control& control) {
  control.is_broken |= walk_.now().line_break_before;
  const bool has_line_comment = walk_.line_comment_before();
  add(control.parts, walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe));
  control.parts.push_back(has_line_comment ? line(LineKind::kHard) : docs_.blank());
  if (has_line_comment) add(control.parts, walk_.take_leading());
  control.parts.push_back(take());
}

// All its blocks are broken, or none.
Builder::Value Builder::control(const Control& control) {
  const Doc whole = docs_.concat(control.parts);
  const Doc opened = docs_.broken_group(whole);
  return {control.is_broken ? opened : docs_.group(whole), opened};
}

Doc Builder::signature(const std::vector<ast::Param>& params, const ast::TypePtr& return_type) {
  Parts parts{this->params(params)};
  if (return_type) {
    parts.push_back(docs_.blank());
    parts.push_back(take_spaced());
    parts.push_back(type(*return_type));
  }
  return docs_.concat(parts);
}

// On one line; or with its body broken; or with its parameters broken too. Also of `receive fn`, whose `receive` is taken
// already.
Builder::Value Builder::function(const ast::Function& function) {
  Parts parts{take_spaced()};
  if (!walk_.is(Kind::kLeftParen)) parts.push_back(take());
  parts.push_back(signature(function.params, function.return_type));
  parts.push_back(docs_.blank());
  const Doc body = block(function.body);
  const Doc head = docs_.concat(parts);
  const Doc flat = docs_.concat({head, docs_.group(body)});
  if (function.body.items.empty()) return {flat, kNoDoc};
  const Doc opened = docs_.concat({head, docs_.broken_group(body)});
  const Doc alternatives[] = {is_broken(body) ? opened : flat, opened, opened};
  return {docs_.choice(alternatives), opened};
}

Builder::Value Builder::branches(const ast::IfExpr& choice) {
  Control whole;
  for (const ast::IfExpr::Branch& branch : choice.branches) {
    if (!whole.parts.empty()) {
      add_follower(whole);
      whole.parts.push_back(docs_.blank());
    }
    whole.parts.push_back(take());
    whole.parts.push_back(value_behind(*branch.condition).doc);
    add_body(whole, branch.body);
  }
  if (choice.otherwise) {
    add_follower(whole);
    add_body(whole, *choice.otherwise);
  }
  return control(whole);
}

Builder::Value Builder::loop(const ast::ForExpr& loop) {
  Control whole{{take_spaced()}};
  if (loop.key) {
    whole.parts.push_back(take());
    whole.parts.push_back(take_spaced());
  }
  whole.parts.push_back(take_spaced());
  whole.parts.push_back(take());
  whole.parts.push_back(value_behind(*loop.subject).doc);
  add_body(whole, loop.body);
  return control(whole);
}

Builder::Value Builder::loop(const ast::WhileExpr& loop) {
  Control whole{{take()}};
  whole.parts.push_back(value_behind(*loop.condition).doc);
  add_body(whole, loop.body);
  return control(whole);
}

Builder::Value Builder::attempt(const ast::TryExpr& attempt) {
  Control whole{{take()}};
  add_body(whole, attempt.body);
  add_follower(whole);
  if (attempt.name) {
    whole.parts.push_back(docs_.blank());
    whole.parts.push_back(take());
  }
  add_body(whole, attempt.handler);
  return control(whole);
}

Builder::Value Builder::dispatch(const ast::DispatchExpr& dispatch) {
  Parts parts{take()};
  parts.push_back(value_behind(*dispatch.subject).doc);
  parts.push_back(needs_brace_on_new_line() ? line(LineKind::kHard) : docs_.blank());
  ListForm form;
  form.padding = " ";
  auto one = dispatch.cases.begin();
  const Value cases = list(form, [&] {
    Parts parts_of_case;
    if (walk_.is(Kind::kMinus)) parts_of_case.push_back(take());
    parts_of_case.push_back(walk_.take_whole({walk_.now().span.begin, one->span.end}));
    parts_of_case.push_back(take());
    parts_of_case.push_back(value_behind(*(one++)->value).doc);
    return docs_.concat(parts_of_case);
  });
  return prefixed(docs_.concat(parts), cases);
}

}  // namespace relay::format
