#include <algorithm>

#include "analysis/describe.h"
#include "analysis/walker.h"
#include "bytecode/signature.h"

// Calls of functions by name, of builtins and of values.

namespace relay::analysis {

using ast::as;
using ast::ExprKind;
using LinkKind = ast::PostfixExpr::LinkKind;

namespace {

bool is_message_builtin(std::string_view name) {
  return name == "message" || name == "notify" || name == "notify_after" || name == "message_all";
}

// Builtins that take values of several types, which no annotation can say.
struct Accepted {
  std::string_view builtin;
  std::size_t argument;
  std::vector<Kind> kinds;
  std::string_view text;
};

const std::vector<Accepted>& accepted_kinds() {
  static const std::vector<Accepted> kAccepted = {
      {"len", 0, {Kind::kString, Kind::kArray, Kind::kObject}, "string, array or object"},
      {"number", 0, {Kind::kNumber, Kind::kString, Kind::kBool}, "number, string or bool"},
      {"message", 0, {Kind::kString, Kind::kServer}, "server or string"},
      {"notify", 0, {Kind::kString, Kind::kServer}, "server or string"},
      {"notify_after", 1, {Kind::kString, Kind::kServer}, "server or string"},
  };
  return kAccepted;
}

}  // namespace

TypeId Walker::walk_postfix(const ast::PostfixExpr& expr) {
  const ast::Expr& base = *expr.base;
  TypeId type = kAny;
  std::size_t done = 1;
  if (base.kind == ExprKind::kState && place_.server != kUnknown) {
    type = walk_state_chain(expr);
  } else if (base.kind == ExprKind::kName && expr.links[0].kind == LinkKind::kCall) {
    type = walk_named_call(expr, as<ast::NameExpr>(base));
  } else {
    type = visit(base);
    done = 0;
  }
  if (done == 1) record({expr.span.begin, expr.links[0].span.end}, type);
  for (std::size_t i = done; i < expr.links.size(); ++i) {
    const ast::PostfixExpr::Link& link = expr.links[i];
    const Span span = {expr.span.begin, link.span.end};
    switch (link.kind) {
      case LinkKind::kField:
        type = read_field(type, link.name);
        break;
      case LinkKind::kMethod:
        type = call_method(type, link);
        break;
      case LinkKind::kCall:
        type = call_value(type, link, span);
        break;
      case LinkKind::kIndex:
        type = index_into(type, visit(*link.args[0]), link.args[0]->span, span);
        break;
    }
    record(span, type);
  }
  return type;
}

TypeId Walker::walk_named_call(const ast::PostfixExpr& expr, const ast::NameExpr& name) {
  const ast::PostfixExpr::Link& link = expr.links[0];
  const Span call = {expr.span.begin, link.span.end};
  const Meaning meaning = resolve(name.name);
  switch (meaning.kind) {
    case Meaning::Kind::kFunction:
      refer(definitions_.functions[meaning.index].symbol, name.span);
      note_call(KnownCall::Form::kPlain, meaning.index, name.span);
      return call_function(meaning.index, link.args, name.span, call);
    case Meaning::Kind::kStruct:
      refer(definitions_.structs[meaning.index].symbol, name.span);
      return call_struct(meaning.index, link, name.span);
    case Meaning::Kind::kBuiltin:
      refer(meaning.index, name.span);
      return call_builtin(*find_builtin(name.name), link, name.span, call);
    case Meaning::Kind::kNothing:
      fail_unknown_name("function", name);
      walk_arguments(link.args);
      return kAny;
    default:
      return call_value(visit(name), link, call);
  }
}

// ---- Functions of the program ----------------------------------------------------------------------------

TypeId Walker::call_function(std::uint32_t index, const std::vector<ast::ExprPtr>& args, Span callee,
                             Span call) {
  const std::vector<TypeId> types = walk_arguments_of(index, args);
  const FunctionInfo& function = definitions_.functions[index];
  const std::string subject = function_subject(function);
  if (!check_count(subject, function.required, function.params.size(), args.size(),
                   {callee.begin, call.end})) {
    return result_of(index);
  }
  for (std::size_t i = 0; i < args.size(); ++i) {
    check_fits(*args[i], types[i], function.params[i].type,
               subject + ": parameter '" + std::string(function.params[i].name) + "'");
  }
  return result_of(index);
}

// A function may always give nil in place of what it declares; that it does counts where its body shows it.
TypeId Walker::result_of(std::uint32_t function) const {
  const FunctionInfo& info = definitions_.functions[function];
  if (info.declared == kAny) return info.returns;
  const Kind kind = pool_.kind(info.returns);
  const bool may_be_nil = kind == Kind::kNil || kind == Kind::kOptional;
  return may_be_nil ? pool_.optional_of(info.declared) : info.declared;
}

TypeId Walker::call_value(TypeId callee, const ast::PostfixExpr::Link& link, Span call) {
  const TypeNode node = pool_.node(callee);
  if (node.kind == Kind::kFunction && node.definition != kUnknown) {
    // One that is caught is not noted: where the value was named, its function counts as called already.
    if (!findings_.is_caught()) note_call(KnownCall::Form::kPlain, node.definition, call);
    return call_function(node.definition, link.args, call, call);
  }
  walk_arguments(link.args);
  if (pool_.cannot_fit(callee, pool_.function(kUnknown))) {
    findings_.error(call, "cannot call " + kind_text(definitions_, callee));
  }
  return kAny;
}

TypeId Walker::call_struct(std::uint32_t index, const ast::PostfixExpr::Link& link, Span callee) {
  const std::vector<TypeId> types = walk_arguments(link.args);
  const std::string subject = "struct '" + definitions_.structs[index].node->name.text + "'";
  if (!check_count(subject, 1, 1, types.size(), callee)) return pool_.structure(index);
  if (pool_.cannot_fit(types[0], pool_.object_of(kAny))) {
    findings_.error(callee, subject + " is made from an object, got " + kind_text(definitions_, types[0]));
  }
  if (link.args[0]->kind == ExprKind::kObject && is_last_walk()) {
    const auto& entries = as<ast::ObjectExpr>(*link.args[0]).entries;
    check_entries(definitions_.structs[index], entries, types_of(entries), callee);
  }
  return pool_.structure(index);
}

// ---- Builtins --------------------------------------------------------------------------------------------

TypeId Walker::call_builtin(const BuiltinType& builtin, const ast::PostfixExpr::Link& link, Span callee,
                            Span call) {
  const bytecode::Signature& signature = *builtin.signature;
  const std::string subject = "function '" + std::string(signature.name) + "'";
  std::vector<TypeId> types;
  if (signature.name == "assert_throws") {
    const auto expected = findings_.where_failing_is_expected();
    types = walk_arguments(link.args);
  } else {
    types = walk_arguments(link.args);
  }
  const TypeId result = builtin.result(definitions_, kNever, types);
  if (!check_count(subject, signature.fewest, signature.most, types.size(), {callee.begin, call.end}))
    return result;
  check_arguments(builtin, subject, link.args, types);
  check_accepted(signature.name, link.args, types);
  return is_message_builtin(signature.name) ? walk_message(signature.name, link.args, types) : result;
}

void Walker::check_accepted(std::string_view builtin, const std::vector<ast::ExprPtr>& args,
                            std::span<const TypeId> types) {
  for (const Accepted& accepted : accepted_kinds()) {
    if (accepted.builtin != builtin || accepted.argument >= types.size()) continue;
    const TypeId type = types[accepted.argument];
    if (pool_.says_nothing(type)) continue;
    const auto fits = [&](Kind kind) {
      return std::find(accepted.kinds.begin(), accepted.kinds.end(), kind) != accepted.kinds.end();
    };
    const auto [first, second] = pool_.alternatives(type);
    if (fits(first) || fits(second)) continue;
    findings_.error(args[accepted.argument]->span, "function '" + std::string(builtin) + "': argument " +
                                                       std::to_string(accepted.argument + 1) + " must be " +
                                                       std::string(accepted.text) + ", got " +
                                                       kind_text(definitions_, type));
  }
}

// ---- Arguments -------------------------------------------------------------------------------------------

std::vector<TypeId> Walker::walk_arguments(const std::vector<ast::ExprPtr>& args) {
  std::vector<TypeId> types;
  types.reserve(args.size());
  for (const ast::ExprPtr& arg : args) types.push_back(visit(*arg));
  return types;
}

// A function that is written as an argument, and that the callee calls within `try` alone, may be meant to
// fail.
std::vector<TypeId> Walker::walk_arguments_of(std::uint32_t callee, const std::vector<ast::ExprPtr>& args) {
  std::vector<TypeId> types;
  types.reserve(args.size());
  const auto is_caught = [&](std::size_t i) {
    const auto& params = definitions_.functions[callee].params;
    return args[i]->kind == ExprKind::kFn && i < params.size() &&
           observations_.variable(params[i].symbol).uncaught_reads == 0;
  };
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!is_caught(i)) {
      types.push_back(visit(*args[i]));
      continue;
    }
    const auto here = findings_.in_try();
    types.push_back(visit(*args[i]));
  }
  return types;
}

// A function written where a callback is due is called with what the method offers and with nothing else.
std::vector<TypeId> Walker::walk_arguments_of(const BuiltinType& callee, TypeId receiver,
                                              const std::vector<ast::ExprPtr>& args) {
  std::vector<TypeId> types;
  types.reserve(args.size());
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::vector<TypeId> offered = callee.offered(definitions_, i, receiver);
    types.push_back(walk_callback(*args[i], offered));
    const TypeNode node = pool_.node(types.back());
    if (!offered.empty() && node.kind == Kind::kFunction)
      check_offered(node.definition, offered.size(), args[i]->span);
  }
  return types;
}

bool Walker::check_count(const std::string& subject, std::size_t fewest, std::size_t most, std::size_t given,
                         Span span) {
  const bool fits = given >= fewest && (given <= most || most == bytecode::kMany);
  if (!fits) {
    findings_.error(span, subject + " expects " + bytecode::expected_count(fewest, most) + ", got " +
                              std::to_string(given));
  }
  return fits;
}

void Walker::check_arguments(const BuiltinType& callee, const std::string& subject,
                             const std::vector<ast::ExprPtr>& args, std::span<const TypeId> types) {
  if (!findings_.speaks()) return;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const TypeId wanted = callee.parameter(definitions_, i);
    if (!pool_.cannot_fit(types[i], wanted)) continue;
    findings_.error(args[i]->span, subject + ": argument " + std::to_string(i + 1) + " must be " +
                                       kind_text(definitions_, pool_.without_nil(wanted)) + ", got " +
                                       kind_text(definitions_, types[i]));
  }
}

}  // namespace relay::analysis
