#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>

#include "actor/world.h"
#include "base/guarded.h"
#include "base/result.h"
#include "node/line_buffer.h"
#include "node/wake_event.h"

namespace relay::node {

// Lines of a descriptor for read_line(), read by a thread of its own: files, pipes and terminals can each block. The
// thread starts with the first request and reads no further than the requests ask, but for what one read brings.
//
// Order:  requests are answered one after the other, in the order in which they came.
// Bound:  `max_line` bytes a line; the bytes of a longer one are dropped up to its line break, and it is an error.
// Errors: kTooLarge; a descriptor that cannot be read is at its end.
// Thread: read_line() from any; answers come on the reader's thread and must not block.
class LineReader final : public Input {
 public:
  using Answer = std::function<void(Line)>;

  explicit LineReader(int descriptor, std::size_t max_line = std::size_t{64} << 20);
  // Ends.
  ~LineReader() override;
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // `\r\n` is a line break too; invalid UTF-8 is replaced by U+FFFD.
  void read_line(Answer answer) override;
  // Ends the thread at once: requests that are still open get no answer. Thread: the one that made it.
  void end();

 private:
  struct State {
    std::deque<Answer> requests;
    bool started = false;
    bool ending = false;
  };

  void run();
  [[nodiscard]] bool is_ending() const;
  void read_more();
  void answer_first(Line line);

  const int descriptor_;
  WakeEvent event_;  // a request, or the end
  Guarded<State> state_;

  // Of the reader's thread.
  LineBuffer lines_;

  std::thread thread_;
};

}  // namespace relay::node
