#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace relay::analysis {

enum class SymbolKind : std::uint8_t {
  kVariable,  // of the program or of a function: `set`, `for`, `catch`
  kParameter,
  kFunction,  // `fn name`, at the top level or nested
  kServer,
  kReceive,  // `receive fn` of a server
  kHelper,   // `fn` of a server
  kStateField,
  kStruct,
  kStructField,
  kProtocol,
  kProtocolMethod,
  kBuiltin,  // a builtin function; it stands nowhere in the text
  kMethod,   // a method of a type of the language; only as a Member
};

// "variable", "receive method", "state field": for people.
[[nodiscard]] std::string_view name(SymbolKind kind);

using SymbolId = std::uint32_t;
inline constexpr SymbolId kNoSymbol = 0xFFFFFFFFu;

// A place that names a symbol. Where it is quoted, as in `send "counter" add {}` or `state.get("n")`, the
// quotes are not in the span; so a rename replaces exactly the spans.
struct Reference {
  enum class Access : std::uint8_t { kRead, kWrite };
  Span span;
  Access access = Access::kRead;
};

// Something that the program gives a name, or a builtin function.
struct Symbol {
  SymbolKind kind = SymbolKind::kVariable;
  std::string name;
  Span name_span;  // where it is defined; of a variable where the text binds it first. Empty for a builtin
  Span span;       // the whole definition; the same as name_span where there is no more
  Span scope;      // where the bare name means it; empty for fields, methods of protocols
  SymbolId owner = kNoSymbol;  // the server, struct, protocol or function that it belongs to
  std::string type;  // as an annotation or a header would write it: `[string]`, `fn add(a: number) -> number`
  std::string doc;   // the text of its `///` comment; may be empty
  std::vector<Reference> references;  // in the order of the text, the definition itself left out
};

// What may stand behind the dot.
struct Member {
  std::string name;
  SymbolKind kind = SymbolKind::kMethod;  // kMethod, kStateField, or kStructField, also of an object literal
  std::string type;                       // `(text: string) -> bool` of a method, `number` of a field
  SymbolId symbol = kNoSymbol;            // of a field of a struct or of a state
};

// Who is who in one program: for hover, definition, references, rename, completion and outlines. Offsets are
// bytes of the source text. Made by analyse() (analysis/analysis.h), also of a text with syntax errors: then
// of what could be read of it.
//
// Invariant: spans lie in the source; `references` of different symbols do not overlap.
// Bound:  all lookups are linear in the size of the program at most.
// Thread: immutable once made.
class SymbolIndex {
 public:
  // In no order that means anything; `SymbolId` is the place here.
  [[nodiscard]] std::span<const Symbol> symbols() const { return symbols_; }
  [[nodiscard]] const Symbol& symbol(SymbolId id) const { return symbols_[id]; }
  // The fields of a struct, the methods and fields of a server, the parameters of a function.
  [[nodiscard]] std::vector<SymbolId> owned_by(SymbolId owner) const;

  // The symbol whose name stands at `offset`, in its definition or in a reference. A caret behind the last
  // letter counts.
  struct Named {
    SymbolId symbol = kNoSymbol;
    Span span;
  };
  [[nodiscard]] std::optional<Named> symbol_at(std::uint32_t offset) const;

  // All names that may be written at `offset`, from the innermost scope to the builtins; what is shadowed is
  // left out.
  [[nodiscard]] std::vector<SymbolId> visible_at(std::uint32_t offset) const;

  // What may stand behind a dot after the expression that ends at `end`: fields and methods by its type.
  // Empty where nothing is known of it. A text that is being typed may end in the dot: the expression before
  // it is known all the same.
  [[nodiscard]] std::vector<Member> members_at(std::uint32_t end) const;

  // The method of a type of the language whose name stands at `offset`, and the type of what it is called on.
  struct CalledMethod {
    Span span;
    Member method;
    std::string receiver;
  };
  [[nodiscard]] std::optional<CalledMethod> method_at(std::uint32_t offset) const;

  // The smallest expression around `offset` whose type is known, and that type: `[string]`.
  struct Typed {
    Span span;
    std::string type;
  };
  [[nodiscard]] std::optional<Typed> type_at(std::uint32_t offset) const;

 private:
  friend class IndexBuilder;

  // The type of an operand: what it is called, and its members.
  struct KnownType {
    std::string text;
    std::vector<Member> members;
  };
  struct TypedSpan {
    Span span;
    std::uint32_t type = 0;  // of types_
  };

  std::vector<Symbol> symbols_;
  std::vector<KnownType> types_;
  std::vector<TypedSpan> expressions_;  // by their ends
  std::vector<CalledMethod> methods_;
};

}  // namespace relay::analysis
