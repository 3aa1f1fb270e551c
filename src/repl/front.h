#pragma once

#include <optional>
#include <string>

#include "node/node.h"
#include "repl/session.h"

namespace relay::repl {

// Where inputs come from and replies go: a terminal with an editor, or a pipe.
// Thread: the session's.
class Front {
 public:
  virtual ~Front() = default;

  enum class Came { kInput, kEnd, kSignal };
  struct Next {
    Came what = Came::kEnd;
    std::string text;             // kInput
    bool is_interrupted = false;  // Ctrl-C stood right behind it
  };

  [[nodiscard]] virtual node::Streams streams() = 0;
  [[nodiscard]] virtual Look look() const = 0;
  // Ctrl-C stops what runs; else it ends the session.
  [[nodiscard]] virtual bool is_interactive() const = 0;

  // Waits for the next whole input. kSignal: a signal is to be taken, or nobody reads the output any more.
  [[nodiscard]] virtual Next next_input(Session& session) = 0;
  // A signal of Ctrl-C has come while nothing runs.
  virtual void clear_line() {}
  // What was typed before Ctrl-C is not for what comes after it.
  virtual void drop_typed_ahead() {}
  // The program waits for a line of the input.
  virtual void give_line_to_program() {}
  // What the program prints comes out of this descriptor, -1: goes its own way; copy_output() when it is readable. Each
  // copies what is there, and waits for no more.
  [[nodiscard]] virtual int output() const { return -1; }
  virtual void copy_output() {}
  // All that the program has printed is out.
  virtual void show(const Reply& reply) = 0;
  // The process ends at once, while others may still print and log.
  virtual void leave_terminal() {}
};

}  // namespace relay::repl
