#include "repl/pipe_front.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "repl/command.h"
#include "repl/completeness.h"
#include "repl/picture.h"
#include "repl/terminal.h"

namespace relay::repl {
namespace {

// How long a line may take that goes on with the one before: far more than a file or a paste needs, and not felt by one
// who waits for an answer.
constexpr int kContinuationMs = 50;

// Gives the number of the error that kept it from writing, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd room{descriptor, POLLOUT, 0};
      poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
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
  if (reader_ == Reader::kFile) return {.extent = Extent::kOneLine};
  return {.columns = [] { return Terminal::window().columns; }};
}

Front::Next PipeFront::next_input(Session&) {
  std::string text;
  while (true) {
    prompt(Prompts().first);
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
      prompt(Prompts().next);
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

void PipeFront::prompt(const std::string& text) {
  if (reader_ == Reader::kPerson) write(text);
}

// What was typed the terminal has dropped itself.
void PipeFront::clear_line() { write("\n"); }

void PipeFront::show(const Reply& reply) {
  write_all(STDERR_FILENO, reply.error);
  write(reply.text);
}

void PipeFront::write(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == 0 || is_over_.exchange(true)) return;
  // A reader that has seen enough, such as `head`, is no fault worth a word.
  if (error != EPIPE) std::fprintf(stderr, "relay: cannot write to standard output: %s\n", std::strerror(error));
}

}  // namespace relay::repl
