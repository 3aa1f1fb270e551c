#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/builtin_types.h"
#include "analysis/definitions.h"
#include "analysis/findings.h"
#include "analysis/observations.h"
#include "lang/ast.h"
#include "lang/scope.h"

namespace relay::analysis {

// Walks over a module and tells what its expressions are: several times in silence, until the types of all
// variables and results are known, then once aloud, with findings, references and observations. Internal to
// analyse().
//
// A variable has one type, the join of all that is ever put into it; so no finding depends on the order in
// which things run.
//
// Order: walker.cc rounds and functions, walk_names.cc, walk_values.cc, walk_calls.cc, walk_members.cc,
//        walk_control.cc, walk_servers.cc (state), walk_messages.cc.
// Bound: kMostRounds walks, each linear in the size of the tree, whose depth ast.h bounds.
class Walker {
 public:
  Walker(const ast::Module& module, Definitions& definitions, Findings& findings);

  void run();
  [[nodiscard]] Observations& observations() { return observations_; }

 private:
  static constexpr int kMostRounds = 16;

  // Who takes the value of an expression; kResult: it is what the function gives.
  enum class Use : std::uint8_t { kValue, kDropped, kResult };

  struct Meaning {
    enum class Kind : std::uint8_t { kNothing, kVariable, kFunction, kServer, kStruct, kBuiltin };
    Kind kind = Kind::kNothing;
    std::uint32_t index = kUnknown;  // SymbolId of a variable, else of Definitions
    bool is_own = false;  // a variable that the current function, or the program's top level, binds itself
  };

  // Where the walk is. Saved and restored around functions.
  struct Place {
    FunctionScope* scope = nullptr;   // null at the top level
    std::uint32_t caller = kUnknown;  // the named function or method that all calls here count for
    std::uint32_t server = kUnknown;
    TypeId* returned = nullptr;  // what `return` gives is joined into it
    std::uint32_t checked_function =
        kUnknown;  // whose result a `return` is; kUnknown inside of a value block
    Span loop;     // the outermost loop of the function; empty outside
  };
  class PlaceScope;

  // ---- Rounds, functions, blocks (walker.cc)
  void add_named_functions(const ast::Module& module);
  void walk_module();
  void walk_item(const ast::Expr& item, Use use);
  void walk_server(const ast::ServerDef& def);
  void walk_function(std::uint32_t index, std::span<const TypeId> offered);
  void refer_template(const ast::TemplateDef& def);
  void walk_test(const ast::TestDef& def);
  TypeId walk_items(const std::vector<ast::ExprPtr>& items, Use last);
  TypeId visit(const ast::Expr& expr, Use use = Use::kValue);
  TypeId visit_kind(const ast::Expr& expr, Use use);
  void record(Span span, TypeId type);
  [[nodiscard]] bool is_last_walk() const { return is_last_walk_; }
  void forget_everything();

  // ---- Names (walk_names.cc)
  [[nodiscard]] Meaning resolve(std::string_view name) const;
  void add_variables(FunctionScope& scope, Span scope_span, const FunctionInfo* function);
  SymbolId add_variable(const Variable& variable, Span scope_span);
  TypeId read_name(const ast::NameExpr& name);
  TypeId read_variable(const Meaning& meaning, Span span);
  TypeId walk_set(const ast::SetExpr& set, Use use);
  void bind(const ast::Word& name, TypeId type);
  TypeId walk_fn(const ast::FnExpr& expr, std::span<const TypeId> offered, Use use);
  void refer(SymbolId symbol, Span span, Reference::Access access = Reference::Access::kRead);
  void define(SymbolId symbol, Span span);
  void fail_unknown_name(std::string_view what, const ast::NameExpr& name);
  [[nodiscard]] std::vector<std::string> known_names() const;

  // ---- Values and operators (walk_values.cc)
  TypeId walk_array(const ast::ArrayExpr& array);
  TypeId visit_part(const ast::Expr& part);
  TypeId walk_object(const ast::ObjectExpr& object);
  TypeId walk_construct(const ast::ConstructExpr& construct);
  void check_entries(const StructInfo& info, const std::vector<ast::Entry>& entries,
                     std::span<const TypeId> types, Span made);
  [[nodiscard]] std::vector<TypeId> types_of(const std::vector<ast::Entry>& entries) const;
  void check_entry(const StructInfo& info, const ast::Entry& entry, TypeId type);
  TypeId walk_unary(const ast::UnaryExpr& unary);
  TypeId walk_binary(const ast::BinaryExpr& chain);
  TypeId apply(const ast::BinaryExpr::Link& link, TypeId left, TypeId right);
  TypeId add(TypeId left, TypeId right);
  void warn_if_never_equal(const ast::BinaryExpr::Link& link, const ast::Expr& left_expr, TypeId left,
                           TypeId right);
  TypeId walk_logical(const ast::LogicalExpr& chain);
  void refer_types(const ast::TypeExpr* type);
  void check_fits(const ast::Expr& value, TypeId type, TypeId wanted, const std::string& what);
  [[nodiscard]] bool certainly_misfits(const ast::Expr& value, TypeId type, TypeId wanted) const;

  // ---- Calls (walk_calls.cc)
  TypeId walk_postfix(const ast::PostfixExpr& expr);
  TypeId walk_named_call(const ast::PostfixExpr& expr, const ast::NameExpr& name);
  TypeId call_function(std::uint32_t index, const std::vector<ast::ExprPtr>& args, Span callee, Span call);
  TypeId call_builtin(const BuiltinType& builtin, const ast::PostfixExpr::Link& link, Span callee, Span call);
  TypeId call_struct(std::uint32_t index, const ast::PostfixExpr::Link& link, Span callee);
  TypeId call_value(TypeId callee, const ast::PostfixExpr::Link& link, Span call);
  TypeId result_of(std::uint32_t function) const;
  std::vector<TypeId> walk_arguments(const std::vector<ast::ExprPtr>& args);
  std::vector<TypeId> walk_arguments_of(std::uint32_t callee, const std::vector<ast::ExprPtr>& args);
  std::vector<TypeId> walk_arguments_of(const BuiltinType& callee, TypeId receiver,
                                        const std::vector<ast::ExprPtr>& args);
  bool check_count(const std::string& subject, std::size_t fewest, std::size_t most, std::size_t given,
                   Span span);
  void check_arguments(const BuiltinType& callee, const std::string& subject,
                       const std::vector<ast::ExprPtr>& args, std::span<const TypeId> types);
  void check_accepted(std::string_view builtin, const std::vector<ast::ExprPtr>& args,
                      std::span<const TypeId> types);

  // ---- Fields, methods, indexes (walk_members.cc)
  TypeId field_of_object(TypeId object, std::string_view name);
  TypeId read_field(TypeId of, const ast::Word& name);
  TypeId call_method(TypeId of, const ast::PostfixExpr::Link& link);
  TypeId method_result(const BuiltinType& method, TypeId receiver, const ast::PostfixExpr::Link& link,
                       std::span<const TypeId> types);
  TypeId call_struct_method(TypeId of, const ast::PostfixExpr::Link& link, std::span<const TypeId> types,
                            TypeId result);
  void fail_no_method(TypeId of, const ast::PostfixExpr::Link& link);
  TypeId index_into(TypeId of, TypeId index, Span index_span, Span span);
  TypeId field_of_struct(std::uint32_t structure, std::string_view name, Span span);

  // ---- Control (walk_control.cc)
  TypeId walk_block(const ast::BlockExpr& expr, Use use);
  TypeId walk_return(const ast::ReturnExpr& expr);
  void check_result(const ast::Expr& value, TypeId type);
  void check_offered(std::uint32_t function, std::size_t offered, Span span);
  TypeId walk_if(const ast::IfExpr& expr, Use use);
  TypeId walk_for(const ast::ForExpr& expr);
  TypeId walk_while(const ast::WhileExpr& expr);
  TypeId walk_try(const ast::TryExpr& expr, Use use);
  TypeId walk_dispatch(const ast::DispatchExpr& expr);
  TypeId walk_callback(const ast::Expr& callback, std::span<const TypeId> offered);
  TypeId result_of_callback(TypeId callback) const;

  // ---- State (walk_servers.cc)
  TypeId walk_state_chain(const ast::PostfixExpr& expr);
  TypeId call_state(const ast::PostfixExpr::Link& link);
  TypeId state_field(std::string_view name, Span span, Reference::Access access);
  void check_state_value(std::string_view field, const ast::Expr& value, TypeId type);

  // ---- Messages (walk_messages.cc)
  TypeId walk_send(const ast::SendExpr& send);
  void check_within(const ast::Expr& within, TypeId type);
  TypeId walk_message(std::string_view builtin, const std::vector<ast::ExprPtr>& args,
                      std::span<const TypeId> types);
  std::uint32_t find_method_of(const std::vector<ast::ExprPtr>& args, std::size_t first,
                               std::span<const TypeId> types);
  void walk_message_all(const std::vector<ast::ExprPtr>& args);
  std::uint32_t find_server(const ast::Expr& target, TypeId type);
  std::uint32_t find_receive(std::uint32_t server, std::string_view method, Span span);
  void check_positional(std::uint32_t method, const std::vector<ast::ExprPtr>& args, std::size_t server,
                        std::span<const TypeId> types);
  void check_named(std::uint32_t method, const ast::ObjectExpr& args, std::span<const TypeId> types,
                   Span span);
  void note_call(KnownCall::Form form, std::uint32_t to, Span span);

  const ast::Module& module_;
  ScopeTable scopes_;
  Definitions& definitions_;
  TypePool& pool_;
  Findings& findings_;
  Observations observations_;
  std::unordered_map<const Variable*, SymbolId> variable_symbols_;
  std::unordered_map<std::string_view, SymbolId> globals_;
  std::unordered_map<std::string_view, SymbolId> builtin_symbols_;
  std::unordered_map<const ast::Expr*, TypeId> part_types_;  // of what stands in array and object literals
  Place place_;
  bool changed_ = false;
  bool is_last_walk_ = false;
};

}  // namespace relay::analysis
