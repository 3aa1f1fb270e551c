#pragma once

#include <atomic>

#include "repl/front.h"
#include "repl/standard_input.h"
#include "repl/watch.h"

namespace relay::repl {

// A session without a terminal: no prompt, no colours, values whole and on one line to standard output, errors to
// standard error. An input ends
// where the language says that it does; a line that goes on with one that was whole is taken with it when it follows at
// once, as it does from a file.
class PipeFront final : public Front {
 public:
  // `is_over`: nobody reads the output any more.
  PipeFront(StandardInput& input, const node::WakeEvent& event, int signals, const std::atomic<bool>& is_over)
      : input_(input), event_(event), signals_(signals), is_over_(is_over) {}

  [[nodiscard]] node::Streams streams() override { return {.lines = &input_}; }
  [[nodiscard]] Look look() const override;
  [[nodiscard]] bool is_interactive() const override { return false; }
  [[nodiscard]] Next next_input(Session& session) override;
  void show(const Reply& reply) override;

 private:
  enum class Got { kLine, kEnd, kSignal, kTooLate };
  [[nodiscard]] Got next_line(std::string& line, int milliseconds);
  // Appends further lines until the input is whole.
  [[nodiscard]] Got finish(std::string& text);
  [[nodiscard]] Got take_continuation(std::string& text);

  StandardInput& input_;
  const node::WakeEvent& event_;
  const int signals_;
  const std::atomic<bool>& is_over_;
};

}  // namespace relay::repl
