#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "bytecode/program.h"
#include "lang/ast.h"
#include "lang/scope.h"
#include "lang/session_names.h"

namespace relay {

// Where the functions that are known by name at load stand: the program's, or one server's.
using FunctionNames = std::unordered_map<std::string_view, const ast::Function*>;

// What a module declares, shared by the compilers of its functions.
struct CompileContext {
  // `session`: what earlier inputs have defined, to which this one's names are added; null: the module stands alone.
  CompileContext(const ast::Module& a_module, bytecode::Program& a_program, std::vector<Diagnostic>& all_diagnostics,
                 SessionNames* a_session = nullptr);

  SessionNames* const session;
  const ast::Module& module;
  const ScopeTable scopes;
  bytecode::Program& program;
  std::vector<Diagnostic>& diagnostics;
  int hints_left = 200;  // each looks at all names; nobody reads so many
  bool said_too_large = false;  // more of the kind would say the same
  bool is_prelude = false;  // only the prelude may name the `__` steps, and offers arguments to callbacks

  std::unordered_map<std::string_view, std::uint16_t> globals;  // slot by name
  FunctionNames functions;                                      // of the program, last of a name
  std::unordered_map<std::string_view, std::uint16_t> structs;
  std::unordered_map<std::string_view, std::uint16_t> servers;
  std::vector<FunctionNames> server_functions;                  // by server
  std::unordered_map<const ast::Function*, std::uint16_t> function_indexes;
  std::unordered_map<const ast::Function*, Value> function_values;  // of those that capture nothing

  // Gives a variable of the program its slot, unless it has one.
  void declare_variable(const std::string& name);
  // The newest definition of a name is what it means from now on.
  void name_struct(const std::string& name, std::uint16_t index);
  void name_newest_server();
  // In a session: the slot of a name that means nothing yet, for functions that may run when it does.
  [[nodiscard]] std::uint16_t await(std::string_view name);
  // Reserves the function's place in the program; its code comes later.
  std::uint16_t add_function(const ast::Function& function, std::uint16_t server);
  // The value of a function that captures nothing: one for all its uses.
  const Value& function_value(const ast::Function& function);
  [[nodiscard]] bytecode::TypeId type(const ast::TypeExpr* expr);
  void error(Span span, std::string message);

 private:
  [[nodiscard]] std::uint16_t new_slot(std::string_view name);
};

// The value of an expression that is one at load: a literal, or an array or object of such. Immortal.
[[nodiscard]] std::optional<Value> constant_value(CompileContext& context, const ast::Expr& expr);

}  // namespace relay
