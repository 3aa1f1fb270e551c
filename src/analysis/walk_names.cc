#include "analysis/place_scope.h"
#include "analysis/walker.h"
#include "lang/foreign_words.h"

// Names: what they mean, and what is bound to them.

namespace relay::analysis {

Walker::Meaning Walker::resolve(std::string_view name) const {
  using Is = Meaning::Kind;
  for (FunctionScope* scope = place_.scope; scope != nullptr; scope = scope->parent) {
    const Variable* variable = scope->find(name);
    if (variable == nullptr) continue;
    const auto symbol = variable_symbols_.find(variable);
    if (symbol != variable_symbols_.end()) return {Is::kVariable, symbol->second, scope == place_.scope};
  }
  if (place_.server != kUnknown) {
    const auto& methods = definitions_.servers[place_.server].methods;
    if (const auto found = methods.find(name); found != methods.end()) return {Is::kFunction, found->second};
  }
  if (const auto found = globals_.find(name); found != globals_.end()) {
    return {Is::kVariable, found->second, place_.scope == nullptr};
  }
  if (const auto found = definitions_.function_named(name); found != kUnknown) return {Is::kFunction, found};
  if (const auto found = definitions_.server_index(name); found != kUnknown) return {Is::kServer, found};
  if (const auto found = definitions_.struct_index(name); found != kUnknown) return {Is::kStruct, found};
  if (const auto found = builtin_symbols_.find(name); found != builtin_symbols_.end())
    return {Is::kBuiltin, found->second};
  return {};
}

void Walker::add_variables(FunctionScope& scope, Span scope_span, const FunctionInfo* function) {
  for (const Variable& variable : scope.variables) {
    if (variable_symbols_.contains(&variable)) continue;
    SymbolId symbol = kNoSymbol;
    for (std::size_t i = 0; variable.is_parameter && i < function->params.size(); ++i) {
      if (function->params[i].name == variable.name) symbol = function->params[i].symbol;
    }
    if (symbol == kNoSymbol) {
      symbol = definitions_.add_symbol(SymbolKind::kVariable, variable.name, {}, {}, kNever);
      definitions_.symbols[symbol].scope = scope_span;
      if (function != nullptr) definitions_.symbols[symbol].owner = function->symbol;
    }
    if (variable.is_parameter) observations_.variable(symbol).is_bound_otherwise = true;
    variable_symbols_.emplace(&variable, symbol);
  }
  for (const ast::FnExpr* nested : scope.nested) {
    const SymbolId symbol = variable_symbols_.at(scope.find(nested->function.name.text));
    Symbol& of = definitions_.symbols[symbol];
    if (of.kind == SymbolKind::kVariable) of.kind = SymbolKind::kFunction;
    observations_.variable(symbol).is_bound_otherwise = true;
  }
}

// ---- Reading ---------------------------------------------------------------------------------------------

TypeId Walker::read_name(const ast::NameExpr& name) {
  const Meaning meaning = resolve(name.name);
  switch (meaning.kind) {
    case Meaning::Kind::kVariable:
      return read_variable(meaning, name.span);
    case Meaning::Kind::kFunction:
      refer(definitions_.functions[meaning.index].symbol, name.span);
      note_call(KnownCall::Form::kPlain, meaning.index, name.span);
      return pool_.function(meaning.index);
    case Meaning::Kind::kServer:
      refer(definitions_.servers[meaning.index].symbol, name.span);
      return pool_.server(meaning.index);
    case Meaning::Kind::kBuiltin:
      refer(meaning.index, name.span);
      return pool_.function(kUnknown);
    case Meaning::Kind::kStruct:
      refer(definitions_.structs[meaning.index].symbol, name.span);
      findings_.error(name.span, "undefined variable: " + name.name,
                      "a struct is no value; `" + name.name + "{...}` makes one");
      return kAny;
    case Meaning::Kind::kNothing:
      fail_unknown_name("variable", name);
      return kAny;
  }
  return kAny;
}

TypeId Walker::read_variable(const Meaning& meaning, Span span) {
  VariableUse& use = observations_.variable(meaning.index);
  if (!findings_.is_caught()) ++use.uncaught_reads;
  if (is_last_walk()) {
    ++use.reads;
    if (meaning.is_own && use.sets.empty() && !use.is_bound_otherwise && findings_.speaks()) {
      use.early_reads.push_back({span, place_.loop, findings_.is_in_try()});
    }
    refer(meaning.index, span);
  }
  return definitions_.type_of(meaning.index);
}

void Walker::refer(SymbolId symbol, Span span, Reference::Access access) {
  if (is_last_walk() && symbol != kNoSymbol)
    definitions_.symbols[symbol].references.push_back({span, access});
}

void Walker::fail_unknown_name(std::string_view what, const ast::NameExpr& name) {
  if (!findings_.speaks()) return;
  std::string hint;
  if (const auto instead = instead_of_name(name.name); !instead.empty()) {
    hint = "did you mean " + std::string(instead) + "?";
  } else {
    hint = findings_.nearest(name.name, [this] { return known_names(); });
  }
  findings_.error(name.span, "undefined " + std::string(what) + ": " + name.name, std::move(hint));
}

std::vector<std::string> Walker::known_names() const {
  std::vector<std::string> names;
  for (const FunctionScope* scope = place_.scope; scope != nullptr; scope = scope->parent) {
    for (const Variable& variable : scope->variables) names.emplace_back(variable.name);
  }
  if (place_.server != kUnknown) {
    for (const auto& method : definitions_.servers[place_.server].methods) names.emplace_back(method.first);
  }
  for (const Symbol& symbol : definitions_.symbols) {
    const bool is_global = symbol.kind == SymbolKind::kBuiltin || symbol.kind == SymbolKind::kServer ||
                           symbol.kind == SymbolKind::kStruct ||
                           (symbol.scope.end == definitions_.whole_text().end && symbol.owner == kNoSymbol);
    if (is_global) names.push_back(symbol.name);
  }
  return names;
}

// ---- Setting ---------------------------------------------------------------------------------------------

TypeId Walker::walk_set(const ast::SetExpr& set, Use use) {
  const TypeId type = visit(*set.value);
  const Meaning meaning = resolve(set.name.text);
  if (meaning.kind != Meaning::Kind::kVariable) return type;
  changed_ |= definitions_.grow(meaning.index, type);
  if (!is_last_walk()) return type;
  define(meaning.index, set.name.span);
  VariableUse& variable = observations_.variable(meaning.index);
  variable.sets.push_back({set.span, place_.loop});
  variable.is_set_by_closure |= !meaning.is_own;
  variable.is_value_used |= use != Use::kDropped;
  return type;
}

// `for` and `catch` names.
void Walker::bind(const ast::Word& name, TypeId type) {
  const Meaning meaning = resolve(name.text);
  if (meaning.kind != Meaning::Kind::kVariable) return;
  changed_ |= definitions_.grow(meaning.index, type);
  if (!is_last_walk()) return;
  define(meaning.index, name.span);
  observations_.variable(meaning.index).is_bound_otherwise = true;
}

// The first place in the text is the definition, all others refer to it.
void Walker::define(SymbolId symbol, Span span) {
  Symbol& of = definitions_.symbols[symbol];
  if (of.name_span.end == 0) {
    of.name_span = span;
    of.span = span;
  } else if (of.name_span.begin != span.begin) {
    refer(symbol, span, Reference::Access::kWrite);
  }
}

TypeId Walker::walk_fn(const ast::FnExpr& expr, std::span<const TypeId> offered, Use use) {
  const ast::Function& node = expr.function;
  std::uint32_t index = definitions_.function_index(node);
  if (index == kUnknown) {
    const Meaning meaning = node.name.text.empty() ? Meaning{} : resolve(node.name.text);
    const SymbolId symbol = meaning.kind == Meaning::Kind::kVariable ? meaning.index : kNoSymbol;
    index = definitions_.add_function(node, symbol, kUnknown);
    changed_ = true;
  }
  const SymbolId symbol = definitions_.functions[index].symbol;
  if (symbol != kNoSymbol && is_last_walk() && definitions_.symbols[symbol].kind == SymbolKind::kFunction) {
    define(symbol, node.name.span);
    observations_.variable(symbol).is_value_used |= use != Use::kDropped;
    if (definitions_.symbols[symbol].name_span.begin == node.name.span.begin)
      definitions_.symbols[symbol].span = node.span;
  }
  walk_function(index, offered);
  return pool_.function(index);
}

}  // namespace relay::analysis
