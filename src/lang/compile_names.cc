#include <algorithm>

#include "base/diagnostic.h"
#include "bytecode/builtins.h"
#include "lang/foreign_words.h"
#include "lang/function_compiler.h"
#include "lang/walk.h"

// Names: what they mean, reading them, setting them, and the closures that carry them along.

namespace relay {
namespace {

// Expressions whose last instruction alone writes the result, after everything has been read.
bool writes_last(const ast::Expr& expr) {
  switch (expr.kind) {
    case ast::ExprKind::kNil:
    case ast::ExprKind::kBool:
    case ast::ExprKind::kNumber:
    case ast::ExprKind::kString:
    case ast::ExprKind::kDatetime:
    case ast::ExprKind::kUnary:
    case ast::ExprKind::kBinary: return true;
    default: return false;
  }
}

}  // namespace

// Whether `expr` may read `name`; a function in it always may.
bool mentions(const ast::Expr& expr, std::string_view name) {
  if (expr.kind == ast::ExprKind::kFn) return true;
  if (const ast::NameExpr* read = as_name(expr); read != nullptr && read->name == name) return true;
  bool found = binds(expr, name);
  for_each_child(expr, [&](const ast::Expr& child) { found = found || mentions(child, name); });
  return found;
}

bool changes_in_place(std::string_view method) {
  static constexpr std::string_view kMethods[] = {"push",   "add",       "append",  "prepend", "insert", "pop",
                                                  "remove", "remove_at", "replace", "set",     "merge"};
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

FunctionCompiler::Meaning FunctionCompiler::resolve(std::string_view name) {
  if (scope_ != nullptr) {
    const auto found = scope_->index.find(name);
    if (found != scope_->index.end()) {
      return {.kind = Meaning::Kind::kLocal, .index = static_cast<std::uint16_t>(found->second)};
    }
  }
  if (const auto captured = capture(name)) return {.kind = Meaning::Kind::kCapture, .index = *captured};
  return resolve_outside(name);
}

FunctionCompiler::Meaning FunctionCompiler::resolve_outside(std::string_view name) {
  const std::uint16_t server = builder_.function().server;
  if (server != bytecode::kNoServer) {
    const auto& functions = context_.server_functions[server];
    if (const auto found = functions.find(name); found != functions.end()) {
      return {.kind = Meaning::Kind::kFunction, .function = found->second};
    }
  }
  if (const auto found = context_.globals.find(name); found != context_.globals.end()) {
    return {.kind = Meaning::Kind::kGlobal, .index = found->second};
  }
  if (const auto found = context_.functions.find(name); found != context_.functions.end()) {
    return {.kind = Meaning::Kind::kFunction, .function = found->second};
  }
  if (const auto found = context_.servers.find(name); found != context_.servers.end()) {
    return {.kind = Meaning::Kind::kServer, .index = found->second};
  }
  if (const auto found = context_.structs.find(name); found != context_.structs.end()) {
    return {.kind = Meaning::Kind::kStruct, .index = found->second};
  }
  const std::uint16_t builtin = bytecode::builtin_index(name);
  const bool is_step = name.starts_with("__");
  if (builtin != bytecode::kNoBuiltin && (!is_step || context_.is_prelude)) {
    return {.kind = Meaning::Kind::kBuiltin, .index = builtin};
  }
  if (context_.session == nullptr || is_main_) return {};
  return {.kind = Meaning::Kind::kAwaited, .index = context_.await(name)};
}

// ---- Captured variables ----------------------------------------------------------------------------------

std::optional<std::uint16_t> FunctionCompiler::capture(std::string_view name) {
  for (std::size_t i = 0; i < captured_.size(); ++i) {
    if (captured_[i].name == name) return static_cast<std::uint16_t>(i);
  }
  if (parent_ == nullptr) return std::nullopt;
  const auto provided = parent_->provide(name);
  if (!provided) return std::nullopt;
  captured_.push_back({name, provided->is_cell});
  builder_.function().captures.push_back(provided->capture);
  return static_cast<std::uint16_t>(captured_.size() - 1);
}

// Called while the closure is being made, so a temporary taken here lives until the closure has its captures.
std::optional<FunctionCompiler::Provided> FunctionCompiler::provide(std::string_view name) {
  using From = bytecode::Capture::From;
  if (scope_ != nullptr) {
    const auto found = scope_->index.find(name);
    if (found != scope_->index.end()) {
      const auto reg = static_cast<std::uint16_t>(found->second);
      return Provided{{From::kRegister, reg}, scope_->variables[reg].needs_cell};
    }
  }
  for (const LoopName& loop_name : loop_names_) {
    if (loop_name.name != name) continue;
    if (loop_name.cell) return Provided{{From::kRegister, *loop_name.cell}, true};
    const Register copy = builder_.temporary();
    builder_.emit(Op::kGetGlobal, copy, context_.globals.at(name));
    return Provided{{From::kRegister, copy}, false};
  }
  const auto index = capture(name);
  if (!index) return std::nullopt;
  return Provided{{From::kCapture, *index}, captured_[*index].is_cell};
}

void FunctionCompiler::closure(const ast::Function& function, Register dst) {
  const std::uint32_t mark = builder_.mark();
  const Span span = builder_.span();
  const std::uint16_t index = context_.add_function(function, builder_.function().server);
  bytecode::Function& compiled = *context_.program.functions[index];
  FunctionCompiler inner(context_, compiled, &context_.scopes.of(function), this);
  inner.compile_function(function);
  builder_.function().bound_to_server |= compiled.bound_to_server;
  builder_.at(span);
  if (compiled.captures.empty()) {
    builder_.emit(Op::kLoad, dst, builder_.constant(context_.function_value(function)));
  } else {
    builder_.emit(Op::kClosure, dst, index);
  }
  builder_.release_to(mark);
}

void FunctionCompiler::bind_nested_functions() {
  for (const ast::FnExpr* nested : scope_->nested) {
    const std::uint32_t mark = builder_.mark();
    builder_.at(nested->span);
    const Register value = builder_.temporary();
    closure(nested->function, value);
    bind(nested->function.name.text, value);
    builder_.release_to(mark);
  }
}

// ---- Reading ---------------------------------------------------------------------------------------------

bool FunctionCompiler::is_plain_local(const ast::Expr& expr, std::uint16_t& variable) {
  const ast::NameExpr* name = as_name(expr);
  if (name == nullptr || scope_ == nullptr) return false;
  const auto found = scope_->index.find(name->name);
  if (found == scope_->index.end() || scope_->variables[found->second].needs_cell) return false;
  variable = static_cast<std::uint16_t>(found->second);
  return true;
}

void FunctionCompiler::check_set(std::uint16_t variable) {
  const std::string name(scope_->variables[variable].name);
  builder_.emit(Op::kCheckSet, variable, builder_.text(name), builder_.text(unset_note(name)));
}

void FunctionCompiler::read_name(const ast::NameExpr& name, Register dst) {
  read_meaning(resolve(name.name), name.name, dst);
}

void FunctionCompiler::read_meaning(const Meaning& meaning, std::string_view name, Register dst) {
  switch (meaning.kind) {
    case Meaning::Kind::kLocal:
      if (scope_->variables[meaning.index].needs_cell) {
        builder_.emit(Op::kGetCell, dst, meaning.index, builder_.text(name));
        return;
      }
      if (!assigned_[meaning.index]) check_set(meaning.index);
      builder_.emit(Op::kMove, dst, meaning.index);
      return;
    case Meaning::Kind::kCapture:
      builder_.emit(captured_[meaning.index].is_cell ? Op::kGetCaptured : Op::kGetCapture, dst, meaning.index,
                    builder_.text(name));
      return;
    case Meaning::Kind::kGlobal:
      builder_.emit(Op::kGetGlobal, dst, meaning.index);
      return;
    case Meaning::Kind::kFunction: {
      const bool of_server =
          context_.program.functions[context_.function_indexes.at(meaning.function)]->server != bytecode::kNoServer;
      builder_.function().bound_to_server |= of_server;
      builder_.emit(Op::kLoad, dst, builder_.constant(context_.function_value(*meaning.function)));
      return;
    }
    case Meaning::Kind::kServer:
      builder_.emit(Op::kLoad, dst, builder_.constant(context_.program.servers[meaning.index]->handle));
      return;
    case Meaning::Kind::kBuiltin:
      builder_.emit(Op::kLoadBuiltin, dst, meaning.index);
      return;
    case Meaning::Kind::kAwaited: return read_awaited(meaning.index, "variable", name, dst);
    case Meaning::Kind::kStruct:
    case Meaning::Kind::kUnknown: return raise_undefined("variable", name);
  }
}

// Reading the variable fails while nothing has defined it; what is raised instead says what an unknown name says.
void FunctionCompiler::read_awaited(std::uint16_t slot, std::string_view what, std::string_view name, Register dst) {
  const std::uint32_t begin = builder_.here();
  builder_.emit(Op::kGetGlobal, dst, slot);
  const std::uint32_t end = builder_.here();
  const Jump known = builder_.jump(Op::kJump);
  const std::uint32_t mark = builder_.mark();
  builder_.add_handler({begin, end, builder_.here(), builder_.temporary()});
  raise_undefined(what, name);
  builder_.release_to(mark);
  builder_.patch(known);
}

void FunctionCompiler::raise_undefined(std::string_view what, std::string_view name) {
  const std::string message = "undefined " + std::string(what) + ": " + std::string(name);
  builder_.emit(Op::kRaise, builder_.text("name"), builder_.text(message), builder_.text(hint_for(name)));
}

std::string FunctionCompiler::hint_for(std::string_view name) {
  if (const auto instead = instead_of_name(name); !instead.empty()) return "did you mean " + std::string(instead) + "?";
  if (context_.structs.contains(name)) return "a struct is no value; `" + std::string(name) + "{...}` makes one";
  if (context_.hints_left-- <= 0) return {};
  std::vector<std::string> known;
  for (const FunctionCompiler* at = this; at != nullptr; at = at->parent_) {
    if (at->scope_ == nullptr) continue;
    for (const Variable& variable : at->scope_->variables) known.emplace_back(variable.name);
  }
  const auto add_all = [&known](const auto& table) {
    for (const auto& entry : table) known.emplace_back(entry.first);
  };
  if (builder_.function().server != bytecode::kNoServer) {
    add_all(context_.server_functions[builder_.function().server]);
  }
  add_all(context_.globals);
  add_all(context_.functions);
  add_all(context_.servers);
  add_all(context_.structs);
  for (const auto& builtin : bytecode::builtin_names()) {
    if (!builtin.name.starts_with("__")) known.emplace_back(builtin.name);
  }
  const std::string nearest = nearest_name(name, known);
  return nearest.empty() ? "" : "did you mean `" + nearest + "`?";
}

std::string FunctionCompiler::unset_note(std::string_view name) {
  if (!context_.globals.contains(name)) return "it is set later in this function";
  return "this function sets its own `" + std::string(name) +
         "`; the program's variable of that name cannot be changed by functions";
}

// ---- Setting ---------------------------------------------------------------------------------------------

void FunctionCompiler::set_name(const ast::SetExpr& set, Target target) {
  const std::uint32_t mark = builder_.mark();
  const Meaning meaning = resolve(set.name.text);
  if (meaning.kind == Meaning::Kind::kLocal && !scope_->variables[meaning.index].needs_cell) {
    set_local(set, meaning.index);
  } else if (meaning.kind == Meaning::Kind::kGlobal && is_main_) {
    set_global(set, meaning.index);
  } else {
    const Register value = builder_.temporary();
    value_into(*set.value, value);
    bind(set.name.text, value);
  }
  builder_.at(set.span);
  if (target.kind != Target::Kind::kDiscard) {
    Register value = meaning.index;
    if (meaning.kind != Meaning::Kind::kLocal || scope_->variables[meaning.index].needs_cell) {
      value = target.kind == Target::Kind::kInto ? target.reg : builder_.temporary();
      read_meaning(meaning, set.name.text, value);
    }
    finish(value, target);
  }
  builder_.release_to(mark);
}

Register FunctionCompiler::binding_register(std::string_view name) {
  const Meaning meaning = resolve(name);
  const bool plain = meaning.kind == Meaning::Kind::kLocal && !scope_->variables[meaning.index].needs_cell;
  return plain ? meaning.index : builder_.temporary();
}

// `value` is the variable's own register, or a temporary that is taken.
void FunctionCompiler::bind(std::string_view name, Register value) {
  const Meaning meaning = resolve(name);
  switch (meaning.kind) {
    case Meaning::Kind::kLocal:
      assigned_.add(meaning.index);
      if (!scope_->variables[meaning.index].needs_cell) return take(meaning.index, value);
      builder_.emit(Op::kSetCell, meaning.index, value);
      return;
    case Meaning::Kind::kCapture:
      builder_.emit(Op::kSetCaptured, value, meaning.index);
      return;
    default: {
      const std::uint16_t slot = context_.globals.at(name);
      builder_.emit(Op::kSetGlobal, value, slot);
      return global_written(name, slot);
    }
  }
}

std::optional<Register> FunctionCompiler::loop_cell(std::string_view name) const {
  for (const LoopName& loop_name : loop_names_) {
    if (loop_name.name == name) return loop_name.cell;
  }
  return std::nullopt;
}

// To be called behind every instruction that sets a variable of the program.
void FunctionCompiler::global_written(std::string_view name, std::uint16_t slot) {
  if (!is_main_) return;
  assigned_.add(slot);
  const std::optional<Register> cell = loop_cell(name);
  if (!cell) return;
  const std::uint32_t mark = builder_.mark();
  const Register copy = builder_.temporary();
  builder_.emit(Op::kGetGlobal, copy, slot);
  builder_.emit(Op::kSetCell, *cell, copy);
  builder_.release_to(mark);
}

// An error before the operands behind it are evaluated, when the variable is not set. No copy stays that would keep the
// value from being changed in place.
void FunctionCompiler::check_global_set(std::uint16_t slot) {
  if (assigned_[slot]) return;
  const std::uint32_t mark = builder_.mark();
  const Register copy = builder_.temporary();
  builder_.emit(Op::kGetGlobal, copy, slot);
  builder_.emit(Op::kClear, copy);
  builder_.release_to(mark);
}

void FunctionCompiler::set_local(const ast::SetExpr& set, std::uint16_t variable) {
  const ast::Expr& value = *set.value;
  if (update_in_place(set, Op::kInvokeOn, variable)) return;
  if (value.kind == ast::ExprKind::kBinary) {
    const std::uint32_t mark = builder_.mark();
    const auto& operation = ast::as<ast::BinaryExpr>(value);
    const bool one_by_one = operation.links.size() == 1 || may_grow_link_by_link(operation, set.name.text);
    binary(operation, variable, one_by_one ? variable : builder_.temporary());
    builder_.release_to(mark);
  } else if (writes_last(value)) {
    value_into(value, variable);
  } else {
    const Register temporary = builder_.temporary();
    value_into(value, temporary);
    builder_.at(set.span);
    take(variable, temporary);
  }
  assigned_.add(variable);
}

void FunctionCompiler::set_global(const ast::SetExpr& set, std::uint16_t slot) {
  put_into_global(set, slot);
  global_written(set.name.text, slot);
}

void FunctionCompiler::put_into_global(const ast::SetExpr& set, std::uint16_t slot) {
  if (update_in_place(set, Op::kInvokeGlobal, slot)) return;
  const Register value = builder_.temporary();
  if (set.value->kind == ast::ExprKind::kBinary) {
    const auto& sum = ast::as<ast::BinaryExpr>(*set.value);
    const ast::NameExpr* first = as_name(*sum.first);
    const bool adds = first != nullptr && first->name == set.name.text && sum.links.size() == 1 &&
                      sum.links[0].op == ast::BinaryOp::kAdd && !binds(*sum.links[0].operand, set.name.text);
    if (adds) {
      builder_.at(sum.first->span);
      check_global_set(slot);
      value_into(*sum.links[0].operand, value);
      builder_.at(sum.span);
      builder_.emit(Op::kAddGlobal, slot, value);
      return;
    }
  }
  value_into(*set.value, value);
  builder_.at(set.span);
  builder_.emit(Op::kSetGlobal, value, slot);
}

// `set s = s + a + b`: s itself may hold what stands after each link, so that a string grows in place. Nobody can see it
// half done: the operands do not read it, and an error leaves the function.
bool FunctionCompiler::may_grow_link_by_link(const ast::BinaryExpr& sum, std::string_view name) const {
  const ast::NameExpr* first = as_name(*sum.first);
  if (first == nullptr || first->name != name || try_depth_ != 0) return false;
  for (const ast::BinaryExpr::Link& link : sum.links) {
    if (link.op != ast::BinaryOp::kAdd || mentions(*link.operand, name)) return false;
  }
  return true;
}

}  // namespace relay
