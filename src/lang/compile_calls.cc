#include "bytecode/builtins.h"
#include "lang/function_compiler.h"
#include "lang/walk.h"
#include "value/string.h"

// `a.b(c)[d](e)`: functions known by name, methods, fields, indexes, the state of a server, and `send`.
//
// A chain keeps its value in one register, the topmost temporary: calls find callee and arguments there in a row.

namespace relay {
namespace {

using LinkKind = ast::PostfixExpr::LinkKind;

// Nothing in it can run code of the program, so nothing can change the state meanwhile.
bool is_simple(const ast::Expr& expr) {
  switch (expr.kind) {
    case ast::ExprKind::kPostfix:
      for (const auto& link : ast::as<ast::PostfixExpr>(expr).links) {
        const bool reads_state =
            link.kind == LinkKind::kMethod && link.name.text == "get" &&
            ast::as<ast::PostfixExpr>(expr).base->kind == ast::ExprKind::kState;
        if (link.kind == LinkKind::kCall || (link.kind == LinkKind::kMethod && !reads_state)) return false;
      }
      break;
    case ast::ExprKind::kSend:
    case ast::ExprKind::kSet:
    case ast::ExprKind::kDispatch:
    case ast::ExprKind::kThrow:
    case ast::ExprKind::kReturn:
    case ast::ExprKind::kBlock:
    case ast::ExprKind::kFn: return false;
    default: break;
  }
  bool simple = true;
  for_each_child(expr, [&](const ast::Expr& child) { simple = simple && is_simple(child); });
  return simple;
}

// The field that `state.name` or `state.get("name")` reads.
const std::string* state_read(const ast::PostfixExpr& expr) {
  if (expr.base->kind != ast::ExprKind::kState) return nullptr;
  const auto& link = expr.links[0];
  if (link.kind == LinkKind::kField) return &link.name.text;
  const bool is_get = link.kind == LinkKind::kMethod && link.name.text == "get" && link.args.size() == 1 &&
                      link.args[0]->kind == ast::ExprKind::kString;
  return is_get ? &ast::as<ast::StringExpr>(*link.args[0]).value : nullptr;
}

}  // namespace

void FunctionCompiler::postfix(const ast::PostfixExpr& expr, Register dst) {
  const std::uint32_t mark = builder_.mark();
  const Register base = base_for(dst);
  const std::size_t done = postfix_head(expr, base);
  postfix_links(expr, done, base);
  builder_.at(expr.span);
  take(dst, base);
  builder_.release_to(mark);
}

// Compiles the base and as many links as belong to a form of its own; gives how many links that were.
std::size_t FunctionCompiler::postfix_head(const ast::PostfixExpr& expr, Register base) {
  if (expr.base->kind == ast::ExprKind::kState) return state_head(expr, base);
  if (expr.links[0].kind == LinkKind::kCall && named_call(expr, base)) return 1;
  const auto& first = expr.links[0];
  std::uint16_t variable = 0;
  if (first.kind == LinkKind::kField && is_plain_local(*expr.base, variable)) {
    const Register value = operand(*expr.base);
    builder_.at(first.name.span);
    builder_.emit(Op::kField, base, value, builder_.text(first.name.text));
    builder_.emit_cache_word();
    return 1;
  }
  if (first.kind == LinkKind::kIndex && is_plain_local(*expr.base, variable)) {
    const std::uint32_t mark = builder_.mark();
    const Register value = operand_before(*expr.base, *first.args[0]);
    const Register index = operand(*first.args[0]);
    builder_.at({expr.span.begin, first.span.end});
    builder_.emit(Op::kIndex, base, value, index);
    builder_.release_to(mark);
    return 1;
  }
  if (first.kind == LinkKind::kMethod && method_of_local(expr, base)) return 1;
  value_into(*expr.base, base);
  return 0;
}

// `a.method(args)`: a variable that the arguments do not set is read behind them, so that they may be what uses it last
// but one, and the method may change its value in place.
bool FunctionCompiler::method_of_local(const ast::PostfixExpr& expr, Register base) {
  const auto& link = expr.links[0];
  std::uint16_t variable = 0;
  if (link.args.empty() || !is_plain_local(*expr.base, variable)) return false;
  const std::string& name = as_name(*expr.base)->name;
  for (const ast::ExprPtr& arg : link.args) {
    if (binds(*arg, name)) return false;
  }
  const std::uint32_t mark = builder_.mark();
  builder_.at(expr.base->span);
  if (!assigned_[variable]) check_set(variable);
  arguments(link.args, base);
  builder_.at(link.name.span);
  builder_.emit(Op::kMove, base, variable);
  builder_.emit(Op::kInvoke, base, link.args.size(), builder_.text(link.name.text));
  builder_.emit_cache_word();
  builder_.release_to(mark);
  return true;
}

void FunctionCompiler::postfix_links(const ast::PostfixExpr& expr, std::size_t first_link, Register base) {
  for (std::size_t i = first_link; i < expr.links.size(); ++i) {
    const auto& link = expr.links[i];
    const std::uint32_t mark = builder_.mark();
    switch (link.kind) {
      case LinkKind::kField:
        builder_.at(link.name.span);
        builder_.emit(Op::kField, base, base, builder_.text(link.name.text));
        builder_.emit_cache_word();
        break;
      case LinkKind::kIndex: {
        const Register index = operand(*link.args[0]);
        builder_.at({expr.span.begin, link.span.end});
        builder_.emit(Op::kIndex, base, base, index);
        break;
      }
      case LinkKind::kMethod: method_call(link, base); break;
      case LinkKind::kCall:
        arguments(link.args, base);
        builder_.at({expr.span.begin, link.span.end});
        builder_.emit(Op::kCall, base, link.args.size());
        break;
    }
    builder_.release_to(mark);
  }
}

// The arguments into the registers after `base`, which is the topmost temporary.
void FunctionCompiler::arguments(const std::vector<ast::ExprPtr>& args, Register base) {
  for (const ast::ExprPtr& arg : args) value_into(*arg, builder_.temporary());
  (void)base;
}

void FunctionCompiler::method_call(const ast::PostfixExpr::Link& link, Register base) {
  arguments(link.args, base);
  builder_.at(link.name.span);
  builder_.emit(Op::kInvoke, base, link.args.size(), builder_.text(link.name.text));
  builder_.emit_cache_word();
}

// ---- Calls of names --------------------------------------------------------------------------------------

bool FunctionCompiler::named_call(const ast::PostfixExpr& expr, Register base) {
  const ast::NameExpr* name = as_name(*expr.base);
  if (name == nullptr) return false;
  const auto& link = expr.links[0];
  const std::uint32_t mark = builder_.mark();
  const Meaning meaning = resolve(name->name);
  builder_.at(name->span);
  switch (meaning.kind) {
    case Meaning::Kind::kFunction: function_call(*meaning.function, link, base); break;
    case Meaning::Kind::kUnknown: raise_undefined("function", name->name); break;
    case Meaning::Kind::kAwaited:
      read_awaited(meaning.index, "function", name->name, base);
      arguments(link.args, base);
      builder_.at({expr.span.begin, link.span.end});
      builder_.emit(Op::kCall, base, link.args.size());
      break;
    case Meaning::Kind::kStruct:
      if (link.args.size() != 1) {
        builder_.emit(Op::kRaise, builder_.text("argument"),
                      builder_.text("struct '" + name->name + "' expects 1 argument, got " +
                                    std::to_string(link.args.size())),
                      builder_.text(""));
        break;
      }
      value_into(*link.args[0], base);
      builder_.at(expr.base->span);
      builder_.emit(Op::kNewStruct, base, meaning.index);
      break;
    case Meaning::Kind::kBuiltin: {
      const auto& builtin = bytecode::builtin_names()[meaning.index];
      if (link.args.size() < builtin.fewest || link.args.size() > builtin.most) return false;
      arguments(link.args, base);
      builder_.at({expr.span.begin, link.span.end});
      builder_.emit(Op::kCallNative, base, link.args.size(), meaning.index);
      break;
    }
    default:
      if (!context_.is_prelude) return false;
      read_meaning(meaning, name->name, base);
      arguments(link.args, base);
      builder_.at({expr.span.begin, link.span.end});
      builder_.emit(Op::kCallOffering, base, link.args.size());
  }
  builder_.release_to(mark);
  return true;
}

void FunctionCompiler::function_call(const ast::Function& function, const ast::PostfixExpr::Link& link,
                                     Register base) {
  const std::uint16_t index = context_.function_indexes.at(&function);
  builder_.function().bound_to_server |= context_.program.functions[index]->server != bytecode::kNoServer;
  const Span callee = builder_.span();
  std::size_t required = 0;
  for (std::size_t i = 0; i < function.params.size(); ++i) {
    if (!function.params[i].is_optional()) required = i + 1;
  }
  const std::size_t given = link.args.size();
  const bool fits = given >= required && given <= function.params.size();
  if (!fits) builder_.emit(Op::kLoad, base, builder_.constant(context_.function_value(function)));
  arguments(link.args, base);
  for (std::size_t i = given; fits && i < function.params.size(); ++i) {
    builder_.emit(Op::kLoad, builder_.temporary(), builder_.constant(Value::nil()));
  }
  builder_.at({callee.begin, link.span.end});
  if (fits) {
    builder_.emit(Op::kCallFunction, base, function.params.size(), index);
  } else {
    builder_.emit(Op::kCall, base, given);
  }
}

// ---- State -----------------------------------------------------------------------------------------------

std::optional<std::uint16_t> FunctionCompiler::state_field(std::string_view name, Span span) {
  const auto& server = *context_.program.servers[builder_.function().server];
  const std::uint32_t field = server.field(context_.program.symbols.intern(name));
  if (field != bytecode::ServerInfo::kNone) return static_cast<std::uint16_t>(field);
  std::vector<std::string> known;
  for (const auto& one : server.state) known.emplace_back(string::text(one.name));
  const std::string nearest = nearest_name(name, known);
  const std::string message = "server '" + server.name + "' has no state field '" + std::string(name) + "'";
  builder_.at(span);
  builder_.emit(Op::kRaise, builder_.text("name"), builder_.text(message),
                builder_.text(nearest.empty() ? "" : "did you mean `" + nearest + "`?"));
  return std::nullopt;
}

std::size_t FunctionCompiler::state_head(const ast::PostfixExpr& expr, Register base) {
  builder_.function().bound_to_server = true;
  const auto& link = expr.links[0];
  if (const std::string* name = state_read(expr)) {
    const Span span = link.kind == LinkKind::kField ? link.name.span : link.args[0]->span;
    if (const auto field = state_field(*name, span)) {
      builder_.at(span);
      builder_.emit(Op::kGetState, base, *field);
    }
    return 1;
  }
  const std::string& method = link.name.text;
  const bool is_state_method = link.kind == LinkKind::kMethod && (method == "get" || method == "set" || method == "update");
  if (!is_state_method) {
    builder_.emit(Op::kStateObject, base);
    return 0;
  }
  const std::uint32_t mark = builder_.mark();
  state_method(link, base);
  builder_.release_to(mark);
  return 1;
}

void FunctionCompiler::state_method(const ast::PostfixExpr::Link& link, Register base) {
  const std::size_t expected = link.name.text == "get" ? 1 : 2;
  if (link.args.size() != expected) {
    const std::string message = "method '" + link.name.text + "' of state expects " +
                                bytecode::expected_count(expected, expected) + ", got " +
                                std::to_string(link.args.size());
    builder_.at(link.name.span);
    builder_.emit(Op::kRaise, builder_.text("argument"), builder_.text(message), builder_.text(""));
    return;
  }
  if (link.name.text == "set") return state_set(link, base);
  if (link.name.text == "update") return state_update(link, base);
  const Register key = operand(*link.args[0]);
  builder_.at(link.span);
  builder_.emit(Op::kGetStateNamed, base, key);
}

void FunctionCompiler::state_set(const ast::PostfixExpr::Link& link, Register base) {
  const ast::Expr& key = *link.args[0];
  if (key.kind != ast::ExprKind::kString) {
    const Register name = operand_before(key, *link.args[1]);
    const Register value = operand(*link.args[1]);
    builder_.at(link.span);
    builder_.emit(Op::kSetStateNamed, base, name, value);
    return;
  }
  const auto field = state_field(ast::as<ast::StringExpr>(key).value, key.span);
  if (!field) return;
  if (state_change_in_place(*field, *link.args[1])) {
    builder_.at(link.span);
    builder_.emit(Op::kGetState, base, *field);
    return;
  }
  value_into(*link.args[1], base);
  builder_.at(link.args[1]->span);
  builder_.emit(Op::kSetState, base, *field);
}

// When the last argument fits the type given here, the changed field is known to fit its own. Nothing when that cannot be
// told from the argument.
std::optional<bytecode::TypeId> FunctionCompiler::element_type_to_check(std::uint16_t field,
                                                                        const ast::PostfixExpr::Link& link) {
  using bytecode::TypeKind;
  const auto type = context_.program.servers[builder_.function().server]->state[field].type;
  const auto& node = context_.program.types.node(type);
  const bool takes_anything =
      node.kind == TypeKind::kAny || node.kind == TypeKind::kArray || node.kind == TypeKind::kObject;
  const std::string& method = link.name.text;
  if (takes_anything || method == "pop" || method == "remove" || method == "remove_at") return bytecode::kAny;
  if (node.kind != TypeKind::kListOf && node.kind != TypeKind::kMapOf) return std::nullopt;
  if (method == "append" || method == "merge") return type;
  return node.inner;
}

// `state.set("log", state.log.push(x))`: the new value replaces the old one, so the method may change it in place.
bool FunctionCompiler::state_change_in_place(std::uint16_t field, const ast::Expr& value) {
  if (value.kind != ast::ExprKind::kPostfix) return false;
  const auto& chain = ast::as<ast::PostfixExpr>(value);
  const std::string* source = state_read(chain);
  if (source == nullptr || chain.links.size() != 2 || chain.links[1].kind != LinkKind::kMethod) return false;
  const auto& server = *context_.program.servers[builder_.function().server];
  if (string::text(server.state[field].name) != *source) return false;
  const auto& link = chain.links[1];
  if (link.args.size() > 255 || !changes_in_place(link.name.text)) return false;
  const auto element_type = element_type_to_check(field, link);
  if (!element_type) return false;
  for (const ast::ExprPtr& arg : link.args) {
    if (!is_simple(*arg)) return false;
  }
  const std::uint32_t mark = builder_.mark();
  const Register base = builder_.temporary();
  arguments(link.args, base);
  builder_.at(link.name.span);
  const auto name = builder_.text(link.name.text);
  builder_.emit(Op::kInvokeState, base, field, name, static_cast<std::uint8_t>(link.args.size()));
  const Jump done = builder_.emit_target_word();
  builder_.function().code[done].a = *element_type;
  builder_.emit_cache_word();
  builder_.emit(Op::kGetState, base, field);
  builder_.emit(Op::kInvoke, base, link.args.size(), name);
  builder_.emit_cache_word();
  builder_.emit(Op::kSetState, base, field);
  builder_.emit(Op::kClear, base);
  builder_.patch(done);
  builder_.release_to(mark);
  return true;
}

void FunctionCompiler::state_update(const ast::PostfixExpr::Link& link, Register base) {
  const ast::Expr& key = *link.args[0];
  Register name = 0;
  std::optional<std::uint16_t> field;
  if (key.kind == ast::ExprKind::kString) {
    field = state_field(ast::as<ast::StringExpr>(key).value, key.span);
    if (!field) return;
  } else {
    name = builder_.temporary();
    value_into(key, name);
  }
  const Register call = builder_.temporary();
  value_into(*link.args[1], call);
  const Register old = builder_.temporary();
  builder_.at(link.span);
  if (field) {
    builder_.emit(Op::kGetState, old, *field);
  } else {
    builder_.emit(Op::kGetStateNamed, old, name);
  }
  builder_.emit(Op::kCallOffering, call, 1);
  if (field) {
    builder_.emit(Op::kSetState, call, *field);
    take(base, call);
  } else {
    builder_.emit(Op::kSetStateNamed, base, name, call);
  }
}

// ---- send ------------------------------------------------------------------------------------------------

void FunctionCompiler::send(const ast::SendExpr& expr, Register dst) {
  const std::uint32_t mark = builder_.mark();
  const Register base = base_for(dst);
  value_into(*expr.target, base);
  value_into(*expr.args, builder_.temporary());
  if (expr.within) value_into(*expr.within, builder_.temporary());
  builder_.at(expr.span);
  builder_.emit(Op::kSend, base, 0, builder_.text(expr.method.text), expr.within ? 1 : 0);
  take(dst, base);
  builder_.release_to(mark);
}

}  // namespace relay
