#include "lang/function_compiler.h"
#include "lang/walk.h"

// if, for, while, try, dispatch, return and value blocks.

namespace relay {

void FunctionCompiler::if_expr(const ast::IfExpr& expr, Target target) {
  Jumps ends;
  std::optional<Assigned> after_all;
  const auto branch_done = [&](bool is_last) {
    if (!after_all) after_all = assigned_;
    after_all->keep_common(assigned_);
    if (!is_last && target.kind != Target::Kind::kReturn) ends.push_back(builder_.jump(Op::kJump));
  };
  for (const ast::IfExpr::Branch& branch : expr.branches) {
    Jumps next;
    jump_when(*branch.condition, false, next);
    const Assigned before_body = assigned_;
    compile_block(branch.body, target);
    const bool is_last = &branch == &expr.branches.back() && !expr.otherwise && target.kind == Target::Kind::kDiscard;
    branch_done(is_last);
    assigned_ = before_body;
    builder_.at(expr.span);
    patch_all(next);
  }
  if (expr.otherwise) {
    compile_block(*expr.otherwise, target);
  } else {
    finish_nil(target);
  }
  if (after_all) assigned_.keep_common(*after_all);
  patch_all(ends);
}

// ---- Loops -----------------------------------------------------------------------------------------------

bool FunctionCompiler::range_subject(const ast::Expr& subject, Register base) {
  if (subject.kind != ast::ExprKind::kPostfix) return false;
  const auto& call = ast::as<ast::PostfixExpr>(subject);
  const ast::NameExpr* name = as_name(*call.base);
  if (name == nullptr || name->name != "range" || call.links.size() != 1) return false;
  const auto& link = call.links[0];
  const bool is_call = link.kind == ast::PostfixExpr::LinkKind::kCall && !link.args.empty() && link.args.size() <= 3;
  if (!is_call || resolve("range").kind != Meaning::Kind::kBuiltin) return false;
  for (std::size_t i = 0; i < link.args.size(); ++i) value_into(*link.args[i], static_cast<Register>(base + i));
  builder_.at(subject.span);
  builder_.emit(Op::kForRange, base, link.args.size());
  return true;
}

// The variable of a `for` of top-level code; see LoopName. Loops of one name inside each other share the cell, as they share
// the variable.
void FunctionCompiler::enter_loop(const ast::Word& name, const ast::Block& body) {
  if (!is_main_) return;
  LoopName entered{name.text, loop_cell(name.text)};
  bool is_set = false;
  bool makes_closures = false;
  for_each_item(body, [&](const ast::Expr& item) {
    is_set = is_set || binds(item, name.text);
    makes_closures = makes_closures || holds_function(item);
  });
  if (!entered.cell && is_set && makes_closures) entered.cell = builder_.temporary();
  loop_names_.push_back(entered);
}

// Binds a `for` or `catch` name: in a cell of its own, if in one.
void FunctionCompiler::bind_fresh(const ast::Word& name, Register value) {
  builder_.at(name.span);
  const Meaning meaning = resolve(name.text);
  const bool in_cell = meaning.kind == Meaning::Kind::kLocal && scope_->variables[meaning.index].needs_cell;
  if (in_cell) builder_.emit(Op::kFreshCell, meaning.index);
  if (const auto cell = loop_cell(name.text)) builder_.emit(Op::kFreshCell, *cell);
  bind(name.text, value);
}

void FunctionCompiler::for_expr(const ast::ForExpr& expr, Target target) {
  const std::uint32_t mark = builder_.mark();
  const std::size_t outer_names = loop_names_.size();
  const Register base = builder_.temporaries(4);
  const bool is_range = range_subject(*expr.subject, base);
  if (!is_range) {
    value_into(*expr.subject, base);
    builder_.emit(Op::kForEach, base);
  }
  const Register element = binding_register(expr.name.text);
  const Register key = expr.key ? binding_register(expr.key->text) : Register{0};
  if (expr.key) enter_loop(*expr.key, expr.body);
  enter_loop(expr.name, expr.body);
  const Assigned before = assigned_;
  const Jump to_first = builder_.jump(Op::kJump);
  const std::uint32_t body = builder_.here();
  if (expr.key) bind_fresh(*expr.key, key);
  bind_fresh(expr.name, element);
  loops_.push_back({});
  compile_block(expr.body, discard());
  builder_.at(expr.subject->span);
  builder_.patch(to_first);
  patch_all(loops_.back().continues);
  builder_.emit(is_range ? Op::kForStep : Op::kForNext, base, element, key, expr.key ? 1 : 0);
  builder_.patch_to(builder_.emit_target_word(), body);
  patch_all(loops_.back().breaks);
  loops_.pop_back();
  loop_names_.resize(outer_names);
  assigned_ = before;
  if (!is_range) builder_.emit(Op::kClear, base);
  finish_nil(target);
  builder_.release_to(mark);
}

void FunctionCompiler::while_expr(const ast::WhileExpr& expr, Target target) {
  const std::uint32_t begin = builder_.here();
  Jumps out;
  jump_when(*expr.condition, false, out);
  const Assigned after_condition = assigned_;
  loops_.push_back({});
  compile_block(expr.body, discard());
  patch_all(loops_.back().continues);
  builder_.at(expr.span);
  builder_.loop_to(begin);
  patch_all(out);
  patch_all(loops_.back().breaks);
  loops_.pop_back();
  assigned_ = after_condition;
  finish_nil(target);
}

// ---- Errors ----------------------------------------------------------------------------------------------

void FunctionCompiler::try_expr(const ast::TryExpr& expr, Target target) {
  const std::uint32_t mark = builder_.mark();
  const Assigned before = assigned_;
  const std::uint32_t begin = builder_.here();
  ++try_depth_;
  compile_block(expr.body, target);
  --try_depth_;
  const std::uint32_t end = builder_.here();
  const Assigned after_body = assigned_;
  Jumps done;
  if (target.kind != Target::Kind::kReturn) done.push_back(builder_.jump(Op::kJump));
  assigned_ = before;
  const Register caught = expr.name ? binding_register(expr.name->text) : builder_.temporary();
  builder_.add_handler({begin, end, builder_.here(), caught});
  if (expr.name) bind_fresh(*expr.name, caught);
  compile_block(expr.handler, target);
  assigned_.keep_common(after_body);
  patch_all(done);
  builder_.release_to(mark);
}

// ---- dispatch --------------------------------------------------------------------------------------------

void FunctionCompiler::dispatch(const ast::DispatchExpr& expr, Target target) {
  const std::uint32_t mark = builder_.mark();
  const Register subject = builder_.temporary();
  value_into(*expr.subject, subject);
  const ast::DispatchExpr::Case* fallback = nullptr;
  const Assigned before = assigned_;
  Assigned after_all = assigned_;
  after_all.add_all();
  Jumps ends;
  for (const auto& one : expr.cases) {
    if (!one.literal) {
      if (fallback == nullptr) fallback = &one;
      continue;
    }
    builder_.at(one.span);
    const auto literal = constant_value(context_, *one.literal);
    builder_.emit(Op::kIfEqualK, subject, builder_.constant(*literal), 0, 1);
    const Jump next = builder_.emit_target_word();
    dispatch_case(one, subject, target);
    after_all.keep_common(assigned_);
    if (target.kind != Target::Kind::kReturn) ends.push_back(builder_.jump(Op::kJump));
    assigned_ = before;
    builder_.patch(next);
  }
  if (fallback != nullptr) {
    dispatch_case(*fallback, subject, target);
  } else {
    builder_.at(expr.subject->span);
    builder_.emit(Op::kNoCase, subject);
    never_here();
  }
  assigned_.keep_common(after_all);
  patch_all(ends);
  builder_.release_to(mark);
}

void FunctionCompiler::dispatch_case(const ast::DispatchExpr::Case& one, Register subject, Target target) {
  const std::uint32_t mark = builder_.mark();
  const Register value = builder_.temporary();
  (void)builder_.temporary();  // the argument, should the value be a function
  value_into(*one.value, value);
  builder_.emit(Op::kCallCase, value, subject);
  if (target.kind == Target::Kind::kInto) {
    take(target.reg, value);
  } else {
    finish(value, target);
  }
  builder_.release_to(mark);
}

// ---- return ----------------------------------------------------------------------------------------------

void FunctionCompiler::return_expr(const ast::ReturnExpr& expr) {
  Target target = value_blocks_.empty() ? returned() : value_blocks_.back().target;
  if (expr.value) {
    compile(*expr.value, target);
  } else {
    finish_nil(target);
  }
  if (target.kind != Target::Kind::kReturn) {
    value_blocks_.back().ends.push_back(builder_.jump(Op::kJump));
  }
  never_here();
}

void FunctionCompiler::value_block(const ast::BlockExpr& expr, Target target) {
  value_blocks_.push_back({target, {}});
  const Assigned before = assigned_;
  compile_block(expr.block, target);
  if (!value_blocks_.back().ends.empty()) assigned_ = before;  // it may have been left anywhere
  leave_value_block();
}

void FunctionCompiler::leave_value_block() {
  patch_all(value_blocks_.back().ends);
  value_blocks_.pop_back();
}

}  // namespace relay
