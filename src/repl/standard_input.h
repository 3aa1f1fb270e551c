#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "actor/world.h"
#include "base/guarded.h"
#include "node/line_buffer.h"

namespace relay::repl {

// The one reader of the session's input: the prompt takes its inputs from here, and while one is evaluated the program
// its lines, so that `read_line()` gets what stands behind the input that calls it.
//
// Thread: read_line() from any; the rest from the session's.
class StandardInput final : public Input {
 public:
  // `wake` is called, on any thread, when a program begins to wait for a line.
  StandardInput(int descriptor, std::function<void()> wake);

  void read_line(std::function<void(Line)> done) override;

  // A program waits for a line.
  [[nodiscard]] bool is_wanted() const;
  // Gives it one, if one is whole.
  void serve_program();
  // The program does not wait any more.
  void drop_requests();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool has_ended() const { return lines_.has_ended(); }
  void reopen() { lines_.reopen(); }
  // Reads once, which waits unless poll() says that there is something.
  void read_some();
  // Nothing while the next line is not whole.
  [[nodiscard]] std::optional<Line> take_line();
  void put_back(std::string line) { returned_.push_front(std::move(line)); }
  // What was typed behind the input that is evaluated now: first for the program, if it asks.
  void add(std::string_view bytes) { lines_.add(bytes); }
  // What was read ahead and no program has asked for.
  [[nodiscard]] std::string take_rest() { return lines_.take_rest(); }

 private:
  using Request = std::function<void(Line)>;

  const int descriptor_;
  const std::function<void()> wake_;
  node::LineBuffer lines_;
  std::deque<std::string> returned_;
  Guarded<std::deque<Request>> requests_;
};

}  // namespace relay::repl
