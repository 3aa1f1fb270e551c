#pragma once

#include <atomic>
#include <string_view>

#include "repl/front.h"
#include "repl/standard_input.h"
#include "repl/watch.h"

namespace relay::repl {

// A session without an editor: no colours, values to standard output, errors to standard error. An input ends where the
// language says that it does; a line that goes on with one that was whole is taken with it when it follows at once, as it
// does from a file.
class PipeFront final : public Front {
 public:
  // kFile: no prompt, values whole and on one line. kPerson: at a terminal that cannot be steered.
  enum class Reader { kFile, kPerson };
  // `is_over`: the output cannot be written any more.
  PipeFront(StandardInput& input, const node::WakeEvent& event, int signals, std::atomic<bool>& is_over, Reader reader)
      : input_(input), event_(event), signals_(signals), is_over_(is_over), reader_(reader) {}

  [[nodiscard]] node::Streams streams() override { return {.lines = &input_}; }
  [[nodiscard]] Look look() const override;
  [[nodiscard]] bool is_interactive() const override { return reader_ == Reader::kPerson; }
  [[nodiscard]] Next next_input(Session& session) override;
  void clear_line() override;
  void show(const Reply& reply) override;

 private:
  enum class Got { kLine, kEnd, kSignal, kTooLate };
  [[nodiscard]] Got next_line(std::string& line, int milliseconds);
  // Appends further lines until the input is whole.
  [[nodiscard]] Got finish(std::string& text);
  [[nodiscard]] Got take_continuation(std::string& text);
  void prompt(const std::string& text);
  void write(std::string_view text);

  StandardInput& input_;
  const node::WakeEvent& event_;
  const int signals_;
  std::atomic<bool>& is_over_;
  const Reader reader_;
};

}  // namespace relay::repl
