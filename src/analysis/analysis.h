#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "analysis/symbol_index.h"
#include "base/diagnostic.h"
#include "bytecode/program.h"
#include "lang/ast.h"

namespace relay::analysis {

// What can be said of a program without running it.
struct Analysis {
  std::vector<Diagnostic> diagnostics;  // in the order of their places
  SymbolIndex index;
  std::unique_ptr<const bytecode::Program> program;  // by check_program(), where no error stands; with its tests
  std::uint64_t visits = 0;  // how often an expression was looked at: the work that was done
};

// Looks at a module that has been parsed, also one with syntax errors: of what the parser could not read it
// says nothing. What checks.h and the compiler report is not repeated here.
//
// An error fails whenever it is evaluated; what only may fail, or may be meant, is a warning. Of values whose
// type is not known nothing is said, so a program that runs without fault gets no error.
//
// Bound: linear in the size of the module, times the number of walks that types take to settle
//        (analysis/walker.h); as deep as the tree.
[[nodiscard]] Analysis analyse(const ast::Module& module);

// Parse, check, compile and analyse in one: all that can be known of a file, in the order of its places. A
// file with syntax errors is not judged further, but its index tells what could be read.
[[nodiscard]] Analysis check_program(std::shared_ptr<const SourceFile> file);

void sort_by_place(std::vector<Diagnostic>& diagnostics);

}  // namespace relay::analysis
