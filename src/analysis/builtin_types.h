#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analysis/definitions.h"
#include "analysis/type.h"
#include "bytecode/signature.h"
#include "lang/ast.h"

namespace relay::analysis {

// A builtin function or a method of a type, with its signature read as what the language itself writes.
struct BuiltinType {
  const bytecode::Signature* signature = nullptr;
  const ast::ProtocolDef::Method* parsed = nullptr;

  // The type that argument `index` must have; kAny past the last parameter, and what depends on the receiver
  // alone.
  [[nodiscard]] TypeId parameter(Definitions& definitions, std::size_t index) const;
  // What a callback given as argument `index` gets: the types of its parameters. Empty where no callback is
  // due.
  [[nodiscard]] std::vector<TypeId> offered(Definitions& definitions, std::size_t index,
                                            TypeId receiver) const;
  // What a call gives; `receiver` is kNever for a builtin function.
  [[nodiscard]] TypeId result(Definitions& definitions, TypeId receiver,
                              std::span<const TypeId> arguments) const;
};

// A type of a signature, where that of the receiver is known; of `More` and `Joined` what they are without
// arguments.
[[nodiscard]] TypeId resolve_type(Definitions& definitions, const ast::TypeExpr& type, TypeId receiver);

// The type of language.md's table of methods that a kind of value belongs to: "array"; empty for kinds
// without methods.
[[nodiscard]] std::string_view method_owner(Kind kind);
// The method of that name, aliases included; nullptr when the type lacks it.
[[nodiscard]] const BuiltinType* find_method(std::string_view owner, std::string_view name);
[[nodiscard]] std::span<const BuiltinType> methods_of(std::string_view owner);
// nullptr for a name that is no builtin function, or one that programs cannot call.
[[nodiscard]] const BuiltinType* find_builtin(std::string_view name);
[[nodiscard]] std::span<const BuiltinType> all_builtins();

}  // namespace relay::analysis
