#include "lang/module_compiler.h"

#include <algorithm>

#include "lang/function_compiler.h"
#include "lang/parser.h"
#include "lang/prelude.h"
#include "value/boxed.h"
#include "value/string.h"

namespace relay {

void ModuleCompiler::declare() {
  declare_structs();
  declare_servers();
  for (const ast::Function* function : context_.scopes.program_functions()) {
    context_.functions[function->name.text] = function;
    context_.add_function(*function, bytecode::kNoServer);
    if (context_.session != nullptr) context_.declare_variable(function->name.text);
  }
  for (const std::string& name : context_.scopes.program_names()) context_.declare_variable(name);
  for (const ast::ServerDef* server : servers_) declare_methods(*server);
}

void ModuleCompiler::compile_code() {
  for (const ast::Function* function : context_.scopes.program_functions()) compile_function(*function);
  for (const ast::ServerDef* server : servers_) compile_server(*server);
}

void ModuleCompiler::compile_tests() {
  for (const ast::ExprPtr& item : context_.module.items) {
    if (item->kind != ast::ExprKind::kTestDef) continue;
    const ast::Function& test = ast::as<ast::TestDef>(*item).function;
    bytecode::Function& out = *context_.program.functions[context_.add_function(test, bytecode::kNoServer)];
    out.name = context_.program.symbols.intern("test \"" + test.name.text + "\"");
    compile_function(test);
    context_.program.tests.push_back({test.name.text, &out});
  }
}

void ModuleCompiler::compile_main() {
  auto main = std::make_unique<bytecode::Function>();
  main->name = context_.program.symbols.intern("main");
  main->source = context_.module.file;
  main->span = {0, static_cast<std::uint32_t>(context_.module.file->text().size())};
  FunctionCompiler(context_, *main, nullptr, nullptr).compile_main(context_.module);
  context_.program.main = main.get();
  context_.program.functions.push_back(std::move(main));
  if (context_.session != nullptr) note_definitions();
  compile_config_and_templates();
}

void ModuleCompiler::declare_structs() {
  bytecode::Program& program = context_.program;
  const std::vector<const ast::StructDef*> changed = changed_structs();
  for (const ast::StructDef* def : changed) {
    bytecode::StructInfo& info = *program.structs[context_.structs.at(def->name.text)];
    for (const ast::Field& field : def->fields) {
      info.fields.push_back(program.symbols.intern(field.name.text));
      info.field_types.push_back(context_.type(field.type.get()));
    }
  }
}

// Gives each struct of the module its number. One that an earlier input has defined just so is the same type: a file that
// is loaded again must understand the values that it has made before. The rest is new, with what refers to it.
std::vector<const ast::StructDef*> ModuleCompiler::changed_structs() {
  std::vector<const ast::StructDef*> kept;
  std::vector<const ast::StructDef*> changed;
  const auto renew = [&](const ast::StructDef& def) {
    auto info = std::make_unique<bytecode::StructInfo>();
    info->name = context_.program.symbols.intern(def.name.text);
    context_.name_struct(def.name.text, static_cast<std::uint16_t>(context_.program.structs.size()));
    context_.program.structs.push_back(std::move(info));
    changed.push_back(&def);
  };
  for (const ast::ExprPtr& item : context_.module.items) {
    if (item->kind != ast::ExprKind::kStructDef) continue;
    const auto& def = ast::as<ast::StructDef>(*item);
    context_.structs.contains(def.name.text) ? kept.push_back(&def) : renew(def);
  }
  for (std::size_t before = SIZE_MAX; before != kept.size();) {
    before = kept.size();
    const auto first_changed = std::stable_partition(kept.begin(), kept.end(), [&](auto* def) { return is_as_before(*def); });
    for (auto def = first_changed; def != kept.end(); ++def) renew(**def);
    kept.erase(first_changed, kept.end());
  }
  return changed;
}

bool ModuleCompiler::is_as_before(const ast::StructDef& def) {
  const bytecode::StructInfo& old = *context_.program.structs[context_.structs.at(def.name.text)];
  if (def.fields.size() != old.fields.size()) return false;
  for (std::size_t i = 0; i < def.fields.size(); ++i) {
    const ast::Field& field = def.fields[i];
    if (field.name.text != string::text(old.fields[i])) return false;
    if (context_.type(field.type.get()) != old.field_types[i]) return false;
  }
  return true;
}

void ModuleCompiler::declare_servers() {
  for (const ast::ExprPtr& item : context_.module.items) {
    if (item->kind == ast::ExprKind::kServerDef) declare_server(ast::as<ast::ServerDef>(*item));
  }
}

void ModuleCompiler::declare_server(const ast::ServerDef& def) {
  bytecode::Program& program = context_.program;
  servers_.push_back(&def);
  auto info = std::make_unique<bytecode::ServerInfo>();
  info->name = def.name.text;
  info->span = def.name.span;
  const auto before = context_.servers.find(def.name.text);
  info->handle = before != context_.servers.end() ? program.servers[before->second]->handle
                                                  : program.arena.keep(server::make(program.symbols.intern(def.name.text)));
  std::vector<Value> names;
  for (const ast::Field& field : def.state) {
    names.push_back(program.symbols.intern(field.name.text));
    info->state.push_back({names.back(), context_.type(field.type.get())});
  }
  if (names.size() <= object::kMaxShared) info->state_keys = program.arena.keep_keys(names);
  program.servers.push_back(std::move(info));
  context_.name_newest_server();
}

void ModuleCompiler::declare_methods(const ast::ServerDef& def) {
  const std::uint16_t index = context_.servers.at(def.name.text);
  bytecode::ServerInfo& info = *context_.program.servers[index];
  for (const auto& method : def.methods) {
    context_.server_functions[index][method.function.name.text] = &method.function;
    const std::uint16_t place = context_.add_function(method.function, index);
    bytecode::Function& function = *context_.program.functions[place];
    if (method.kind == ast::ServerDef::MethodKind::kReceive) info.methods.push_back({function.name, &function});
  }
}

void ModuleCompiler::compile_function(const ast::Function& function) {
  bytecode::Function& out = *context_.program.functions[context_.function_indexes.at(&function)];
  FunctionCompiler(context_, out, &context_.scopes.of(function), nullptr).compile_function(function);
}

void ModuleCompiler::compile_server(const ast::ServerDef& def) {
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

// What is known before the first line of an input runs, also to handlers that run before it.
void ModuleCompiler::note_definitions() {
  for (const auto& [name, function] : context_.functions) {
    context_.program.definitions.push_back({context_.globals.at(name), context_.function_value(*function)});
  }
}

void ModuleCompiler::compile_config_and_templates() {
  for (const ast::ExprPtr& item : context_.module.items) {
    if (item->kind == ast::ExprKind::kTemplateDef) {
      const auto& def = ast::as<ast::TemplateDef>(*item);
      context_.program.templates.push_back({def.path.text, def.from.text});
    }
    if (item->kind == ast::ExprKind::kConfigDef) merge_config(ast::as<ast::ConfigDef>(*item));
  }
}

void ModuleCompiler::note_places(const ast::Entry& entry) {
  auto& places = context_.program.config_entries;
  places[entry.key.text] = {entry.key.span, entry.value->span};
  if (entry.value->kind != ast::ExprKind::kObject) return;
  for (const ast::Entry& inner : ast::as<ast::ObjectExpr>(*entry.value).entries) {
    places[entry.key.text + "." + inner.key.text] = {inner.key.span, inner.value->span};
  }
}

// A later entry of one key wins.
void ModuleCompiler::merge_config(const ast::ConfigDef& def) {
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

bool is_too_large(const bytecode::Program& program) {
  constexpr std::size_t kMost = 65'000;
  return program.functions.size() > kMost || program.structs.size() > kMost || program.servers.size() > kMost ||
         program.types.is_full();
}

}  // namespace relay
