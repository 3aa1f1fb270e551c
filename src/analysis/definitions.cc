#include "analysis/definitions.h"

#include <algorithm>

#include "lang/type_names.h"

namespace relay::analysis {
namespace {

using ast::as;
using ast::ExprKind;

Span span_of(const ast::Field& field) {
  const std::uint32_t end = field.default_value ? field.default_value->span.end : field.type->span.end;
  return {field.name.span.begin, std::max(end, field.name.span.end)};
}

}  // namespace

std::vector<std::string> Slots::names() const {
  std::vector<std::string> names;
  for (const Slot& slot : slots_) names.emplace_back(slot.name);
  return names;
}

Definitions::Definitions(const ast::Module& module)
    : whole_text_{0, static_cast<std::uint32_t>(module.file->text().size())} {
  declare_names(module);
  for (StructInfo& info : structs) add_struct_fields(info);
  for (std::uint32_t server = 0; server < servers.size(); ++server) add_server_members(server);
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind == ExprKind::kProtocolDef) add_protocol(as<ast::ProtocolDef>(*item));
  }
}

void Definitions::declare_names(const ast::Module& module) {
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind == ExprKind::kStructDef) {
      const auto& def = as<ast::StructDef>(*item);
      const auto index = static_cast<std::uint32_t>(structs.size());
      struct_names_[def.name.text] = index;
      const SymbolId symbol =
          add_symbol(SymbolKind::kStruct, def.name.text, def.name.span, def.span, pool.structure(index));
      symbols[symbol].scope = whole_text_;
      symbols[symbol].doc = def.doc;
      structs.push_back({&def, symbol, {}});
    }
    if (item->kind == ExprKind::kServerDef) {
      const auto& def = as<ast::ServerDef>(*item);
      const auto index = static_cast<std::uint32_t>(servers.size());
      server_names_[def.name.text] = index;
      const SymbolId symbol =
          add_symbol(SymbolKind::kServer, def.name.text, def.name.span, def.span, pool.server(index));
      symbols[symbol].scope = whole_text_;
      symbols[symbol].doc = def.doc;
      servers.push_back({&def, symbol, {}, {}});
    }
  }
}

void Definitions::add_struct_fields(StructInfo& info) {
  for (const ast::Field& field : info.node->fields) {
    const TypeId field_type = type(field.type.get());
    const SymbolId symbol =
        add_symbol(SymbolKind::kStructField, field.name.text, field.name.span, span_of(field), field_type);
    symbols[symbol].owner = info.symbol;
    symbols[symbol].doc = field.doc;
    info.fields.add({field.name.text, field_type, symbol, field.type->kind == ast::TypeKind::kOptional});
  }
}

void Definitions::add_server_members(std::uint32_t server) {
  const ast::ServerDef& def = *servers[server].node;
  const SymbolId owner = servers[server].symbol;
  for (const ast::Field& field : def.state) {
    const TypeId declared = type(field.type.get());
    const TypeId field_type = field.default_value ? declared : pool.optional_of(declared);
    const SymbolId symbol =
        add_symbol(SymbolKind::kStateField, field.name.text, field.name.span, span_of(field), field_type);
    symbols[symbol].owner = owner;
    symbols[symbol].doc = field.doc;
    servers[server].state.add({field.name.text, declared, symbol, field.default_value == nullptr});
  }
  for (const ast::ServerDef::Method& method : def.methods) {
    const ast::Function& function = method.function;
    const bool is_receive = method.kind == ast::ServerDef::MethodKind::kReceive;
    const SymbolId symbol = add_symbol(is_receive ? SymbolKind::kReceive : SymbolKind::kHelper,
                                       function.name.text, function.name.span, function.span, kNever);
    symbols[symbol].owner = owner;
    symbols[symbol].scope = def.span;
    const std::uint32_t index = add_function(function, symbol, server);
    functions[index].is_receive = is_receive;
    servers[server].methods[function.name.text] = index;
  }
}

void Definitions::add_protocol(const ast::ProtocolDef& def) {
  const SymbolId protocol = add_symbol(SymbolKind::kProtocol, def.name.text, def.name.span, def.span, kAny);
  protocol_names_[def.name.text] = protocol;
  symbols[protocol].scope = whole_text_;
  symbols[protocol].doc = def.doc;
  for (const ast::ProtocolDef::Method& method : def.methods) {
    const SymbolId symbol =
        add_symbol(SymbolKind::kProtocolMethod, method.name.text, method.name.span, method.name.span, kAny);
    symbols[symbol].owner = protocol;
    symbols[symbol].doc = method.doc;
    symbols[symbol].type = method.name.text + params_text(method.params);
    if (method.return_type) symbols[symbol].type += " -> " + type_text(method.return_type.get());
    for (const ast::Param& param : method.params) {
      const SymbolId of_method = add_symbol(SymbolKind::kParameter, param.name.text, param.name.span,
                                            param.name.span, type(param.type.get()));
      symbols[of_method].owner = symbol;
    }
  }
}

SymbolId Definitions::add_symbol(SymbolKind kind, std::string_view name, Span name_span, Span span,
                                 TypeId type) {
  const auto id = static_cast<SymbolId>(symbols.size());
  Symbol symbol;
  symbol.kind = kind;
  symbol.name = name;
  symbol.name_span = name_span;
  symbol.span = span;
  symbols.push_back(std::move(symbol));
  types_.push_back(type);
  return id;
}

bool Definitions::grow(SymbolId symbol, TypeId type) {
  const TypeId joined = pool.join(types_[symbol], type);
  if (joined == types_[symbol]) return false;
  types_[symbol] = joined;
  return true;
}

std::uint32_t Definitions::add_function(const ast::Function& node, SymbolId symbol, std::uint32_t server) {
  const auto index = static_cast<std::uint32_t>(functions.size());
  FunctionInfo info;
  info.node = &node;
  info.symbol = symbol;
  info.server = server;
  info.declared = type(node.return_type.get());
  for (const ast::Param& param : node.params) {
    const TypeId param_type = type(param.type.get());
    const Span span = {param.name.span.begin, param.type ? param.type->span.end : param.name.span.end};
    const SymbolId param_symbol = add_symbol(SymbolKind::kParameter, param.name.text, param.name.span, span,
                                             param.type ? param_type : kNever);
    symbols[param_symbol].owner = symbol;
    symbols[param_symbol].scope = node.span;
    info.params.push_back({param.name.text, param_type, param_symbol, param.is_optional()});
    if (!param.is_optional()) info.required = info.params.size();
  }
  functions.push_back(std::move(info));
  function_indexes_.emplace(&node, index);
  if (symbol == kNoSymbol) return index;
  grow(symbol, pool.function(index));
  symbols[symbol].doc = node.doc;
  return index;
}

std::uint32_t Definitions::function_index(const ast::Function& node) const {
  const auto found = function_indexes_.find(&node);
  return found == function_indexes_.end() ? kUnknown : found->second;
}

TypeId Definitions::type(const ast::TypeExpr* expr) {
  if (expr == nullptr) return kAny;
  const auto part = [&](std::size_t index) {
    return expr->parts.size() > index ? type(&expr->parts[index]) : kAny;
  };
  switch (expr->kind) {
    case ast::TypeKind::kList:
      return pool.array_of(part(0));
    case ast::TypeKind::kMap:
      return pool.object_of(part(1));
    case ast::TypeKind::kOptional:
      return pool.optional_of(part(0));
    case ast::TypeKind::kFn:
      return pool.function(kUnknown);
    case ast::TypeKind::kNamed:
      break;
  }
  static const std::unordered_map<std::string_view, TypeId> kPlain = {
      {"nil", kNil}, {"bool", kBool}, {"number", kNumber}, {"string", kString}, {"datetime", kDatetime}};
  if (const auto found = kPlain.find(expr->name); found != kPlain.end()) return found->second;
  if (expr->name == "array") return pool.array_of(kAny);
  if (expr->name == "object") return pool.object_of(kAny);
  if (expr->name == "function") return pool.function(kUnknown);
  if (expr->name == "server") return pool.server(kUnknown);
  const std::uint32_t structure = struct_index(expr->name);
  return structure == kUnknown ? kAny : pool.structure(structure);
}

std::vector<std::string> Definitions::server_names() const {
  std::vector<std::string> names;
  for (const ServerInfo& server : servers) names.push_back(server.node->name.text);
  return names;
}

std::vector<std::string> Definitions::struct_names() const {
  std::vector<std::string> names;
  for (const StructInfo& structure : structs) names.push_back(structure.node->name.text);
  return names;
}

}  // namespace relay::analysis
