#include "lang/scope.h"

#include <algorithm>
#include <unordered_set>

#include "lang/walk.h"

namespace relay {

Variable* FunctionScope::find(std::string_view name) {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &variables[found->second];
}

// Two walks a function: the first finds what it binds, the second who takes it. An enclosing function comes first,
// since a `set` belongs to the nearest enclosing function that binds the name.
class ScopeBuilder {
 public:
  explicit ScopeBuilder(ScopeTable& table) : table_(table) {}

  void build(const ast::Module& module) {
    for (const ast::ExprPtr& item : module.items) declare_in_program(*item);
    for (const ast::ExprPtr& item : module.items) resolve_in_program(*item);
    for (auto& [node, scope] : table_.scopes_) {
      for (Variable& variable : scope->variables) variable.needs_cell = decide_cell(variable);
    }
  }

 private:
  // ---- The program ----
  void declare_in_program(const ast::Expr& expr) {
    switch (expr.kind) {
      case ast::ExprKind::kFn:
        if (!name_of(expr).empty()) table_.program_functions_.push_back(&ast::as<ast::FnExpr>(expr).function);
        return;
      case ast::ExprKind::kSet: program_name(ast::as<ast::SetExpr>(expr).name.text); break;
      case ast::ExprKind::kFor:
        if (const auto& key = ast::as<ast::ForExpr>(expr).key) program_name(key->text);
        program_name(ast::as<ast::ForExpr>(expr).name.text);
        break;
      case ast::ExprKind::kTry:
        if (const auto& name = ast::as<ast::TryExpr>(expr).name) program_name(name->text);
        break;
      default: break;
    }
    for_each_child(expr, [this](const ast::Expr& child) { declare_in_program(child); });
  }

  void program_name(const std::string& name) {
    if (program_names_seen_.insert(name).second) table_.program_names_.push_back(name);
  }

  void resolve_in_program(const ast::Expr& expr) {
    if (expr.kind == ast::ExprKind::kFn) return function(ast::as<ast::FnExpr>(expr).function, nullptr);
    if (expr.kind == ast::ExprKind::kTestDef) return function(ast::as<ast::TestDef>(expr).function, nullptr);
    if (expr.kind == ast::ExprKind::kServerDef) {
      for (const auto& method : ast::as<ast::ServerDef>(expr).methods) function(method.function, nullptr);
      return defaults(ast::as<ast::ServerDef>(expr));
    }
    for_each_child(expr, [this](const ast::Expr& child) { resolve_in_program(child); });
  }

  // ---- One function ----
  void function(const ast::Function& node, FunctionScope* parent) {
    FunctionScope& scope = new_scope(&node);
    scope.function = &node;
    scope.parent = parent;
    for (const ast::Param& param : node.params) declare(scope, param.name.text).is_parameter = true;
    Sets sets;
    for_each_item(node.body, [&](const ast::Expr& item) { declare_names(scope, item, 0, sets); });
    declare_sets(scope, sets);
    for_each_item(node.body, [&](const ast::Expr& item) { resolve(scope, item); });
  }

  void defaults(const ast::ServerDef& node) {
    FunctionScope& scope = new_scope(&node);
    const auto each = [&](auto&& visit) {
      for (const ast::Field& field : node.state) {
        if (field.default_value) visit(*field.default_value);
      }
    };
    Sets sets;
    each([&](const ast::Expr& value) { declare_names(scope, value, 0, sets); });
    declare_sets(scope, sets);
    each([&](const ast::Expr& value) { resolve(scope, value); });
  }

  FunctionScope& new_scope(const void* node) {
    return *table_.scopes_.emplace(node, std::make_unique<FunctionScope>()).first->second;
  }

  static std::string_view name_of(const ast::Expr& fn) { return ast::as<ast::FnExpr>(fn).function.name.text; }

  static Variable& declare(FunctionScope& scope, const std::string& name) {
    if (Variable* known = scope.find(name)) return *known;
    scope.index.emplace(name, scope.variables.size());
    return scope.variables.emplace_back(Variable{.name = name});
  }

  static void note_set(Variable& variable, std::uint32_t end, int loops) {
    ++variable.sets;
    variable.set_end = std::max(variable.set_end, end);
    variable.set_in_loop |= loops > 0;
  }

  // A `set` of one function, and in how many loops of it the `set` stands.
  struct Set {
    const ast::SetExpr* node = nullptr;
    int loops = 0;
  };
  using Sets = std::vector<Set>;

  // A `set` belongs to the function if that binds the name in another way, wherever in its text, or nobody around it does.
  static void declare_sets(FunctionScope& scope, const Sets& sets) {
    for (const Set& set : sets) {
      const std::string& name = set.node->name.text;
      if (scope.find(name) == nullptr && enclosing(scope, name)) continue;
      note_set(declare(scope, name), set.node->span.end, set.loops);
    }
  }

  // Declares what binds a name for certain, and collects the rest.
  static void declare_names(FunctionScope& scope, const ast::Expr& expr, int loops, Sets& sets) {
    switch (expr.kind) {
      case ast::ExprKind::kFn:
        if (!name_of(expr).empty()) {
          scope.nested.push_back(&ast::as<ast::FnExpr>(expr));
          note_set(declare(scope, ast::as<ast::FnExpr>(expr).function.name.text), 0, 0);
        }
        return;
      case ast::ExprKind::kSet: sets.push_back({&ast::as<ast::SetExpr>(expr), loops}); break;
      case ast::ExprKind::kFor: {
        const auto& node = ast::as<ast::ForExpr>(expr);
        if (node.key) loop_variable(scope, *node.key);
        loop_variable(scope, node.name);
        ++loops;
        break;
      }
      case ast::ExprKind::kWhile: ++loops; break;
      case ast::ExprKind::kTry: {
        const auto& node = ast::as<ast::TryExpr>(expr);
        if (node.name) note_set(declare(scope, node.name->text), node.name->span.end, loops);
        break;
      }
      default: break;
    }
    for_each_child(expr, [&, loops](const ast::Expr& child) { declare_names(scope, child, loops, sets); });
  }

  static void loop_variable(FunctionScope& scope, const ast::Word& word) {
    Variable& variable = declare(scope, word.text);
    if (variable.is_loop_variable || variable.is_parameter) note_set(variable, word.span.end, 1);
    variable.is_loop_variable = true;
  }

  // Whether an enclosing function, not the program, binds `name`.
  static bool enclosing(const FunctionScope& scope, std::string_view name) {
    for (FunctionScope* outer = scope.parent; outer != nullptr; outer = outer->parent) {
      if (outer->find(name) != nullptr) return true;
    }
    return false;
  }

  void resolve(FunctionScope& scope, const ast::Expr& expr) {
    switch (expr.kind) {
      case ast::ExprKind::kFn: return function(ast::as<ast::FnExpr>(expr).function, &scope);
      case ast::ExprKind::kName: use(scope, ast::as<ast::NameExpr>(expr).name); break;
      case ast::ExprKind::kSet: use_set(scope, ast::as<ast::SetExpr>(expr).name.text); break;
      default: break;
    }
    for_each_child(expr, [&](const ast::Expr& child) { resolve(scope, child); });
  }

  void use(FunctionScope& scope, std::string_view name) {
    if (scope.find(name) == nullptr) capture(scope, name);
  }

  void use_set(FunctionScope& scope, std::string_view name) {
    if (scope.find(name) != nullptr) return;
    if (Variable* variable = capture(scope, name)) {
      ++variable->sets;
      variable->set_in_loop = true;  // the closure may run at any time
    }
  }

  // Marks the variable of an enclosing function as taken by the closures between it and `scope`.
  Variable* capture(FunctionScope& scope, std::string_view name) {
    FunctionScope* inner = &scope;
    for (FunctionScope* outer = scope.parent; outer != nullptr; inner = outer, outer = outer->parent) {
      Variable* variable = outer->find(name);
      if (variable == nullptr) continue;
      variable->is_captured = true;
      variable->first_capture = std::min(variable->first_capture, inner->function->span.begin);
      variable->captured_from_start |= !inner->function->name.text.empty();
      return variable;
    }
    return nullptr;
  }

  // A closure may copy a variable that cannot change any more once the closure exists.
  static bool decide_cell(const Variable& variable) {
    if (!variable.is_captured) return false;
    if (variable.is_parameter) return variable.sets != 0;
    if (variable.captured_from_start) return true;
    if (variable.is_loop_variable) return variable.sets != 0;
    return variable.sets != 1 || variable.set_in_loop || variable.first_capture < variable.set_end;
  }

  ScopeTable& table_;
  std::unordered_set<std::string_view> program_names_seen_;  // names in the tree
};

ScopeTable::ScopeTable(const ast::Module& module) { ScopeBuilder(*this).build(module); }

}  // namespace relay
