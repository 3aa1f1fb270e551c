#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/symbol_index.h"
#include "analysis/type.h"
#include "lang/ast.h"

namespace relay::analysis {

// A parameter, a field of a struct or a field of a server's state.
struct Slot {
  std::string_view name;  // in the tree
  TypeId type = kAny;     // as annotated; kAny without
  SymbolId symbol = kNoSymbol;
  bool may_be_left_out = false;  // `optional(T)`; of state: it has no default
};

// The fields of a struct or of a state, in order, found by their names.
class Slots {
 public:
  void add(Slot slot) {
    index_.emplace(slot.name, slots_.size());
    slots_.push_back(slot);
  }
  [[nodiscard]] const Slot* find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &slots_[found->second];
  }
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] auto begin() const { return slots_.begin(); }
  [[nodiscard]] auto end() const { return slots_.end(); }

 private:
  std::vector<Slot> slots_;
  std::unordered_map<std::string_view, std::size_t> index_;
};

struct FunctionInfo {
  const ast::Function* node = nullptr;
  SymbolId symbol = kNoSymbol;  // none for a lambda
  std::vector<Slot> params;
  std::size_t required = 0;
  TypeId declared = kAny;           // kAny when no type is written
  TypeId returns = kNever;          // as far as is known
  std::uint32_t server = kUnknown;  // whose method it is
  bool is_receive = false;
};

struct StructInfo {
  const ast::StructDef* node = nullptr;
  SymbolId symbol = kNoSymbol;
  Slots fields;
};

struct ServerInfo {
  const ast::ServerDef* node = nullptr;
  SymbolId symbol = kNoSymbol;
  Slots state;
  std::unordered_map<std::string_view, std::uint32_t> methods;  // of Definitions::functions; private ones too
};

// Everything that a module defines by name, and the symbols and types of it all: what the walk of the bodies
// reads and fills.
//
// Owner: points into the tree, which must live as long.
class Definitions {
 public:
  explicit Definitions(const ast::Module& module);

  // A symbol of any kind; its type is `type` and grows with grow().
  SymbolId add_symbol(SymbolKind kind, std::string_view name, Span name_span, Span span, TypeId type);
  [[nodiscard]] TypeId type_of(SymbolId symbol) const { return types_[symbol]; }
  // True when the symbol's type has become wider.
  bool grow(SymbolId symbol, TypeId type);
  void forget_type(SymbolId symbol) { types_[symbol] = kAny; }

  // Adds a function and its parameters, which become symbols.
  std::uint32_t add_function(const ast::Function& node, SymbolId symbol, std::uint32_t server);
  // kUnknown for one that has not been added.
  [[nodiscard]] std::uint32_t function_index(const ast::Function& node) const;

  // What an annotation asks for; kAny for null and for names that mean no type.
  [[nodiscard]] TypeId type(const ast::TypeExpr* expr);
  [[nodiscard]] std::uint32_t struct_index(std::string_view name) const { return find(struct_names_, name); }
  [[nodiscard]] std::uint32_t server_index(std::string_view name) const { return find(server_names_, name); }
  // Named functions of the program, also those inside its blocks; of two with a name the last.
  [[nodiscard]] std::uint32_t function_named(std::string_view name) const {
    return find(function_names_, name);
  }
  void name_function(std::uint32_t function) {
    function_names_[functions[function].node->name.text] = function;
  }

  // The symbol of a protocol; kNoSymbol for none.
  [[nodiscard]] SymbolId protocol_named(std::string_view name) const { return find(protocol_names_, name); }

  [[nodiscard]] Span whole_text() const { return whole_text_; }
  [[nodiscard]] std::vector<std::string> server_names() const;
  [[nodiscard]] std::vector<std::string> struct_names() const;

  TypePool pool;
  std::vector<Symbol> symbols;
  std::deque<FunctionInfo> functions;  // references to them stay good while lambdas are added
  std::vector<StructInfo> structs;
  std::vector<ServerInfo> servers;

 private:
  using Names = std::unordered_map<std::string_view, std::uint32_t>;
  [[nodiscard]] static std::uint32_t find(const Names& names, std::string_view name) {
    const auto found = names.find(name);
    return found == names.end() ? kUnknown : found->second;
  }

  void declare_names(const ast::Module& module);
  void add_struct_fields(StructInfo& info);
  void add_server_members(std::uint32_t server);
  void add_protocol(const ast::ProtocolDef& def);

  Span whole_text_;
  std::vector<TypeId> types_;  // of the symbols
  std::unordered_map<const ast::Function*, std::uint32_t> function_indexes_;
  Names struct_names_;
  Names server_names_;
  Names function_names_;
  Names protocol_names_;
};

}  // namespace relay::analysis
