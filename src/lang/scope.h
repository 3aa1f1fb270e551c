#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lang/ast.h"

namespace relay {

// A variable of one function: a parameter, a `for` or `catch` name, a nested `fn`, or a name that the function sets and no
// enclosing function binds (spec language.md, "Names and scope").
struct Variable {
  std::string_view name;  // in the tree
  bool is_parameter = false;
  bool is_captured = false;
  // It lives in a cell: a closure took it while it could still change. Other captured variables are copied.
  bool needs_cell = false;

  // What decides needs_cell.
  std::uint32_t sets = 0;               // times that the text binds it, parameters aside
  std::uint32_t set_end = 0;            // where the last of these ends
  bool set_in_loop = false;
  bool is_loop_variable = false;
  std::uint32_t first_capture = UINT32_MAX;  // where the first closure that takes it begins
  bool captured_from_start = false;     // by a nested `fn`, which exists from the start of the body
};

// One function of the program and what it binds. The program itself is no such scope: its names are slots that all
// functions read.
struct FunctionScope {
  const ast::Function* function = nullptr;  // null for the defaults of a server's state
  FunctionScope* parent = nullptr;  // the enclosing function; null when the program or a server encloses it
  std::vector<Variable> variables;
  std::unordered_map<std::string_view, std::uint32_t> index;
  std::vector<const ast::FnExpr*> nested;  // named functions of the body, bound from its start

  [[nodiscard]] Variable* find(std::string_view name);
};

// All scopes of a module, by function.
class ScopeTable {
 public:
  // Resolves all functions of `module`. Names of the program are those that top-level code binds.
  explicit ScopeTable(const ast::Module& module);

  [[nodiscard]] FunctionScope& of(const ast::Function& function) const { return *scopes_.at(&function); }
  // The defaults of a server's state share one scope, as if they were the body of a function.
  [[nodiscard]] FunctionScope& of_defaults(const ast::ServerDef& server) const { return *scopes_.at(&server); }
  // The variables of the program, in the order of their first binding: their slots.
  [[nodiscard]] const std::vector<std::string>& program_names() const { return program_names_; }
  // Named functions of top-level code, also those inside its blocks.
  [[nodiscard]] const std::vector<const ast::Function*>& program_functions() const { return program_functions_; }

 private:
  friend class ScopeBuilder;
  std::unordered_map<const void*, std::unique_ptr<FunctionScope>> scopes_;  // by ast::Function or ast::ServerDef
  std::vector<std::string> program_names_;
  std::vector<const ast::Function*> program_functions_;
};

}  // namespace relay
