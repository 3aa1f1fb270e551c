#pragma once

#include <memory>
#include <string>

#include "repl/editor.h"
#include "repl/front.h"
#include "repl/standard_input.h"
#include "repl/terminal.h"
#include "repl/watch.h"

namespace relay::repl {

// A session on a terminal: an editor, a history, colours. What programs print comes through a pipe, so that it is printed
// above the line that is being typed, and can steer the terminal no more than a value can. So does the log, where it would
// go to the terminal too.
class TerminalFront final : public Front {
 public:
  TerminalFront(StandardInput& input, const node::WakeEvent& event, int signals);
  ~TerminalFront() override;

  [[nodiscard]] node::Streams streams() override { return {.output = output_writer_, .lines = &input_}; }
  [[nodiscard]] Look look() const override;
  [[nodiscard]] bool is_interactive() const override { return true; }
  [[nodiscard]] Next next_input(Session& session) override;
  void clear_line() override;
  void drop_typed_ahead() override;
  void give_line_to_program() override { terminal_.set(Terminal::Mode::kLines); }
  [[nodiscard]] int output() const override { return output_reader_; }
  void copy_output() override;
  void show(const Reply& reply) override;
  void leave_terminal() override { terminal_.set(Terminal::Mode::kAsFound); }

 private:
  enum class Turn { kGoOn, kInput, kEnd };
  void greet();
  // Reads what is there and lets the editor have it.
  [[nodiscard]] Turn take_keys();
  [[nodiscard]] Turn handle(const Key& key);
  // True when a Ctrl-C is in it: then the program gets nothing.
  [[nodiscard]] bool give_rest_to_program();
  void show_candidates();
  void draw();
  void erase();

  StandardInput& input_;
  const node::WakeEvent& event_;
  const int signals_;
  Terminal terminal_;
  OutputFilter filter_;
  History history_;
  KeyReader keys_;
  Session* session_ = nullptr;  // while an input is edited
  Editor editor_;
  int output_reader_ = -1;
  int output_writer_ = -1;
  bool has_greeted_ = false;
  bool is_editing_ = false;
};

}  // namespace relay::repl
