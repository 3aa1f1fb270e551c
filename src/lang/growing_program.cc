#include "lang/growing_program.h"

#include <utility>

#include "base/check.h"
#include "lang/checks.h"
#include "lang/module_compiler.h"
#include "lang/parser.h"

namespace relay {
namespace {

// The variable that keeps the value of the last input.
constexpr const char* kLastValue = "_";

}  // namespace

// What must be as it was after an input that did not compile. The rest of what it has left is out of reach.
struct GrowingProgram::Mark {
  std::size_t servers = 0;
  std::size_t templates = 0;
  const bytecode::Function* main = nullptr;
};

GrowingProgram::GrowingProgram() {
  std::vector<Diagnostic> diagnostics;
  compile_prelude(program_, diagnostics);
  program_.last_value = static_cast<std::uint16_t>(program_.globals.size());
  program_.globals.push_back(program_.symbols.intern(kLastValue));
  names_.variables.emplace(kLastValue, *program_.last_value);
  main_place_ = program_.functions.size();
  program_.functions.push_back(std::make_unique<bytecode::Function>());
  (void)add(read(std::make_shared<SourceFile>("<none>", std::string())));
}

GrowingProgram::Input GrowingProgram::read(std::shared_ptr<const SourceFile> file) const {
  ParseResult parsed = parse(std::move(file));
  Input input{std::move(parsed.module), std::move(parsed.diagnostics)};
  if (input.is_sound()) check(*input.module, input.diagnostics, LastValue::kShown, &names_);
  return input;
}

std::vector<Diagnostic> GrowingProgram::add(Input input) {
  RELAY_CHECK(input.is_sound(), "an input with errors is compiled");
  const Mark mark{program_.servers.size(), program_.templates.size(), program_.main};
  const std::shared_ptr<const ast::Module> module = std::move(input.module);
  SessionNames names = names_;
  for (const ast::ExprPtr& item : module->items) {
    if (item->kind == ast::ExprKind::kProtocolDef) {
      names.protocols[ast::as<ast::ProtocolDef>(*item).name.text] = module;
    }
  }
  program_.definitions.clear();
  std::vector<Diagnostic> diagnostics;
  CompileContext context(*module, program_, diagnostics, &names);
  ModuleCompiler compiler(context);
  compiler.declare();
  if (!has_error(diagnostics)) {
    compiler.compile_code();
    compiler.compile_main();
  }
  if (!has_error(diagnostics) && is_too_large(program_)) {
    context.error({}, "the session has more than 65,000 functions, structs, servers or types: begin a new one");
  }
  if (has_error(diagnostics)) {
    take_back(mark);
    return diagnostics;
  }
  program_.source = module->file;
  replace_main();
  note_replaced(mark.servers);
  names_ = std::move(names);
  return diagnostics;
}

void GrowingProgram::take_back(const Mark& mark) {
  program_.servers.resize(mark.servers);
  program_.templates.resize(mark.templates);
  program_.definitions.clear();
  program_.main = mark.main;
}

// Nobody names top-level code by its number, and that of the input before has ended: it goes, so that a long session of
// short inputs does not fill the table.
void GrowingProgram::replace_main() {
  program_.functions[main_place_] = std::move(program_.functions.back());
  program_.functions.pop_back();
}

void GrowingProgram::note_replaced(std::size_t first_new_server) {
  for (std::size_t i = first_new_server; i < program_.servers.size(); ++i) {
    for (std::size_t old = 0; old < first_new_server; ++old) {
      if (program_.servers[old]->name == program_.servers[i]->name) program_.servers[old]->is_replaced = true;
    }
  }
}

}  // namespace relay
