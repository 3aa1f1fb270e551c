#pragma once

#include <memory>
#include <string>
#include <vector>

#include "actor/server_summary.h"
#include "base/result.h"
#include "bytecode/program.h"

namespace relay::native {

// How a server written in C++ declares itself: in the words of the language, without bodies.
struct DeclarationText {
  std::string name;
  std::string state;                 // "count: number, log: [string]"; empty: none to be told of
  std::vector<std::string> methods;  // "add(a: number, b: optional(number)) -> number"
};

// A server written in C++ as the language sees it: compiled like any other, so its names, types and arguments are checked by
// the same code, and nobody can tell the two apart.
//
// Thread: any; immutable.
class Declaration {
 public:
  // Errors: kParse, what the compiler says of it.
  [[nodiscard]] static Result<std::shared_ptr<const Declaration>> compile(const DeclarationText& text);

  [[nodiscard]] const bytecode::Program& program() const { return *program_; }
  [[nodiscard]] const bytecode::ServerInfo& server() const { return *program_->servers.front(); }
  // "'counter.add'", as messages name a method.
  [[nodiscard]] std::string quoted(const bytecode::Method& method) const;
  [[nodiscard]] std::size_t index_of(const bytecode::Method& method) const;
  [[nodiscard]] ServerSummary summary() const;

 private:
  explicit Declaration(std::unique_ptr<bytecode::Program> program) : program_(std::move(program)) {}

  std::unique_ptr<bytecode::Program> program_;
};

}  // namespace relay::native
