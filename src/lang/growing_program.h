#pragma once

#include <memory>
#include <vector>

#include "base/diagnostic.h"
#include "bytecode/program.h"
#include "lang/ast.h"
#include "lang/session_names.h"

namespace relay {

// The program of a session: each input is compiled into it, knows what earlier inputs have defined, and becomes its
// top-level code (docs/adr/0010-repl.md).
//
// Names:  the newest definition of a name counts. A function is a variable of the program, so functions of earlier inputs
//         call the newest; a struct defined again in other words is another type; a server defined again takes the name
//         over. A name that a function reads before anything defines it is found when the function runs.
// Bound:  what one program may hold; nothing is ever taken out.
// Thread: the session's.
class GrowingProgram {
 public:
  GrowingProgram();

  [[nodiscard]] const bytecode::Program& program() const { return program_; }
  [[nodiscard]] const SessionNames& names() const { return names_; }

  // An input that was parsed and checked.
  struct Input {
    std::unique_ptr<ast::Module> module;
    std::vector<Diagnostic> diagnostics;
    [[nodiscard]] bool is_sound() const { return !has_error(diagnostics); }
  };
  // Does not touch the program: it may run meanwhile.
  [[nodiscard]] Input read(std::shared_ptr<const SourceFile> file) const;

  // Makes a sound input the newest part of the program. No core may run the program meanwhile.
  // Gives what is wrong with the input; when that holds an error, names and top-level code are what they were.
  [[nodiscard]] std::vector<Diagnostic> add(Input input);

 private:
  struct Mark;
  void take_back(const Mark& mark);
  void replace_main();
  void note_replaced(std::size_t first_new_server);

  bytecode::Program program_;
  std::size_t main_place_ = 0;  // of top-level code among the functions
  SessionNames names_;
};

}  // namespace relay
