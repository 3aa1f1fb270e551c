#include "lang/compiler.h"

#include "lang/checks.h"
#include "lang/compile_context.h"
#include "lang/module_compiler.h"
#include "lang/parser.h"

namespace relay {

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
