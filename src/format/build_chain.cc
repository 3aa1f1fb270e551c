#include <algorithm>

#include "format/builder.h"

namespace relay::format {

namespace {

using LinkKind = ast::PostfixExpr::LinkKind;

// With several brackets, of which the last alone cannot be opened.
bool has_bodies(const ast::Expr& expr) {
  return !expr.parenthesised && expr.kind >= ast::ExprKind::kIf && expr.kind <= ast::ExprKind::kTry;
}

bool is_call(const ast::PostfixExpr::Link& link) { return link.kind == LinkKind::kMethod || link.kind == LinkKind::kCall; }

// `state.get("x")` is one thing and not broken.
bool begins_segment(const ast::PostfixExpr& postfix, std::size_t index) {
  const bool is_of_state = index == 0 && postfix.base->kind == ast::ExprKind::kState;
  return postfix.links[index].kind == LinkKind::kMethod && !is_of_state;
}

}  // namespace

// ` op operand`: the operator stands at the end of its line.
void Builder::add_operand(Operators& chain, const ast::Expr& operand) {
  chain.flat.push_back(docs_.blank());
  chain.flat.push_back(take());
  chain.broken.insert(chain.broken.end(), chain.flat.end() - 2, chain.flat.end());
  Parts comments;
  add(comments, walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe));
  const Doc leading = walk_.take_leading();
  chain.last = expression(operand);
  if (is_broken(chain.last.doc)) ++chain.broken_operands;
  Parts below = comments;
  below.push_back(line(LineKind::kSpace));
  add(below, leading);
  below.push_back(chain.last.doc);
  chain.broken.push_back(docs_.indent(docs_.concat(below)));
  // Line comments must stay where they are: with them the chain is never flat.
  add(comments, leading);
  if (is_broken(docs_.concat(comments))) chain.broken_operands += 2;
  chain.flat.insert(chain.flat.end(), comments.begin(), comments.end());
  chain.flat.push_back(leading == kNoDoc ? docs_.blank() : text(""));
  chain.flat.push_back(chain.last.doc);
}

// Flat; or only the last operand broken, where it can be opened; or broken behind each operator.
Builder::Value Builder::finish(Operators chain) {
  const Doc broken = docs_.concat(chain.broken);
  const bool only_last_is_broken = chain.broken_operands == 1 && is_broken(chain.last.doc) && chain.last.opened != kNoDoc;
  if (chain.broken_operands > 0 && !only_last_is_broken) return {docs_.broken_group(broken), kNoDoc};
  Parts alternatives{docs_.concat(chain.flat)};
  if (chain.broken_operands == 0 && chain.last.opened != kNoDoc) {
    chain.flat.back() = chain.last.opened;
    alternatives.push_back(docs_.concat(chain.flat));
  }
  alternatives.push_back(broken);
  return {docs_.choice(alternatives), kNoDoc};
}

Builder::Value Builder::binary(const ast::BinaryExpr& binary) {
  Operators chain;
  chain.flat.push_back(expression(*binary.first).doc);
  chain.broken = chain.flat;
  if (is_broken(chain.flat[0])) chain.broken_operands += 2;
  for (const ast::BinaryExpr::Link& link : binary.links) add_operand(chain, *link.operand);
  return finish(std::move(chain));
}

Builder::Value Builder::logical(const ast::LogicalExpr& logical) {
  Operators chain;
  chain.flat.push_back(expression(*logical.operands[0]).doc);
  chain.broken = chain.flat;
  if (is_broken(chain.flat[0])) chain.broken_operands += 2;
  for (std::size_t i = 1; i < logical.operands.size(); ++i) add_operand(chain, *logical.operands[i]);
  return finish(std::move(chain));
}

Builder::Value Builder::link(const ast::PostfixExpr::Link& link) {
  if (link.kind == LinkKind::kCall) return arguments(link.args);
  if (link.kind == LinkKind::kIndex) {
    const Doc open = take();
    const Doc index = expression(*link.args[0]).doc;
    return {docs_.concat({open, index, take()}), kNoDoc};
  }
  const Doc dot = take();
  const Doc name = docs_.concat({dot, take()});
  return link.kind == LinkKind::kField ? Value{name, kNoDoc} : prefixed(name, arguments(link.args));
}

Builder::Chain Builder::links(const ast::PostfixExpr& postfix) {
  Chain chain;
  chain.last = expression(*postfix.base);
  chain.head.push_back(chain.last.doc);
  for (std::size_t i = 0; i < postfix.links.size(); ++i) {
    chain.before_last.push_back(chain.last.doc);
    if (begins_segment(postfix, i)) {
      Segment& segment = chain.segments.emplace_back();
      chain.has_breaks |= walk_.now().line_break_before;
      if (walk_.line_comment_before()) {
        chain.has_comments = true;
        segment.before = walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe);
        segment.leading = walk_.take_leading();
      }
    }
    chain.last = link(postfix.links[i]);
    if (chain.segments.empty()) {
      chain.head.push_back(chain.last.doc);
    } else {
      Segment& segment = chain.segments.back();
      segment.doc = segment.doc == kNoDoc ? chain.last.doc : docs_.concat({segment.doc, chain.last.doc});
    }
  }
  return chain;
}

// Every segment on a line of its own.
Doc Builder::broken_chain(const Chain& chain, LineKind line_kind) {
  Parts below;
  for (const Segment& segment : chain.segments) {
    add(below, segment.before);
    below.push_back(line(line_kind));
    add(below, segment.leading);
    below.push_back(segment.doc);
  }
  return docs_.concat({docs_.concat(chain.head), docs_.indent(docs_.concat(below))});
}

Builder::Value Builder::postfix(const ast::PostfixExpr& postfix) {
  const Chain chain = links(postfix);
  const auto calls = std::count_if(postfix.links.begin(), postfix.links.end(), is_call);
  const bool is_broken_as_written = chain.has_breaks && calls >= 2;
  if (chain.has_comments || is_broken_as_written) return {broken_chain(chain, LineKind::kHard), kNoDoc};
  if (chain.segments.size() >= 2) return breakable_chain(chain);
  const Doc before_last = docs_.concat(chain.before_last);
  return prefixed(before_last, chain.last);
}

// On one line; or with one call that takes several; or each call on its line.
Builder::Value Builder::breakable_chain(const Chain& chain) {
  int broken = is_broken(docs_.concat(chain.head)) ? 1 : 0;
  for (const Segment& segment : chain.segments) broken += is_broken(segment.doc) ? 1 : 0;
  if (broken > 1) return {broken_chain(chain, LineKind::kHard), kNoDoc};
  Parts parts = chain.before_last;
  parts.push_back(chain.last.doc);
  const Doc alternatives[] = {docs_.concat(parts), broken_chain(chain, LineKind::kSoft)};
  const Doc doc = docs_.choice(alternatives);
  const bool is_opened = is_broken(chain.last.doc) && chain.last.opened != kNoDoc;
  return {doc, is_opened ? doc : kNoDoc};
}

Doc Builder::flat_arguments(Doc open, const std::vector<Argument>& arguments, Doc last, Doc close) {
  Parts parts{open};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool is_last = i + 1 == arguments.size();
    add(parts, arguments[i].before);
    parts.push_back(is_last ? last : arguments[i].value.doc);
    if (!is_last) parts.push_back(text(","));
    add(parts, arguments[i].behind);
    if (!is_last) parts.push_back(docs_.blank());
  }
  parts.push_back(close);
  return docs_.concat(parts);
}

// Flat; or only the last argument broken, where it can be opened; or each on a line of its own.
Builder::Value Builder::arguments(const std::vector<ast::ExprPtr>& args) {
  const bool breaks_behind = walk_.breaks_line_behind();
  const Doc open = take();
  if (args.empty() && !walk_.has_comment()) return {docs_.concat({open, take()}), kNoDoc};
  Parts inside;
  add(inside, walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe));
  bool has_comments = !inside.empty();
  std::vector<Argument> arguments;
  int broken = 0;
  for (const ast::ExprPtr& arg : args) {
    Argument& argument = arguments.emplace_back();
    argument.before = walk_.take_leading();
    argument.value = expression(*arg);
    const Doc before_comma = walk_.is(Kind::kComma) ? walk_.drop() : kNoDoc;
    if (before_comma != kNoDoc) argument.value = {docs_.concat({argument.value.doc, before_comma}), kNoDoc};
    broken += is_broken(argument.value.doc) ? 1 : 0;
    inside.push_back(line(arguments.size() == 1 ? LineKind::kSoft : LineKind::kSpace));
    add(inside, argument.before);
    inside.push_back(argument.value.doc);
    inside.push_back(docs_.trailer(",", arguments.size() == args.size() ? "" : ","));
    argument.behind = walk_.take_trailing(TokenWalk::LineBreakFollows::kMaybe);
    add(inside, argument.behind);
    has_comments |= is_broken(argument.before) || is_broken(before_comma) || is_broken(argument.behind);
  }
  const std::size_t parts_before = inside.size();
  add_dangling_comments(inside);
  has_comments |= inside.size() > parts_before;
  const Doc end = line(LineKind::kSoft);
  const Doc close = take();
  const Doc each_on_its_line = docs_.concat({open, docs_.indent(docs_.concat(inside)), end, close});
  if (has_comments) return {docs_.broken_group(each_on_its_line), kNoDoc};

  const Value& last = arguments.back().value;
  const bool last_can_open = last.opened != kNoDoc && (args.size() == 1 || !has_bodies(*args.back()));
  const Doc flat = flat_arguments(open, arguments, last.doc, close);
  if (broken == 0) {
    Parts alternatives{flat};
    const Doc opened = last_can_open ? flat_arguments(open, arguments, last.opened, close) : kNoDoc;
    add(alternatives, opened);
    alternatives.push_back(each_on_its_line);
    return {docs_.choice(alternatives), opened};
  }
  const bool only_last_is_broken = broken == 1 && is_broken(last.doc) && last_can_open;
  const bool only_another_is_broken = broken == 1 && !is_broken(last.doc) && !breaks_behind;
  if (!only_last_is_broken && !only_another_is_broken) return {docs_.broken_group(each_on_its_line), kNoDoc};
  const Doc alternatives[] = {flat, each_on_its_line};
  const Doc doc = docs_.choice(alternatives);
  return {doc, doc};
}

}  // namespace relay::format
