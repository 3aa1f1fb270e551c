#pragma once

#include <memory>
#include <vector>

#include "base/diagnostic.h"
#include "lang/ast.h"
#include "lang/comment.h"

namespace relay {

// How deep brackets, blocks, unary operators and heads may stand in each other. Deeper is an error, so that nothing that
// walks a program can exhaust the native stack.
inline constexpr int kMaxNesting = 200;

// A file parses into a module, its comments, and what is wrong with it. The module is never null; it may be compiled only if
// no diagnostic is an error.
struct ParseResult {
  std::unique_ptr<ast::Module> module;
  std::vector<Comment> comments;        // in order; doc comments also stand in the nodes that they belong to
  std::vector<Diagnostic> diagnostics;  // in the order of their places
};

// Errors: reports every syntax error of the file and goes on after each; none that only follows from another.
[[nodiscard]] ParseResult parse(std::shared_ptr<const SourceFile> file);

}  // namespace relay
