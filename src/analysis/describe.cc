#include "analysis/describe.h"

#include <algorithm>

#include "lang/type_names.h"

namespace relay::analysis {
namespace {

std::string params_of(const Definitions& definitions, const FunctionInfo& function) {
  std::string text;
  for (std::size_t i = 0; i < function.params.size(); ++i) {
    const ast::Param& param = function.node->params[i];
    const TypeId type = definitions.type_of(function.params[i].symbol);
    text += (text.empty() ? "" : ", ") + param.name.text;
    if (param.type) {
      text += ": " + relay::type_text(param.type.get());
    } else if (!definitions.pool.says_nothing(type)) {
      text += ": " + type_text(definitions, type);
    }
  }
  return "(" + text + ")";
}

std::string result_of(const Definitions& definitions, const FunctionInfo& function) {
  if (function.node->return_type) return " -> " + relay::type_text(function.node->return_type.get());
  if (definitions.pool.says_nothing(function.returns)) return {};
  return " -> " + type_text(definitions, function.returns);
}

std::string struct_text(const ast::StructDef& def) {
  std::string text = "struct " + def.name.text + " {";
  for (const ast::Field& field : def.fields) {
    text += (&field == &def.fields.front() ? " " : ", ") + field.name.text + ": " +
            relay::type_text(field.type.get());
  }
  return text + " }";
}

void add_fields(const Definitions& definitions, const Slots& slots, SymbolKind kind,
                std::vector<Member>& out) {
  for (const Slot& slot : slots) {
    out.push_back({std::string(slot.name), kind, type_text(definitions, definitions.type_of(slot.symbol)),
                   slot.symbol});
  }
}

// The fields of a literal, objects inside it without theirs.
std::string fields_text(const Definitions& definitions, const TypePool::Fields& fields) {
  constexpr std::size_t kShown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(fields.size(), kShown); ++i) {
    const auto& [name, type] = fields[i];
    const bool is_object = definitions.pool.kind(type) == Kind::kObject;
    text += (i == 0 ? "" : ", ") + std::string(name) + ": " +
            (is_object ? "object" : type_text(definitions, type));
  }
  return "{" + text + (fields.size() > kShown ? ", ...}" : "}");
}

// In a signature of bytecode/methods.h all types are written.
std::string signature_type_text(Definitions& definitions, const ast::TypeExpr& type, TypeId receiver) {
  if (type.kind == ast::TypeKind::kOptional) {
    return "optional(" + signature_type_text(definitions, type.parts[0], receiver) + ")";
  }
  if (type.kind != ast::TypeKind::kFn)
    return type_text(definitions, resolve_type(definitions, type, receiver));
  std::string text;
  for (const ast::TypeExpr& part : type.parts) {
    text += (text.empty() ? "" : ", ") + signature_type_text(definitions, part, receiver);
  }
  return "fn(" + text + ") -> " + signature_type_text(definitions, *type.result, receiver);
}

}  // namespace

std::string type_text(const Definitions& definitions, TypeId type) {
  const TypeNode& node = definitions.pool.node(type);
  switch (node.kind) {
    case Kind::kNever:
    case Kind::kAny:
      return "any";
    case Kind::kArray:
      return definitions.pool.says_nothing(node.inner) ? "array"
                                                       : "[" + type_text(definitions, node.inner) + "]";
    case Kind::kObject:
      if (const TypePool::Fields* fields = definitions.pool.fields_of(type))
        return fields_text(definitions, *fields);
      return definitions.pool.says_nothing(node.inner)
                 ? "object"
                 : "{string: " + type_text(definitions, node.inner) + "}";
    case Kind::kOptional:
      return "optional(" + type_text(definitions, node.inner) + ")";
    case Kind::kServer:
      return node.definition == kUnknown ? "server"
                                         : "server " + definitions.servers[node.definition].node->name.text;
    case Kind::kFunction: {
      if (node.definition == kUnknown) return "function";
      const FunctionInfo& function = definitions.functions[node.definition];
      // Without the result: that may be the function itself.
      const ast::TypePtr& result = function.node->return_type;
      return "fn" + params_text(function.node->params) +
             (result ? " -> " + relay::type_text(result.get()) : "");
    }
    default:
      return kind_text(definitions, type);
  }
}

std::string kind_text(const Definitions& definitions, TypeId type) {
  const TypeNode& node = definitions.pool.node(type);
  switch (node.kind) {
    case Kind::kNil:
      return "nil";
    case Kind::kBool:
      return "bool";
    case Kind::kNumber:
      return "number";
    case Kind::kString:
      return "string";
    case Kind::kDatetime:
      return "datetime";
    case Kind::kArray:
      return "array";
    case Kind::kState:
    case Kind::kObject:
      return "object";
    case Kind::kFunction:
      return "function";
    case Kind::kServer:
      return "server";
    case Kind::kStruct:
      return definitions.structs[node.definition].node->name.text;
    case Kind::kOptional:
      return "optional(" + kind_text(definitions, node.inner) + ")";
    default:
      return "any";
  }
}

std::string header_text(const Definitions& definitions, const FunctionInfo& function) {
  const std::string& name = function.node->name.text;
  return (function.is_receive ? "receive fn" : "fn") + (name.empty() ? "" : " " + name) +
         params_of(definitions, function) + result_of(definitions, function);
}

std::string function_subject(const FunctionInfo& function) {
  const std::string& name = function.node->name.text;
  return "function '" + (name.empty() ? "lambda" : name) + "'";
}

std::string symbol_text(const Definitions& definitions, SymbolId symbol) {
  const Symbol& of = definitions.symbols[symbol];
  const TypeId type = definitions.type_of(symbol);
  const TypeNode& node = definitions.pool.node(type);
  switch (of.kind) {
    case SymbolKind::kFunction:
    case SymbolKind::kReceive:
    case SymbolKind::kHelper:
      if (node.kind == Kind::kFunction && node.definition != kUnknown) {
        return header_text(definitions, definitions.functions[node.definition]);
      }
      return type_text(definitions, type);
    case SymbolKind::kStruct:
      return struct_text(*definitions.structs[node.definition].node);
    case SymbolKind::kServer:
      return "server " + of.name;
    case SymbolKind::kBuiltin:
      return "fn " + of.name + std::string(find_builtin(of.name)->signature->text);
    case SymbolKind::kProtocol:
      return "protocol " + of.name;
    case SymbolKind::kProtocolMethod:
      return of.type;
    default:
      return type_text(definitions, type);
  }
}

std::vector<Member> members_of(Definitions& definitions, TypeId type) {
  const TypeId present = definitions.pool.without_nil(type);
  const TypeNode node = definitions.pool.node(present);
  std::vector<Member> members;
  if (node.kind == Kind::kState) {
    add_fields(definitions, definitions.servers[node.definition].state, SymbolKind::kStateField, members);
    members.push_back({"get", SymbolKind::kMethod, "(field: string) -> any"});
    members.push_back({"set", SymbolKind::kMethod, "(field: string, value: any) -> any"});
    members.push_back({"update", SymbolKind::kMethod, "(field: string, f: fn(any) -> any) -> any"});
    return members;
  }
  if (const TypePool::Fields* fields = definitions.pool.fields_of(present)) {
    for (const auto& [name, type_of_field] : *fields) {
      members.push_back({std::string(name), SymbolKind::kStructField, type_text(definitions, type_of_field)});
    }
  }
  if (node.kind == Kind::kStruct) {
    add_fields(definitions, definitions.structs[node.definition].fields, SymbolKind::kStructField, members);
  }
  for (const BuiltinType& method : methods_of(method_owner(node.kind))) {
    members.push_back(method_member(definitions, method, present));
  }
  return members;
}

Member method_member(Definitions& definitions, const BuiltinType& method, TypeId receiver) {
  std::string text;
  for (const ast::Param& param : method.parsed->params) {
    text += (text.empty() ? "" : ", ") + param.name.text + ": " +
            signature_type_text(definitions, *param.type, receiver);
  }
  text = "(" + text + ") -> " + signature_type_text(definitions, *method.parsed->return_type, receiver);
  return {std::string(method.signature->name), SymbolKind::kMethod, std::move(text)};
}

}  // namespace relay::analysis
