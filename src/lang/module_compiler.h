#pragma once

#include <vector>

#include "lang/compile_context.h"

namespace relay {

// Compiles one module into the program: first everything that has a name, then the code.
//
// Order: declare(); compile_code(); compile_main(), which the prelude has not.
class ModuleCompiler {
 public:
  explicit ModuleCompiler(CompileContext& context) : context_(context) {}

  void declare();
  void compile_code();
  // `test` blocks, where they are to be part of the program.
  void compile_tests();
  void compile_main();

 private:
  void declare_structs();
  [[nodiscard]] std::vector<const ast::StructDef*> changed_structs();
  [[nodiscard]] bool is_as_before(const ast::StructDef& def);
  void declare_servers();
  void declare_server(const ast::ServerDef& def);
  void declare_methods(const ast::ServerDef& def);
  void compile_function(const ast::Function& function);
  void compile_server(const ast::ServerDef& def);
  void note_definitions();
  void compile_config_and_templates();
  void note_places(const ast::Entry& entry);
  void merge_config(const ast::ConfigDef& def);

  CompileContext& context_;
  std::vector<const ast::ServerDef*> servers_;
};

// Makes the prelude (lang/prelude.h) part of an empty program: a module of its own, whose functions are found by type and
// name only.
void compile_prelude(bytecode::Program& program, std::vector<Diagnostic>& diagnostics);

// Instructions name functions, structs, servers and types in 16 bits.
[[nodiscard]] bool is_too_large(const bytecode::Program& program);

}  // namespace relay
