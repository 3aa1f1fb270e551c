#pragma once

#include <memory>
#include <vector>

#include "base/diagnostic.h"
#include "bytecode/program.h"
#include "lang/ast.h"
#include "lang/checks.h"

namespace relay {

// A compiled program and what is to be said of it. Null when a diagnostic is an error.
struct CompileResult {
  std::unique_ptr<bytecode::Program> program;
  std::vector<Diagnostic> diagnostics;
};

// Whether `test` blocks become part of the program, as `relay test` needs them.
enum class Tests { kLeftOut, kTakenIn };

// Turns a module that parsed and was checked without errors (lang/parser.h, lang/checks.h) into a program; names become
// slots here. The prelude (lang/prelude.h) becomes part of it. Unknown names are no errors: they raise when evaluated.
// Errors: a function with more than 65,000 registers or constants; `config` values that are no constants.
[[nodiscard]] CompileResult compile(const ast::Module& module, Tests tests = Tests::kLeftOut);

// Parse, check and compile in one: what running a file takes. Warnings come along with the program.
[[nodiscard]] CompileResult load_program(std::shared_ptr<const SourceFile> file,
                                         LastValue last_value = LastValue::kDropped,
                                         Tests tests = Tests::kLeftOut);

}  // namespace relay
