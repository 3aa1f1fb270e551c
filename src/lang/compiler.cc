#include "lang/compiler.h"

#include "lang/checks.h"
#include "lang/compile_context.h"
#include "lang/function_compiler.h"
#include "lang/parser.h"
#include "lang/prelude.h"
#include "value/boxed.h"

namespace relay {
namespace {

// Compiles one module into the program: first everything that has a name, then the code.
class ModuleCompiler {
 public:
  explicit ModuleCompiler(CompileContext& context) : context_(context) {}

  void declare() {
    declare_structs();
    declare_servers();
    for (const ast::Function* function : context_.scopes.program_functions()) {
      context_.functions[function->name.text] = function;
      context_.add_function(*function, bytecode::kNoServer);
    }
    for (const std::string& name : context_.scopes.program_names()) {
      context_.globals.emplace(name, static_cast<std::uint16_t>(context_.program.globals.size()));
      if (context_.program.globals.size() >= 65'000) {
        return context_.error({}, "the program has more than 65,000 variables");
      }
      context_.program.globals.push_back(context_.program.symbols.intern(name));
    }
    for (const ast::ServerDef* server : servers_) declare_methods(*server);
  }

  void compile_code() {
    for (const ast::Function* function : context_.scopes.program_functions()) compile_function(*function);
    for (const ast::ServerDef* server : servers_) compile_server(*server);
  }

  void compile_tests() {
    for (const ast::ExprPtr& item : context_.module.items) {
      if (item->kind != ast::ExprKind::kTestDef) continue;
      const ast::Function& test = ast::as<ast::TestDef>(*item).function;
      bytecode::Function& out = *context_.program.functions[context_.add_function(test, bytecode::kNoServer)];
      out.name = context_.program.symbols.intern("test \"" + test.name.text + "\"");
      compile_function(test);
      context_.program.tests.push_back({test.name.text, &out});
    }
  }

  void compile_main() {
    auto main = std::make_unique<bytecode::Function>();
    main->name = context_.program.symbols.intern("main");
    main->source = context_.module.file;
    main->span = {0, static_cast<std::uint32_t>(context_.module.file->text().size())};
    FunctionCompiler(context_, *main, nullptr, nullptr).compile_main(context_.module);
    context_.program.main = main.get();
    context_.program.functions.push_back(std::move(main));
    compile_config_and_templates();
  }

 private:
  void declare_structs() {
    bytecode::Program& program = context_.program;
    for (const ast::ExprPtr& item : context_.module.items) {
      if (item->kind != ast::ExprKind::kStructDef) continue;
      const auto& def = ast::as<ast::StructDef>(*item);
      auto info = std::make_unique<bytecode::StructInfo>();
      info->name = program.symbols.intern(def.name.text);
      context_.structs[def.name.text] = static_cast<std::uint16_t>(program.structs.size());
      program.structs.push_back(std::move(info));
    }
    for (const ast::ExprPtr& item : context_.module.items) {
      if (item->kind != ast::ExprKind::kStructDef) continue;
      const auto& def = ast::as<ast::StructDef>(*item);
      bytecode::StructInfo& info = *program.structs[context_.structs.at(def.name.text)];
      for (const ast::Field& field : def.fields) {
        info.fields.push_back(program.symbols.intern(field.name.text));
        info.field_types.push_back(context_.type(field.type.get()));
      }
    }
  }

  void declare_servers() {
    bytecode::Program& program = context_.program;
    for (const ast::ExprPtr& item : context_.module.items) {
      if (item->kind != ast::ExprKind::kServerDef) continue;
      const auto& def = ast::as<ast::ServerDef>(*item);
      servers_.push_back(&def);
      auto info = std::make_unique<bytecode::ServerInfo>();
      info->name = def.name.text;
      info->span = def.name.span;
      info->handle = program.arena.keep(server::make(program.symbols.intern(def.name.text)));
      std::vector<Value> names;
      for (const ast::Field& field : def.state) {
        names.push_back(program.symbols.intern(field.name.text));
        info->state.push_back({names.back(), context_.type(field.type.get())});
      }
      if (names.size() <= object::kMaxShared) info->state_keys = program.arena.keep_keys(names);
      context_.servers[def.name.text] = static_cast<std::uint16_t>(program.servers.size());
      program.servers.push_back(std::move(info));
      context_.server_functions.emplace_back();
    }
  }

  void declare_methods(const ast::ServerDef& def) {
    const std::uint16_t index = context_.servers.at(def.name.text);
    bytecode::ServerInfo& info = *context_.program.servers[index];
    for (const auto& method : def.methods) {
      context_.server_functions[index][method.function.name.text] = &method.function;
      const std::uint16_t place = context_.add_function(method.function, index);
      bytecode::Function& function = *context_.program.functions[place];
      if (method.kind == ast::ServerDef::MethodKind::kReceive) info.methods.push_back({function.name, &function});
    }
  }


  void compile_function(const ast::Function& function) {
    bytecode::Function& out = *context_.program.functions[context_.function_indexes.at(&function)];
    FunctionCompiler(context_, out, &context_.scopes.of(function), nullptr).compile_function(function);
  }

  void compile_server(const ast::ServerDef& def) {
    for (const auto& method : def.methods) compile_function(method.function);
    bool has_defaults = false;
    for (const ast::Field& field : def.state) has_defaults = has_defaults || field.default_value != nullptr;
    if (!has_defaults) return;
    const std::uint16_t index = context_.servers.at(def.name.text);
    bytecode::ServerInfo& info = *context_.program.servers[index];
    auto initializer = std::make_unique<bytecode::Function>();
    initializer->name = context_.program.symbols.intern("state");
    initializer->source = context_.module.file;
    initializer->span = def.name.span;
    initializer->server = index;
    FunctionCompiler(context_, *initializer, &context_.scopes.of_defaults(def), nullptr).compile_initializer(def, info);
    info.initializer = initializer.get();
    context_.program.functions.push_back(std::move(initializer));
  }

  void compile_config_and_templates() {
    for (const ast::ExprPtr& item : context_.module.items) {
      if (item->kind == ast::ExprKind::kTemplateDef) {
        const auto& def = ast::as<ast::TemplateDef>(*item);
        context_.program.templates.push_back({def.path.text, def.from.text});
      }
      if (item->kind == ast::ExprKind::kConfigDef) merge_config(ast::as<ast::ConfigDef>(*item));
    }
  }

  void note_places(const ast::Entry& entry) {
    auto& places = context_.program.config_entries;
    places[entry.key.text] = {entry.key.span, entry.value->span};
    if (entry.value->kind != ast::ExprKind::kObject) return;
    for (const ast::Entry& inner : ast::as<ast::ObjectExpr>(*entry.value).entries) {
      places[entry.key.text + "." + inner.key.text] = {inner.key.span, inner.value->span};
    }
  }

  // A later entry of one key wins.
  void merge_config(const ast::ConfigDef& def) {
    Value merged = context_.program.config.is_undefined() ? object::make() : context_.program.config;
    for (const ast::Entry& entry : def.entries) {
      const auto content = constant_value(context_, *entry.value);
      if (!content) {
        context_.error(entry.value->span, "a config value must be a literal: it is read before the program runs");
        continue;
      }
      object::set(merged, context_.program.symbols.intern(entry.key.text), *content);
      note_places(entry);
    }
    context_.program.config = context_.program.arena.keep(merged);
  }

  CompileContext& context_;
  std::vector<const ast::ServerDef*> servers_;
};

// The prelude is a module of its own in the same program: its functions are found by type and name only.
void compile_prelude(bytecode::Program& program, std::vector<Diagnostic>& diagnostics) {
  auto parsed = parse(std::make_shared<SourceFile>("prelude", std::string(prelude_text())));
  RELAY_CHECK(parsed.diagnostics.empty(), "the prelude does not parse");
  CompileContext context(*parsed.module, program, diagnostics);
  context.is_prelude = true;
  ModuleCompiler compiler(context);
  compiler.declare();
  compiler.compile_code();
  for (const auto& [name, function] : context.functions) {
    bytecode::Function* compiled = program.functions[context.function_indexes.at(function)].get();
    const std::size_t separator = name.find("__");
    const std::string_view method = separator == std::string_view::npos ? name : name.substr(separator + 2);
    compiled->name = program.symbols.intern(method);
    program.prelude.emplace(std::string(name), compiled);
  }
}

// Instructions name each of these in 16 bits.
bool is_too_large(const bytecode::Program& program) {
  constexpr std::size_t kMost = 65'000;
  return program.functions.size() > kMost || program.structs.size() > kMost || program.servers.size() > kMost ||
         program.types.is_full();
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Diagnostic::Severity::kError) return true;
  }
  return false;
}

}  // namespace

CompileResult compile(const ast::Module& module, Tests tests) {
  CompileResult result;
  auto program = std::make_unique<bytecode::Program>();
  program->source = module.file;
  compile_prelude(*program, result.diagnostics);
  CompileContext context(module, *program, result.diagnostics);
  ModuleCompiler compiler(context);
  const auto refuse_if_too_large = [&] {
    if (has_error(result.diagnostics) || !is_too_large(*program)) return;
    context.error({}, "the program has more than 65,000 functions, structs, servers or types");
  };
  compiler.declare();
  refuse_if_too_large();
  if (!has_error(result.diagnostics)) {
    compiler.compile_code();
    if (tests == Tests::kTakenIn) compiler.compile_tests();
    compiler.compile_main();
    refuse_if_too_large();
  }
  if (!has_error(result.diagnostics)) result.program = std::move(program);
  return result;
}

CompileResult load_program(std::shared_ptr<const SourceFile> file, LastValue last_value, Tests tests) {
  ParseResult parsed = parse(std::move(file));
  CompileResult result;
  result.diagnostics = std::move(parsed.diagnostics);
  if (has_error(result.diagnostics)) return result;
  check(*parsed.module, result.diagnostics, last_value);
  if (has_error(result.diagnostics)) return result;
  CompileResult compiled = compile(*parsed.module, tests);
  result.program = std::move(compiled.program);
  for (Diagnostic& diagnostic : compiled.diagnostics) result.diagnostics.push_back(std::move(diagnostic));
  return result;
}

}  // namespace relay
