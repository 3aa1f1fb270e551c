#include "analysis/walker.h"

#include "analysis/flow.h"
#include "analysis/place_scope.h"

namespace relay::analysis {

using ast::as;
using ast::ExprKind;

Walker::Walker(const ast::Module& module, Definitions& definitions, Findings& findings)
    : module_(module),
      scopes_(module),
      definitions_(definitions),
      pool_(definitions.pool),
      findings_(findings) {
  for (const std::string& name : scopes_.program_names()) {
    const SymbolId symbol = definitions_.add_symbol(SymbolKind::kVariable, name, {}, {}, kNever);
    definitions_.symbols[symbol].scope = definitions_.whole_text();
    globals_.emplace(name, symbol);
  }
  add_named_functions(module);
  for (const BuiltinType& builtin : all_builtins()) {
    const std::string_view name = builtin.signature->name;
    builtin_symbols_.emplace(
        name, definitions_.add_symbol(SymbolKind::kBuiltin, name, {}, {}, pool_.function(kUnknown)));
  }
}

void Walker::add_named_functions(const ast::Module& module) {
  for (const ast::Function* function : scopes_.program_functions()) {
    const SymbolId symbol = definitions_.add_symbol(SymbolKind::kFunction, function->name.text,
                                                    function->name.span, function->span, kNever);
    definitions_.symbols[symbol].scope = definitions_.whole_text();
    definitions_.name_function(definitions_.add_function(*function, symbol, kUnknown));
  }
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind == ExprKind::kTestDef)
      definitions_.add_function(as<ast::TestDef>(*item).function, kNoSymbol, kUnknown);
  }
}

void Walker::run() {
  for (int round = 0; round < kMostRounds; ++round) {
    changed_ = false;
    walk_module();
    if (!changed_) break;
  }
  if (changed_) forget_everything();
  is_last_walk_ = true;
  findings_.set_mode(Findings::Mode::kSpeak);
  walk_module();
}

// Types that have not come to rest may still be too narrow.
void Walker::forget_everything() {
  for (SymbolId symbol = 0; symbol < definitions_.symbols.size(); ++symbol) {
    const SymbolKind kind = definitions_.symbols[symbol].kind;
    const bool is_bound_by_text =
        kind == SymbolKind::kVariable || kind == SymbolKind::kParameter || kind == SymbolKind::kFunction;
    if (is_bound_by_text) definitions_.forget_type(symbol);
  }
  for (FunctionInfo& function : definitions_.functions) function.returns = kAny;
}

// ---- The program -----------------------------------------------------------------------------------------

void Walker::walk_module() {
  place_ = {};
  for (const ast::ExprPtr& item : module_.items) {
    walk_item(*item, item == module_.items.back() ? Use::kValue : Use::kDropped);
  }
  if (is_last_walk()) warn_unreachable(module_.items, findings_);
}

void Walker::walk_item(const ast::Expr& item, Use use) {
  switch (item.kind) {
    case ExprKind::kStructDef:
      for (const ast::Field& field : as<ast::StructDef>(item).fields) refer_types(field.type.get());
      return;
    case ExprKind::kProtocolDef:
      for (const auto& method : as<ast::ProtocolDef>(item).methods) {
        for (const ast::Param& param : method.params) refer_types(param.type.get());
        refer_types(method.return_type.get());
      }
      return;
    case ExprKind::kServerDef:
      return walk_server(as<ast::ServerDef>(item));
    case ExprKind::kTestDef:
      return walk_test(as<ast::TestDef>(item));
    case ExprKind::kTemplateDef:
      return refer_template(as<ast::TemplateDef>(item));
    case ExprKind::kConfigDef:
      return;  // its values are literals: the compiler sees to that
    default:
      visit(item, use);
  }
}

void Walker::walk_server(const ast::ServerDef& def) {
  const std::uint32_t server = definitions_.server_index(def.name.text);
  if (definitions_.servers[server].node != &def)
    return;  // another of its name counts: checks.h has refused it
  if (def.protocol) refer(definitions_.protocol_named(def.protocol->text), def.protocol->span);
  {
    FunctionScope& scope = scopes_.of_defaults(def);
    const PlaceScope here(*this, {.scope = &scope, .server = server});
    add_variables(scope, def.span, nullptr);
    for (const ast::Field& field : def.state) {
      refer_types(field.type.get());
      if (!field.default_value) continue;
      check_state_value(field.name.text, *field.default_value, visit(*field.default_value));
    }
  }
  for (const ast::ServerDef::Method& method : def.methods) {
    walk_function(definitions_.function_index(method.function), {});
  }
}

// What gives a template its values: a receive function of that name, else a function (language.md, "Config").
void Walker::refer_template(const ast::TemplateDef& def) {
  for (const ServerInfo& server : definitions_.servers) {
    const auto method = server.methods.find(def.from.text);
    if (method == server.methods.end() || !definitions_.functions[method->second].is_receive) continue;
    return refer(definitions_.functions[method->second].symbol, def.from.span);
  }
  const std::uint32_t function = definitions_.function_named(def.from.text);
  if (function != kUnknown) refer(definitions_.functions[function].symbol, def.from.span);
}

void Walker::walk_test(const ast::TestDef& def) {
  walk_function(definitions_.function_index(def.function), {});
}

// ---- Functions -------------------------------------------------------------------------------------------

// `offered`: what a callback is called with, where that is known.
void Walker::walk_function(std::uint32_t index, std::span<const TypeId> offered) {
  FunctionInfo& info = definitions_.functions[index];
  const ast::Function& node = *info.node;
  FunctionScope& scope = scopes_.of(node);
  add_variables(scope, node.span, &info);
  for (std::size_t i = 0; i < info.params.size(); ++i) {
    refer_types(node.params[i].type.get());
    if (node.params[i].type) continue;
    changed_ |= definitions_.grow(info.params[i].symbol, i < offered.size() ? offered[i] : kAny);
  }
  refer_types(node.return_type.get());
  const std::uint32_t server = info.server == kUnknown ? place_.server : info.server;
  const std::uint32_t caller = place_.caller == kUnknown ? index : place_.caller;
  TypeId returned = kNever;
  const PlaceScope here(*this, {.scope = &scope,
                                .caller = caller,
                                .server = server,
                                .returned = &returned,
                                .checked_function = index});
  const TypeId last = walk_items(node.body.items, Use::kResult);
  const TypeId result = pool_.join(info.returns, pool_.join(returned, last));
  changed_ |= result != info.returns;
  info.returns = result;
}

TypeId Walker::walk_items(const std::vector<ast::ExprPtr>& items, Use last) {
  TypeId type = kNil;
  for (const ast::ExprPtr& item : items) type = visit(*item, item == items.back() ? last : Use::kDropped);
  if (is_last_walk()) warn_unreachable(items, findings_);
  return type;
}

// ---- Expressions -----------------------------------------------------------------------------------------

TypeId Walker::visit(const ast::Expr& expr, Use use) {
  ++observations_.visits;
  const TypeId type = visit_kind(expr, use);
  if (!is_last_walk()) return type;
  if (use == Use::kResult && expr.kind != ExprKind::kIf && expr.kind != ExprKind::kTry)
    check_result(expr, type);
  Span span = expr.span;
  if (expr.parenthesised) {
    const auto close = module_.file->text().find(')', span.end);
    if (close != std::string_view::npos) span.end = static_cast<std::uint32_t>(close) + 1;
  }
  switch (expr.kind) {
    case ExprKind::kState:
    case ExprKind::kPostfix:
      if (!expr.parenthesised) return type;  // their links have been recorded
      break;
    case ExprKind::kUnary:
    case ExprKind::kBinary:
    case ExprKind::kLogical:
    case ExprKind::kSet:
      if (!expr.parenthesised) return type;  // a dot behind them belongs to their last operand
      break;
    default:
      break;
  }
  record(span, type);
  return type;
}

void Walker::record(Span span, TypeId type) {
  if (is_last_walk() && !pool_.says_nothing(type)) observations_.expressions.push_back({span, type});
}

TypeId Walker::visit_kind(const ast::Expr& expr, Use use) {
  switch (expr.kind) {
    case ExprKind::kNil:
      return kNil;
    case ExprKind::kBool:
      return kBool;
    case ExprKind::kNumber:
      return kNumber;
    case ExprKind::kString:
      return kString;
    case ExprKind::kDatetime:
      return kDatetime;
    case ExprKind::kText:
      for (const auto& part : as<ast::TextExpr>(expr).parts) {
        if (part.expr) visit(*part.expr);
      }
      return kString;
    case ExprKind::kName:
      return read_name(as<ast::NameExpr>(expr));
    case ExprKind::kState:
      if (place_.server != kUnknown) record(expr.span, pool_.state(place_.server));
      return pool_.object_of(kAny);
    case ExprKind::kArray:
      return walk_array(as<ast::ArrayExpr>(expr));
    case ExprKind::kObject:
      return walk_object(as<ast::ObjectExpr>(expr));
    case ExprKind::kConstruct:
      return walk_construct(as<ast::ConstructExpr>(expr));
    case ExprKind::kBlock:
      return walk_block(as<ast::BlockExpr>(expr), use);
    case ExprKind::kFn:
      return walk_fn(as<ast::FnExpr>(expr), {}, use);
    case ExprKind::kUnary:
      return walk_unary(as<ast::UnaryExpr>(expr));
    case ExprKind::kBinary:
      return walk_binary(as<ast::BinaryExpr>(expr));
    case ExprKind::kLogical:
      return walk_logical(as<ast::LogicalExpr>(expr));
    case ExprKind::kPostfix:
      return walk_postfix(as<ast::PostfixExpr>(expr));
    case ExprKind::kSet:
      return walk_set(as<ast::SetExpr>(expr), use);
    case ExprKind::kReturn:
      return walk_return(as<ast::ReturnExpr>(expr));
    case ExprKind::kThrow:
      visit(*as<ast::ThrowExpr>(expr).value);
      return kNever;
    case ExprKind::kBreak:
    case ExprKind::kContinue:
      return kNever;
    case ExprKind::kIf:
      return walk_if(as<ast::IfExpr>(expr), use);
    case ExprKind::kFor:
      return walk_for(as<ast::ForExpr>(expr));
    case ExprKind::kWhile:
      return walk_while(as<ast::WhileExpr>(expr));
    case ExprKind::kTry:
      return walk_try(as<ast::TryExpr>(expr), use);
    case ExprKind::kDispatch:
      return walk_dispatch(as<ast::DispatchExpr>(expr));
    case ExprKind::kSend:
      return walk_send(as<ast::SendExpr>(expr));
    default:
      return kAny;
  }
}

}  // namespace relay::analysis
