#include "lang/function_compiler.h"

// Arithmetic, comparison, truth.

namespace relay {
namespace {

using bytecode::Op;
using ast::BinaryOp;

Op op_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::kAdd: return Op::kAdd;
    case BinaryOp::kSubtract: return Op::kSub;
    case BinaryOp::kMultiply: return Op::kMul;
    case BinaryOp::kDivide: return Op::kDiv;
    case BinaryOp::kRemainder: return Op::kMod;
    case BinaryOp::kEqual: return Op::kEqual;
    case BinaryOp::kNotEqual: return Op::kNotEqual;
    case BinaryOp::kLess: return Op::kLess;
    case BinaryOp::kLessEqual: return Op::kLessEqual;
    case BinaryOp::kGreater: return Op::kGreater;
    case BinaryOp::kGreaterEqual: break;
  }
  return Op::kGreaterEqual;
}

// The form whose right operand is a constant number; kData when there is none.
Op constant_op_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::kAdd: return Op::kAddK;
    case BinaryOp::kSubtract: return Op::kSubK;
    case BinaryOp::kMultiply: return Op::kMulK;
    case BinaryOp::kDivide: return Op::kDivK;
    case BinaryOp::kRemainder: return Op::kModK;
    default: return Op::kData;
  }
}

struct Comparison {
  Op plain = Op::kData;
  Op constant = Op::kData;
  bool negated = false;
};

Comparison comparison_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::kEqual: return {Op::kIfEqual, Op::kIfEqualK, false};
    case BinaryOp::kNotEqual: return {Op::kIfEqual, Op::kIfEqualK, true};
    case BinaryOp::kLess: return {Op::kIfLess, Op::kIfLessK, false};
    case BinaryOp::kLessEqual: return {Op::kIfLessEqual, Op::kIfLessEqualK, false};
    case BinaryOp::kGreater: return {Op::kIfGreater, Op::kIfGreaterK, false};
    case BinaryOp::kGreaterEqual: return {Op::kIfGreaterEqual, Op::kIfGreaterEqualK, false};
    default: return {};
  }
}

std::optional<double> number_literal(const ast::Expr& expr) {
  if (expr.kind == ast::ExprKind::kNumber) return ast::as<ast::NumberExpr>(expr).value;
  if (expr.kind != ast::ExprKind::kUnary) return std::nullopt;
  const auto& unary = ast::as<ast::UnaryExpr>(expr);
  if (unary.op != ast::UnaryOp::kNegate || unary.operand->kind != ast::ExprKind::kNumber) return std::nullopt;
  return -ast::as<ast::NumberExpr>(*unary.operand).value;
}

}  // namespace

void FunctionCompiler::binary(const ast::BinaryExpr& expr, Register dst, Register intermediate) {
  const std::uint32_t mark = builder_.mark();
  Register left = operand_before(*expr.first, *expr.links[0].operand);
  for (std::size_t i = 0; i < expr.links.size(); ++i) {
    const Register target = i + 1 == expr.links.size() ? dst : intermediate;
    builder_.at({expr.first->span.begin, expr.links[i].operand->span.end});
    binary_link(expr.links[i], left, target);
    left = target;
  }
  builder_.release_to(mark);
}

void FunctionCompiler::binary_link(const ast::BinaryExpr::Link& link, Register left, Register dst) {
  const std::uint32_t mark = builder_.mark();
  const Span span = builder_.span();
  const Op constant_op = constant_op_of(link.op);
  const auto number = number_literal(*link.operand);
  if (number && constant_op != Op::kData) {
    builder_.emit(constant_op, dst, left, builder_.number(*number));
  } else {
    const Register right = operand(*link.operand);
    builder_.at(span);
    const bool left_is_done = link.op == BinaryOp::kAdd && left >= variable_count() && left != dst;
    builder_.emit(op_of(link.op), dst, left, right, left_is_done ? 1 : 0);
  }
  builder_.release_to(mark);
}

void FunctionCompiler::unary(const ast::UnaryExpr& expr, Register dst) {
  if (const auto number = number_literal(expr)) {
    builder_.emit(Op::kLoad, dst, builder_.number(*number));
    return;
  }
  const std::uint32_t mark = builder_.mark();
  const Register value = operand(*expr.operand);
  builder_.at(expr.span);
  builder_.emit(expr.op == ast::UnaryOp::kNot ? Op::kNot : Op::kNegate, dst, value);
  builder_.release_to(mark);
}

// `&&` and `||` give a bool: the operands only jump. `??` gives an operand itself.
void FunctionCompiler::logical(const ast::LogicalExpr& expr, Register dst) {
  Jumps decided;
  if (expr.op == ast::LogicalOp::kCoalesce) {
    value_into(*expr.operands[0], dst);
    const Assigned after_first = assigned_;
    for (std::size_t i = 1; i < expr.operands.size(); ++i) {
      decided.push_back(builder_.jump(Op::kJumpIfNotNil, dst));
      value_into(*expr.operands[i], dst);
    }
    assigned_ = after_first;
    return patch_all(decided);
  }
  const Assigned before = assigned_;
  jump_when(expr, false, decided);
  builder_.emit(Op::kLoad, dst, builder_.constant(Value(true)));
  const Jump end = builder_.jump(Op::kJump);
  patch_all(decided);
  builder_.emit(Op::kLoad, dst, builder_.constant(Value(false)));
  builder_.patch(end);
  assigned_ = before;
}

void FunctionCompiler::jump_when(const ast::Expr& expr, bool when, Jumps& out) {
  if (expr.kind == ast::ExprKind::kUnary && ast::as<ast::UnaryExpr>(expr).op == ast::UnaryOp::kNot) {
    return jump_when(*ast::as<ast::UnaryExpr>(expr).operand, !when, out);
  }
  if (expr.kind == ast::ExprKind::kLogical && ast::as<ast::LogicalExpr>(expr).op != ast::LogicalOp::kCoalesce) {
    const auto& logical = ast::as<ast::LogicalExpr>(expr);
    const bool decides = logical.op == ast::LogicalOp::kOr;  // the truth of an operand that settles it
    const Assigned before = assigned_;
    Jumps settled;
    for (std::size_t i = 0; i + 1 < logical.operands.size(); ++i) {
      jump_when(*logical.operands[i], decides, decides == when ? out : settled);
    }
    jump_when(*logical.operands.back(), when, out);
    patch_all(settled);
    assigned_ = before;
    return;
  }
  if (expr.kind == ast::ExprKind::kBool) {
    if (ast::as<ast::BoolExpr>(expr).value == when) out.push_back(builder_.jump(Op::kJump));
    return;
  }
  if (expr.kind == ast::ExprKind::kBinary && compare_and_jump(ast::as<ast::BinaryExpr>(expr), when, out)) return;
  const std::uint32_t mark = builder_.mark();
  const Register value = operand(expr);
  builder_.at(expr.span);
  out.push_back(builder_.jump(when ? Op::kJumpIf : Op::kJumpIfNot, value));
  builder_.release_to(mark);
}

bool FunctionCompiler::compare_and_jump(const ast::BinaryExpr& expr, bool when, Jumps& out) {
  if (expr.links.size() != 1) return false;
  const auto& link = expr.links[0];
  const Comparison comparison = comparison_of(link.op);
  if (comparison.plain == Op::kData) return false;
  const std::uint32_t mark = builder_.mark();
  const Register left = operand_before(*expr.first, *link.operand);
  // The instruction jumps unless the outcome is n.
  const auto n = static_cast<std::uint8_t>(when == comparison.negated);
  if (const auto number = number_literal(*link.operand)) {
    builder_.at(expr.span);
    builder_.emit(comparison.constant, left, builder_.number(*number), 0, n);
  } else {
    const Register right = operand(*link.operand);
    builder_.at(expr.span);
    builder_.emit(comparison.plain, left, right, 0, n);
  }
  out.push_back(builder_.emit_target_word());
  builder_.release_to(mark);
  return true;
}

}  // namespace relay
