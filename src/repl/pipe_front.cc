#include "repl/pipe_front.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "repl/command.h"
#include "repl/completeness.h"

namespace relay::repl {
namespace {

// How long a line may take that goes on with the one before: far more than a file or a paste needs, and not felt by one
// who waits for an answer.
constexpr int kContinuationMs = 50;

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

PipeFront::Got PipeFront::next_line(std::string& line, int milliseconds) {
  while (true) {
    // Before the wait: the event that told of it may have been taken by who waited before.
    if (is_over_) return Got::kSignal;
    if (auto taken = input_.take_line()) {
      if (!*taken) {
        line = taken->error().detail;  // too long to be anything: it will not parse either
        return Got::kLine;
      }
      if (!**taken) return Got::kEnd;
      line = std::move(***taken);
      return Got::kLine;
    }
    const Ready ready = watch({event_, signals_, input_.descriptor()}, milliseconds);
    if (ready.signal) return Got::kSignal;
    if (ready.nothing()) return Got::kTooLate;
    if (ready.input) input_.read_some();
  }
}

Look PipeFront::look() const {
  Look look;
  look.extent = Extent::kOneLine;
  return look;
}

Front::Next PipeFront::next_input(Session&) {
  std::string text;
  while (true) {
    const Got got = next_line(text, kForever);
    if (got != Got::kLine) return {got == Got::kSignal ? Came::kSignal : Came::kEnd, {}};
    if (as_command(text)) return {Came::kInput, text};
    const Got finished = is_blank(text) ? Got::kTooLate : finish(text);
    if (finished == Got::kSignal) return {Came::kSignal, {}};
    if (!is_blank(text)) return {Came::kInput, text};
  }
}

PipeFront::Got PipeFront::finish(std::string& text) {
  while (true) {
    bool is_open = completeness(text) == Completeness::kUnfinished;
    while (is_open) {
      std::string line;
      const Got got = next_line(line, kForever);
      if (got != Got::kLine) return got;
      text += "\n" + line;
      is_open = completeness(text) == Completeness::kUnfinished;
    }
    if (const Got got = take_continuation(text); got != Got::kLine) return got;
  }
}

PipeFront::Got PipeFront::take_continuation(std::string& text) {
  std::string line;
  const Got got = next_line(line, kContinuationMs);
  if (got != Got::kLine) return got;
  if (!continues_input(line)) {
    input_.put_back(std::move(line));
    return Got::kTooLate;
  }
  text += "\n" + line;
  return Got::kLine;
}

void PipeFront::show(const Reply& reply) {
  write_all(STDERR_FILENO, reply.error);
  write_all(STDOUT_FILENO, reply.text);
}

}  // namespace relay::repl
