#include "lang/function_compiler.h"

#include "lang/last_use.h"
#include "lang/walk.h"
#include "value/string.h"

namespace relay {

bool binds(const ast::Expr& expr, std::string_view name) {
  switch (expr.kind) {
    case ast::ExprKind::kSet:
      if (ast::as<ast::SetExpr>(expr).name.text == name) return true;
      break;
    case ast::ExprKind::kFor: {
      const auto& node = ast::as<ast::ForExpr>(expr);
      if (node.name.text == name || (node.key && node.key->text == name)) return true;
      break;
    }
    case ast::ExprKind::kTry: {
      const auto& caught = ast::as<ast::TryExpr>(expr).name;
      if (caught && caught->text == name) return true;
      break;
    }
    default: break;
  }
  bool found = false;
  for_each_child(expr, [&](const ast::Expr& child) { found = found || binds(child, name); });
  return found;
}

bool holds_function(const ast::Expr& expr) {
  if (expr.kind == ast::ExprKind::kFn) return true;
  bool found = false;
  for_each_child(expr, [&](const ast::Expr& child) { found = found || holds_function(child); });
  return found;
}

const ast::NameExpr* as_name(const ast::Expr& expr) {
  return expr.kind == ast::ExprKind::kName ? &ast::as<ast::NameExpr>(expr) : nullptr;
}

FunctionCompiler::FunctionCompiler(CompileContext& context, bytecode::Function& function, FunctionScope* scope,
                                   FunctionCompiler* parent)
    : context_(context), builder_(context.program, function), scope_(scope), parent_(parent) {
  if (scope_ != nullptr) assigned_ = Assigned(scope_->variables.size());
}

void FunctionCompiler::compile_function(const ast::Function& function) {
  bytecode::Function& out = builder_.function();
  builder_.at(function.span);
  for (std::size_t i = 0; i < scope_->variables.size(); ++i) (void)builder_.add_variable();
  for (std::size_t i = 0; i < function.params.size(); ++i) {
    const ast::Param& param = function.params[i];
    const auto type = context_.type(param.type.get());
    out.parameters.push_back({context_.program.symbols.intern(param.name.text), type});
    if (!param.is_optional()) out.required = static_cast<std::uint16_t>(i + 1);
    assigned_.add(i);
    if (type == bytecode::kAny) continue;
    builder_.emit(Op::kCheckType, i, type, builder_.text(param.name.text),
                  static_cast<std::uint8_t>(bytecode::CheckedPlace::kParameter));
  }
  out.return_type = context_.type(function.return_type.get());
  out.checked_entry = builder_.here();
  enter_body();
  compile_block(function.body, returned());
  finish_function();
}

void FunctionCompiler::compile_main(const ast::Module& module) {
  is_main_ = true;
  assigned_ = Assigned(context_.program.globals.size());
  for (const auto& [name, function] : context_.functions) {
    const auto slot = context_.globals.find(name);
    if (slot == context_.globals.end()) continue;
    const Register value = builder_.temporary();
    builder_.emit(Op::kLoad, value, builder_.constant(context_.function_value(*function)));
    builder_.emit(Op::kSetGlobal, value, slot->second);
    assigned_.add(slot->second);
    builder_.release_to(value);
  }
  compile_items(module.items, returned());
  finish_function();
}

void FunctionCompiler::compile_initializer(const ast::ServerDef& server, const bytecode::ServerInfo& info) {
  enter_body();
  for (const ast::Field& field : server.state) {
    if (field.default_value) default_value(field, info);
  }
  finish_nil(returned());
  finish_function();
}

// `return` in a default leaves that default, as it leaves a value block.
void FunctionCompiler::default_value(const ast::Field& field, const bytecode::ServerInfo& info) {
  const std::uint32_t mark = builder_.mark();
  const Register value = builder_.temporary();
  value_blocks_.push_back({into(value), {}});
  value_into(*field.default_value, value);
  leave_value_block();
  builder_.emit(Op::kSetState, value, info.field(context_.program.symbols.intern(field.name.text)));
  builder_.release_to(mark);
}

// Cells for the variables that need them, and the functions that are known from the start.
void FunctionCompiler::enter_body() {
  if (variable_count() > builder_.mark()) (void)builder_.temporaries(variable_count() - builder_.mark());
  for (std::size_t i = 0; i < scope_->variables.size(); ++i) {
    const Variable& variable = scope_->variables[i];
    if (variable.needs_cell) builder_.emit(variable.is_parameter ? Op::kNewCell : Op::kFreshCell, i);
  }
  bind_nested_functions();
}

void FunctionCompiler::finish_function() {
  if (!builder_.is_too_large()) return move_last_uses(context_.program, builder_.function(), variable_count());
  if (context_.said_too_large) return;
  context_.said_too_large = true;
  const std::string name(string::text(builder_.function().name));
  context_.error(builder_.function().span,
                 "function '" + name + "' is too large: more than 65,000 values, constants or variables");
}

// ---- Expressions by kind ---------------------------------------------------------------------------------

void FunctionCompiler::compile(const ast::Expr& expr, Target target) {
  builder_.at(expr.span);
  switch (expr.kind) {
    case ast::ExprKind::kIf: return if_expr(ast::as<ast::IfExpr>(expr), target);
    case ast::ExprKind::kFor: return for_expr(ast::as<ast::ForExpr>(expr), target);
    case ast::ExprKind::kWhile: return while_expr(ast::as<ast::WhileExpr>(expr), target);
    case ast::ExprKind::kTry: return try_expr(ast::as<ast::TryExpr>(expr), target);
    case ast::ExprKind::kDispatch: return dispatch(ast::as<ast::DispatchExpr>(expr), target);
    case ast::ExprKind::kBlock: return value_block(ast::as<ast::BlockExpr>(expr), target);
    case ast::ExprKind::kReturn: return return_expr(ast::as<ast::ReturnExpr>(expr));
    case ast::ExprKind::kSet: return set_name(ast::as<ast::SetExpr>(expr), target);
    case ast::ExprKind::kThrow: {
      const std::uint32_t mark = builder_.mark();
      const Register value = operand(*ast::as<ast::ThrowExpr>(expr).value);
      builder_.at(expr.span);
      builder_.emit(Op::kThrow, value);
      builder_.release_to(mark);
      return never_here();
    }
    case ast::ExprKind::kBreak:
      loops_.back().breaks.push_back(builder_.jump(Op::kJump));
      return never_here();
    case ast::ExprKind::kContinue:
      loops_.back().continues.push_back(builder_.jump(Op::kJump));
      return never_here();
    default: break;
  }
  const std::uint32_t mark = builder_.mark();
  const bool is_definition = expr.kind >= ast::ExprKind::kStructDef || expr.kind == ast::ExprKind::kFn;
  if (target.kind == Target::Kind::kInto) {
    compile_plain(expr, target.reg);
  } else if (target.kind == Target::Kind::kReturn) {
    const Register value = operand(expr);
    builder_.at(expr.span);
    emit_return(value);
  } else if (!is_definition || expr.kind == ast::ExprKind::kServerDef) {
    const Register unused = operand(expr);
    // A copy of what was just put into the state would keep it from being changed in place.
    const bool is_state = expr.kind == ast::ExprKind::kPostfix &&
                          ast::as<ast::PostfixExpr>(expr).base->kind == ast::ExprKind::kState;
    if (is_state) builder_.emit(Op::kClear, unused);
  }
  builder_.release_to(mark);
}

// Everything whose value is made by instructions that end in `dst`.
void FunctionCompiler::compile_plain(const ast::Expr& expr, Register dst) {
  switch (expr.kind) {
    case ast::ExprKind::kName: return read_name(ast::as<ast::NameExpr>(expr), dst);
    case ast::ExprKind::kState:
      builder_.function().bound_to_server = true;
      builder_.emit(Op::kStateObject, dst);
      return;
    case ast::ExprKind::kArray: return array(ast::as<ast::ArrayExpr>(expr), dst);
    case ast::ExprKind::kObject:
      if (!constant(expr, dst)) object(ast::as<ast::ObjectExpr>(expr).entries, dst);
      return;
    case ast::ExprKind::kConstruct: return construct(ast::as<ast::ConstructExpr>(expr), dst);
    case ast::ExprKind::kText: return text(ast::as<ast::TextExpr>(expr), dst);
    case ast::ExprKind::kUnary: return unary(ast::as<ast::UnaryExpr>(expr), dst);
    case ast::ExprKind::kBinary: return binary(ast::as<ast::BinaryExpr>(expr), dst, dst);
    case ast::ExprKind::kLogical: return logical(ast::as<ast::LogicalExpr>(expr), dst);
    case ast::ExprKind::kPostfix: return postfix(ast::as<ast::PostfixExpr>(expr), dst);
    case ast::ExprKind::kSend: return send(ast::as<ast::SendExpr>(expr), dst);
    case ast::ExprKind::kFn: {
      const auto& function = ast::as<ast::FnExpr>(expr).function;
      if (function.name.text.empty()) return closure(function, dst);
      return read_meaning(resolve(function.name.text), function.name.text, dst);
    }
    case ast::ExprKind::kServerDef: {
      const auto& name = ast::as<ast::ServerDef>(expr).name.text;
      builder_.emit(Op::kStartServer, dst, context_.servers.at(name));
      return;
    }
    default:
      if (!constant(expr, dst)) builder_.emit(Op::kLoad, dst, builder_.constant(Value::nil()));
  }
}

void FunctionCompiler::compile_block(const ast::Block& block, Target target) { compile_items(block.items, target); }

void FunctionCompiler::compile_items(const std::vector<ast::ExprPtr>& items, Target target) {
  for (std::size_t i = 0; i + 1 < items.size(); ++i) compile(*items[i], discard());
  if (items.empty()) return finish_nil(target);
  compile(*items.back(), target);
}

// ---- Where values go -------------------------------------------------------------------------------------

void FunctionCompiler::finish(Register value, Target target) {
  if (target.kind == Target::Kind::kReturn) return emit_return(value);
  if (target.kind == Target::Kind::kInto && target.reg != value) builder_.emit(Op::kMove, target.reg, value);
}

void FunctionCompiler::finish_nil(Target target) {
  if (target.kind == Target::Kind::kReturn) builder_.emit(Op::kReturnNil);
  if (target.kind == Target::Kind::kInto) builder_.emit(Op::kLoad, target.reg, builder_.constant(Value::nil()));
}

void FunctionCompiler::emit_return(Register value) {
  const auto type = builder_.function().return_type;
  if (type != bytecode::kAny) {
    builder_.emit(Op::kCheckType, value, type, builder_.constant(builder_.function().name),
                  static_cast<std::uint8_t>(bytecode::CheckedPlace::kReturn));
  }
  builder_.emit(Op::kReturn, value);
  never_here();
}

Register FunctionCompiler::operand(const ast::Expr& expr) {
  std::uint16_t variable = 0;
  if (is_plain_local(expr, variable)) {
    builder_.at(expr.span);
    if (!assigned_[variable]) check_set(variable);
    return variable;
  }
  const Register temporary = builder_.temporary();
  value_into(expr, temporary);
  return temporary;
}

Register FunctionCompiler::operand_before(const ast::Expr& expr, const ast::Expr& later) {
  const ast::NameExpr* name = as_name(expr);
  if (name == nullptr || !binds(later, name->name)) return operand(expr);
  const Register temporary = builder_.temporary();
  value_into(expr, temporary);
  return temporary;
}

void FunctionCompiler::value_into(const ast::Expr& expr, Register dst) {
  compile(expr, into(dst));
  builder_.at(expr.span);
}

Register FunctionCompiler::base_for(Register dst) {
  return dst + 1u == builder_.mark() ? dst : builder_.temporary();
}

void FunctionCompiler::take(Register dst, Register from) {
  if (dst != from) builder_.emit(Op::kTake, dst, from);
}

void FunctionCompiler::patch_all(const Jumps& jumps) {
  for (const Jump jump : jumps) builder_.patch(jump);
}

}  // namespace relay
