#include <array>

#include "analysis/describe.h"
#include "analysis/place_scope.h"
#include "analysis/walker.h"
#include "bytecode/signature.h"

// Blocks, branches and loops, and what functions give back.

namespace relay::analysis {

using ast::as;
using ast::ExprKind;

// A `return` in a value block leaves the block alone.
TypeId Walker::walk_block(const ast::BlockExpr& expr, Use use) {
  TypeId returned = kNever;
  Place inside = place_;
  inside.returned = &returned;
  inside.checked_function = kUnknown;
  const PlaceScope here(*this, inside);
  const TypeId last = walk_items(expr.block.items, use);
  return pool_.join(returned, last);
}

TypeId Walker::walk_return(const ast::ReturnExpr& expr) {
  const TypeId type = expr.value ? visit(*expr.value, Use::kResult) : kNil;
  if (place_.returned != nullptr) *place_.returned = pool_.join(*place_.returned, type);
  return kNever;
}

// nil is always accepted. Of an `if` or a `try`, each part is a result of its own.
void Walker::check_result(const ast::Expr& value, TypeId type) {
  if (!findings_.speaks() || place_.checked_function == kUnknown) return;
  const FunctionInfo& function = definitions_.functions[place_.checked_function];
  const TypeId wanted = pool_.optional_of(function.declared);
  if (!certainly_misfits(value, type, wanted)) return;
  findings_.error(value.span, function_subject(function) + " must return " +
                                  type_text(definitions_, function.declared) + ", got " +
                                  kind_text(definitions_, type));
}

TypeId Walker::walk_if(const ast::IfExpr& expr, Use use) {
  TypeId type = expr.otherwise ? kNever : kNil;
  for (const ast::IfExpr::Branch& branch : expr.branches) {
    visit(*branch.condition);
    type = pool_.join(type, walk_items(branch.body.items, use));
  }
  if (expr.otherwise) type = pool_.join(type, walk_items(expr.otherwise->items, use));
  return type;
}

// ---- Loops -----------------------------------------------------------------------------------------------

TypeId Walker::walk_for(const ast::ForExpr& expr) {
  const TypeId subject = visit(*expr.subject);
  const TypeNode node = pool_.node(subject == kNil ? kNil : pool_.without_nil(subject));
  TypeId key = kNumber;
  TypeId element = kAny;
  switch (node.kind) {
    case Kind::kArray:
      element = node.inner;
      break;
    case Kind::kString:
      element = kString;
      break;
    case Kind::kObject:
      key = kString;
      element = expr.key ? node.inner : kString;
      break;
    case Kind::kAny:
    case Kind::kNever:
      key = kAny;
      break;
    default:
      findings_.error(expr.subject->span, "for needs an array, an object, a string or a range, got " +
                                              kind_text(definitions_, subject));
  }
  Place inside = place_;
  if (inside.loop.end == 0) inside.loop = expr.span;
  const PlaceScope here(*this, inside);
  if (expr.key) bind(*expr.key, key);
  bind(expr.name, element);
  walk_items(expr.body.items, Use::kDropped);
  return kNil;
}

TypeId Walker::walk_while(const ast::WhileExpr& expr) {
  Place inside = place_;
  if (inside.loop.end == 0) inside.loop = expr.span;
  const PlaceScope here(*this, inside);
  visit(*expr.condition);
  walk_items(expr.body.items, Use::kDropped);
  return kNil;
}

// ---- try, dispatch ---------------------------------------------------------------------------------------

TypeId Walker::walk_try(const ast::TryExpr& expr, Use use) {
  TypeId type = kNever;
  {
    const auto here = findings_.in_try();
    type = walk_items(expr.body.items, use);
  }
  if (expr.name) bind(*expr.name, kAny);
  return pool_.join(type, walk_items(expr.handler.items, use));
}

TypeId Walker::walk_dispatch(const ast::DispatchExpr& expr) {
  const TypeId subject = visit(*expr.subject);
  TypeId type = kNever;
  for (const ast::DispatchExpr::Case& one : expr.cases) {
    const TypeId value = walk_callback(*one.value, std::array{subject});
    if (pool_.kind(value) == Kind::kFunction) check_offered(pool_.node(value).definition, 1, one.value->span);
    const bool is_called = pool_.kind(value) == Kind::kFunction;
    const bool may_be_called = !pool_.cannot_fit(value, pool_.function(kUnknown));
    type = pool_.join(type, is_called ? result_of_callback(value) : may_be_called ? kAny : value);
  }
  return type;
}

// A function written here is called with `offered` and with nothing else; of other values nothing more is
// known.
TypeId Walker::walk_callback(const ast::Expr& callback, std::span<const TypeId> offered) {
  const bool is_lambda =
      callback.kind == ExprKind::kFn && as<ast::FnExpr>(callback).function.name.text.empty();
  if (!is_lambda || offered.empty()) return visit(callback);
  return walk_fn(as<ast::FnExpr>(callback), offered, Use::kValue);
}

// A callback may take fewer arguments than it is offered, but not more. It may also never be called.
void Walker::check_offered(std::uint32_t function, std::size_t offered, Span span) {
  if (function == kUnknown || definitions_.functions[function].required <= offered) return;
  const FunctionInfo& info = definitions_.functions[function];
  findings_.warning(span, function_subject(info) + " expects " +
                              bytecode::expected_count(info.required, info.params.size()) + ", got " +
                              std::to_string(offered));
}

TypeId Walker::result_of_callback(TypeId callback) const {
  const TypeNode& node = pool_.node(callback);
  if (callback == kNever) return kNever;
  return node.kind == Kind::kFunction && node.definition != kUnknown ? result_of(node.definition) : kAny;
}

}  // namespace relay::analysis
