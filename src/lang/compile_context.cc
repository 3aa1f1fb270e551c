#include "lang/compile_context.h"

#include "value/array.h"
#include "value/boxed.h"
#include "value/function.h"
#include "value/object.h"

namespace relay {
namespace {

using bytecode::TypeKind;

// Instructions name functions in 16 bits.
constexpr std::size_t kMaxFunctions = 65'000;
constexpr std::size_t kMaxVariables = 65'000;

std::optional<TypeKind> plain_type(std::string_view name) {
  static const std::unordered_map<std::string_view, TypeKind> kNames = {
      {"any", TypeKind::kAny},           {"nil", TypeKind::kNil},           {"bool", TypeKind::kBool},
      {"number", TypeKind::kNumber},     {"string", TypeKind::kString},     {"datetime", TypeKind::kDatetime},
      {"array", TypeKind::kArray},       {"object", TypeKind::kObject},     {"function", TypeKind::kFunction},
      {"server", TypeKind::kServer},
  };
  const auto found = kNames.find(name);
  if (found == kNames.end()) return std::nullopt;
  return found->second;
}

// A literal in plain form, not yet immortal but for its strings: those are symbols, so that keys are found by identity.
std::optional<Value> literal(SymbolTable& symbols, const ast::Expr& expr) {
  switch (expr.kind) {
    case ast::ExprKind::kNil: return Value::nil();
    case ast::ExprKind::kBool: return Value(ast::as<ast::BoolExpr>(expr).value);
    case ast::ExprKind::kNumber: return Value(ast::as<ast::NumberExpr>(expr).value);
    case ast::ExprKind::kString: return symbols.intern(ast::as<ast::StringExpr>(expr).value);
    case ast::ExprKind::kDatetime: return datetime::make(ast::as<ast::DatetimeExpr>(expr).nanoseconds);
    case ast::ExprKind::kUnary: {
      const auto& unary = ast::as<ast::UnaryExpr>(expr);
      if (unary.op != ast::UnaryOp::kNegate || unary.operand->kind != ast::ExprKind::kNumber) return std::nullopt;
      return Value(-ast::as<ast::NumberExpr>(*unary.operand).value);
    }
    case ast::ExprKind::kArray: {
      Value array = array::make();
      for (const ast::ExprPtr& item : ast::as<ast::ArrayExpr>(expr).items) {
        auto element = literal(symbols, *item);
        if (!element) return std::nullopt;
        array::push(array, std::move(*element));
      }
      return array;
    }
    case ast::ExprKind::kObject: {
      Value object = object::make();
      for (const ast::Entry& entry : ast::as<ast::ObjectExpr>(expr).entries) {
        auto content = literal(symbols, *entry.value);
        if (!content) return std::nullopt;
        object::set(object, symbols.intern(entry.key.text), std::move(*content));
      }
      return object;
    }
    default: return std::nullopt;
  }
}

}  // namespace

CompileContext::CompileContext(const ast::Module& a_module, bytecode::Program& a_program,
                               std::vector<Diagnostic>& all_diagnostics, SessionNames* a_session)
    : session(a_session), module(a_module), scopes(a_module), program(a_program), diagnostics(all_diagnostics) {
  server_functions.resize(program.servers.size());
  if (session == nullptr) return;
  globals.insert(session->variables.begin(), session->variables.end());
  structs.insert(session->structs.begin(), session->structs.end());
  servers.insert(session->servers.begin(), session->servers.end());
}

std::uint16_t CompileContext::new_slot(std::string_view name) {
  if (program.globals.size() >= kMaxVariables && !said_too_large) {
    said_too_large = true;
    error({}, "the program has more than 65,000 variables");
  }
  program.globals.push_back(program.symbols.intern(name));
  return static_cast<std::uint16_t>(program.globals.size() - 1);
}

void CompileContext::declare_variable(const std::string& name) {
  if (globals.contains(name)) return;
  if (session == nullptr) {
    globals.emplace(name, new_slot(name));
    return;
  }
  const auto awaited = session->awaited.extract(name);
  const std::uint16_t slot = awaited ? awaited.mapped() : new_slot(name);
  globals.emplace(session->variables.emplace(name, slot).first->first, slot);
}

void CompileContext::name_struct(const std::string& name, std::uint16_t index) {
  structs.insert_or_assign(name, index);
  if (session != nullptr) session->structs[name] = index;
}

void CompileContext::name_newest_server() {
  const bytecode::ServerInfo& server = *program.servers.back();
  const std::string& name = server.name;
  const auto index = static_cast<std::uint16_t>(program.servers.size() - 1);
  servers.insert_or_assign(name, index);
  server_functions.emplace_back();
  if (session == nullptr) return;
  session->servers[name] = index;
  globals.erase(name);
  session->variables.erase(name);
  const auto awaited = session->awaited.extract(name);
  if (awaited) program.definitions.push_back({awaited.mapped(), server.handle});
}

std::uint16_t CompileContext::await(std::string_view name) {
  const auto known = session->awaited.find(std::string(name));
  if (known != session->awaited.end()) return known->second;
  return session->awaited.emplace(name, new_slot(name)).first->second;
}

std::uint16_t CompileContext::add_function(const ast::Function& function, std::uint16_t server) {
  auto compiled = std::make_unique<bytecode::Function>();
  compiled->name = program.symbols.intern(function.name.text.empty() ? "lambda" : function.name.text);
  compiled->source = module.file;
  compiled->span = function.span;
  compiled->server = server;
  compiled->is_prelude = is_prelude;
  const auto index = static_cast<std::uint16_t>(program.functions.size());
  if (program.functions.size() >= kMaxFunctions && !said_too_large) {
    said_too_large = true;
    error(function.span, "the program has more than 65,000 functions");
  }
  program.functions.push_back(std::move(compiled));
  function_indexes.emplace(&function, index);
  return index;
}

const Value& CompileContext::function_value(const ast::Function& function) {
  Value& value = function_values[&function];
  if (value.is_undefined()) {
    const auto index = function_indexes.at(&function);
    value = program.arena.keep(function::make(program.functions[index].get(), 0));
  }
  return value;
}

bytecode::TypeId CompileContext::type(const ast::TypeExpr* expr) {
  if (expr == nullptr) return bytecode::kAny;
  switch (expr->kind) {
    case ast::TypeKind::kFn: return program.types.intern({.kind = TypeKind::kFunction});
    case ast::TypeKind::kList: {
      const auto inner = type(&expr->parts[0]);
      return program.types.intern({.kind = TypeKind::kListOf, .inner = inner});
    }
    case ast::TypeKind::kMap: {
      const auto inner = type(&expr->parts[1]);
      return program.types.intern({.kind = TypeKind::kMapOf, .inner = inner});
    }
    case ast::TypeKind::kOptional: {
      const auto inner = type(&expr->parts[0]);
      return program.types.intern({.kind = TypeKind::kOptional, .inner = inner});
    }
    case ast::TypeKind::kNamed: break;
  }
  if (const auto kind = plain_type(expr->name)) return program.types.intern({.kind = *kind});
  const auto found = structs.find(expr->name);
  if (found == structs.end()) return bytecode::kAny;  // checks.h has warned
  return program.types.intern({.kind = TypeKind::kStruct, .structure = program.structs[found->second].get()});
}

void CompileContext::error(Span span, std::string message) {
  diagnostics.push_back({.message = std::move(message), .place = {module.file, span}});
}

std::optional<Value> constant_value(CompileContext& context, const ast::Expr& expr) {
  auto value = literal(context.program.symbols, expr);
  if (!value) return std::nullopt;
  return context.program.arena.keep(*value);
}

}  // namespace relay
