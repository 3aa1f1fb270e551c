#include "analysis/builtin_types.h"

#include <map>
#include <string>
#include <unordered_map>

#include "base/check.h"
#include "bytecode/builtins.h"
#include "bytecode/methods.h"
#include "lang/parser.h"

namespace relay::analysis {
namespace {

// The signatures of one owner, parsed as a protocol.
struct Owner {
  std::vector<BuiltinType> list;
  std::unordered_map<std::string_view, std::size_t> index;
};

constexpr std::string_view kBuiltinOwner = "builtin";

std::string without_dots(std::string_view text) {
  std::string out(text);
  if (const auto dots = out.find("..."); dots != std::string::npos) out.erase(dots, 3);
  return out;
}

// Parsed at the first use and never freed.
class Tables {
 public:
  Tables() {
    for (const bytecode::TypeMethod& method : bytecode::type_methods()) add(method.type, method.signature);
    for (const bytecode::Signature& builtin : bytecode::builtin_names()) {
      if (!builtin.name.starts_with("__")) add(kBuiltinOwner, builtin);
    }
    std::string text;
    for (const auto& [owner, signatures] : signatures_) {
      text += "protocol of_" + std::string(owner) + " {\n";
      for (const auto* signature : signatures)
        text += std::string(signature->name) + without_dots(signature->text) + "\n";
      text += "}\n";
    }
    ParseResult parsed = parse(std::make_shared<SourceFile>("signatures", text));
    RELAY_CHECK(parsed.diagnostics.empty(), "a signature of bytecode/methods.h or builtins.h does not parse");
    module_ = std::move(parsed.module);
    std::size_t item = 0;
    for (const auto& [owner, signatures] : signatures_) {
      fill(owners_[owner], signatures, ast::as<ast::ProtocolDef>(*module_->items[item++]));
    }
  }

  [[nodiscard]] const Owner* owner(std::string_view name) const {
    const auto found = owners_.find(name);
    return found == owners_.end() ? nullptr : &found->second;
  }

 private:
  using Signatures = std::vector<const bytecode::Signature*>;

  void add(std::string_view owner, const bytecode::Signature& signature) {
    signatures_[owner].push_back(&signature);
  }

  static void fill(Owner& owner, const Signatures& signatures, const ast::ProtocolDef& protocol) {
    for (std::size_t i = 0; i < signatures.size(); ++i) {
      owner.index.emplace(signatures[i]->name, i);
      owner.list.push_back({signatures[i], &protocol.methods[i]});
    }
  }

  std::map<std::string_view, Signatures> signatures_;
  std::map<std::string_view, Owner> owners_;
  std::unique_ptr<ast::Module> module_;
};

const Tables& tables() {
  static const auto* const kTables = new Tables;
  return *kTables;
}

const BuiltinType* find_in(const Owner* owner, std::string_view name) {
  if (owner == nullptr) return nullptr;
  const auto found = owner->index.find(name);
  return found == owner->index.end() ? nullptr : &owner->list[found->second];
}

// The types that depend on the receiver and the arguments (bytecode/signature.h); others are those of any
// annotation.
class Resolver {
 public:
  Resolver(Definitions& definitions, TypeId receiver, std::span<const TypeId> arguments)
      : definitions_(definitions), pool_(definitions.pool), receiver_(receiver), arguments_(arguments) {}

  TypeId resolve(const ast::TypeExpr& type) {
    switch (type.kind) {
      case ast::TypeKind::kList:
        return pool_.array_of(resolve(type.parts[0]));
      case ast::TypeKind::kMap:
        return pool_.object_of(resolve(type.parts[1]));
      case ast::TypeKind::kOptional:
        return pool_.optional_of(resolve(type.parts[0]));
      case ast::TypeKind::kFn:
        return pool_.function(kUnknown);
      case ast::TypeKind::kNamed:
        break;
    }
    if (type.name == "T") return inner();
    if (type.name == "Self") return own();
    if (type.name == "More") return grown(last());
    if (type.name == "Joined") return joined();
    return definitions_.type(&type);
  }

 private:
  [[nodiscard]] bool is_collection() const {
    return pool_.kind(receiver_) == Kind::kArray || pool_.kind(receiver_) == Kind::kObject;
  }
  [[nodiscard]] TypeId inner() const { return is_collection() ? pool_.node(receiver_).inner : kAny; }
  [[nodiscard]] TypeId last() const { return arguments_.empty() ? kAny : arguments_.back(); }

  // Of an object it is not known which fields are left.
  TypeId own() {
    return pool_.fields_of(receiver_) == nullptr ? receiver_ : pool_.object_of(pool_.node(receiver_).inner);
  }

  TypeId grown(TypeId content) {
    const TypeId all = pool_.join(inner(), content);
    return pool_.kind(receiver_) == Kind::kArray ? pool_.array_of(all) : pool_.object_of(all);
  }

  TypeId joined() {
    const bool alike = pool_.kind(last()) == pool_.kind(receiver_);
    return grown(alike ? pool_.node(last()).inner : kAny);
  }

  Definitions& definitions_;
  TypePool& pool_;
  TypeId receiver_;
  std::span<const TypeId> arguments_;
};

}  // namespace

TypeId BuiltinType::parameter(Definitions& definitions, std::size_t index) const {
  if (index >= parsed->params.size() || !parsed->params[index].type) return kAny;
  return definitions.type(parsed->params[index].type.get());
}

std::vector<TypeId> BuiltinType::offered(Definitions& definitions, std::size_t index, TypeId receiver) const {
  std::vector<TypeId> types;
  if (index >= parsed->params.size() || !parsed->params[index].type) return types;
  const ast::TypeExpr& type = *parsed->params[index].type;
  if (type.kind != ast::TypeKind::kFn) return types;
  Resolver resolver(definitions, receiver, {});
  for (const ast::TypeExpr& part : type.parts) types.push_back(resolver.resolve(part));
  return types;
}

TypeId BuiltinType::result(Definitions& definitions, TypeId receiver,
                           std::span<const TypeId> arguments) const {
  if (!parsed->return_type) return kAny;
  return Resolver(definitions, receiver, arguments).resolve(*parsed->return_type);
}

TypeId resolve_type(Definitions& definitions, const ast::TypeExpr& type, TypeId receiver) {
  return Resolver(definitions, receiver, {}).resolve(type);
}

std::string_view method_owner(Kind kind) {
  switch (kind) {
    case Kind::kArray:
      return "array";
    case Kind::kObject:
    case Kind::kState:
      return "object";
    case Kind::kString:
      return "string";
    case Kind::kNumber:
      return "number";
    case Kind::kDatetime:
      return "datetime";
    case Kind::kStruct:
      return "struct";
    default:
      return {};
  }
}

const BuiltinType* find_method(std::string_view owner, std::string_view name) {
  for (const bytecode::MethodAlias& alias : bytecode::kMethodAliases) {
    if (name == alias.alias) name = alias.name;
  }
  return find_in(tables().owner(owner), name);
}

std::span<const BuiltinType> methods_of(std::string_view owner) {
  const Owner* found = tables().owner(owner);
  return found == nullptr ? std::span<const BuiltinType>() : found->list;
}

const BuiltinType* find_builtin(std::string_view name) {
  return find_in(tables().owner(kBuiltinOwner), name);
}

std::span<const BuiltinType> all_builtins() {
  return methods_of(kBuiltinOwner);
}

}  // namespace relay::analysis
