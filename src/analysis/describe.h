#pragma once

#include <string>
#include <vector>

#include "analysis/builtin_types.h"
#include "analysis/definitions.h"
#include "analysis/symbol_index.h"

namespace relay::analysis {

// Types and definitions in the words of the language.

// As an annotation writes it: `[string]`, `optional(User)`; `server counter`, `{id: number}` and `fn(a:
// number) -> string` where it is known which.
[[nodiscard]] std::string type_text(const Definitions& definitions, TypeId type);
// As the messages of the running program name it: `array`, `User`.
[[nodiscard]] std::string kind_text(const Definitions& definitions, TypeId type);
// `fn add(a: number, b) -> number`, with the type of the result as far as it is known.
[[nodiscard]] std::string header_text(const Definitions& definitions, const FunctionInfo& function);
// `function 'add'`, as the messages of the running program begin; `function 'lambda'` for one without a name.
[[nodiscard]] std::string function_subject(const FunctionInfo& function);
// What a symbol is, for its hover.
[[nodiscard]] std::string symbol_text(const Definitions& definitions, SymbolId symbol);
// What may stand behind a dot after a value of the type.
[[nodiscard]] std::vector<Member> members_of(Definitions& definitions, TypeId type);
// A method of a receiver of that type, with its types filled in: `(value: any) -> array`.
[[nodiscard]] Member method_member(Definitions& definitions, const BuiltinType& method, TypeId receiver);

}  // namespace relay::analysis
