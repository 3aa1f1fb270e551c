#include "lang/function_compiler.h"

// `set a = a.method(args)`: the method may change the value where it is, because the old one is about to go.

namespace relay {
namespace {

// The parts of `a.method(args)` when the whole of it is one method call on one name.
const ast::PostfixExpr::Link* single_method(const ast::Expr& expr, std::string_view name) {
  if (expr.kind != ast::ExprKind::kPostfix) return nullptr;
  const auto& postfix = ast::as<ast::PostfixExpr>(expr);
  const ast::NameExpr* base = as_name(*postfix.base);
  if (base == nullptr || base->name != name || postfix.links.size() != 1) return nullptr;
  const auto& link = postfix.links[0];
  const bool fits = link.kind == ast::PostfixExpr::LinkKind::kMethod && link.args.size() < 256;
  return fits ? &link : nullptr;
}

}  // namespace

bool FunctionCompiler::update_in_place(const ast::SetExpr& set, Op op, std::uint16_t place) {
  const auto* link = single_method(*set.value, set.name.text);
  if (link == nullptr || !changes_in_place(link->name.text)) return false;
  for (const ast::ExprPtr& arg : link->args) {
    if (binds(*arg, set.name.text)) return false;
  }
  const bool is_local = op == Op::kInvokeOn;
  const auto& base_name = *ast::as<ast::PostfixExpr>(*set.value).base;
  builder_.at(base_name.span);
  if (!is_local) check_global_set(place);
  if (is_local && !assigned_[place]) check_set(place);
  const Register base = builder_.temporary();
  Jumps done;
  if (!is_local || !put_in_place(*link, place, base, done)) arguments(link->args, base);
  builder_.at(link->name.span);
  const auto name = builder_.text(link->name.text);
  const auto count = static_cast<std::uint8_t>(link->args.size());
  builder_.emit(op, base, place, name, count);
  done.push_back(builder_.emit_target_word());
  builder_.emit_cache_word();
  builder_.emit(is_local ? Op::kMove : Op::kGetGlobal, base, place);
  builder_.emit(Op::kInvoke, base, count, name);
  builder_.emit_cache_word();
  if (is_local) {
    take(place, base);
    assigned_.add(place);
  } else {
    builder_.emit(Op::kSetGlobal, base, place);
  }
  patch_all(done);
  return true;
}

// The commonest updates have instructions of their own, which jump when they have done it. Leaves the arguments where
// the general ones take them.
bool FunctionCompiler::put_in_place(const ast::PostfixExpr::Link& link, Register self, Register base, Jumps& done) {
  const std::string& method = link.name.text;
  const bool is_push = link.args.size() == 1 && (method == "push" || method == "add");
  const bool is_set = link.args.size() == 2 && method == "set";
  if (is_push) {
    arguments(link.args, base);
    builder_.at(link.name.span);
    builder_.emit(Op::kPushElement, base + 1u, self);
    done.push_back(builder_.emit_target_word());
  } else if (is_set) {
    set_in_place(link, self, done);
  }
  return is_push || is_set;
}

// The arguments go to the next two temporaries.
void FunctionCompiler::set_in_place(const ast::PostfixExpr::Link& link, Register self, Jumps& done) {
  const ast::Expr& place = *link.args[0];
  const ast::Expr& content = *link.args[1];
  const Register first = builder_.temporary();
  const Register second = builder_.temporary();
  const auto key = constant_value(context_, place);
  const bool is_field = key && key->is_string();
  std::uint16_t variable = 0;
  const bool is_variable =
      is_plain_local(place, variable) && assigned_[variable] && !binds(content, as_name(place)->name);
  if (!is_field && !is_variable) value_into(place, first);
  value_into(content, second);
  builder_.at(link.name.span);
  if (is_field) {
    const std::uint16_t constant = builder_.constant(*key);
    builder_.emit(Op::kPutField, second, self, constant);
    done.push_back(builder_.emit_target_word());
    builder_.emit_cache_word();
    builder_.emit(Op::kLoad, first, constant);
    return;
  }
  builder_.emit(Op::kPutElement, second, self, is_variable ? variable : first);
  done.push_back(builder_.emit_target_word());
  if (is_variable) builder_.emit(Op::kMove, first, variable);
}

}  // namespace relay
