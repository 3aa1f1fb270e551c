#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "actor/world.h"
#include "base/guarded.h"
#include "node/wake_event.h"

namespace relay::node {

// What programs print, on its way to a file descriptor: a bounded buffer and a thread that writes it, so that a full
// pipe holds a printing fiber and never a core.
//
// Order:  texts come out whole and in the order of print(); from one sender, in the order it wrote them.
// Bound:  `capacity` bytes; past it print() still takes the text, and says that the printer must wait for room. So
//         the buffer grows past its bound by at most one text a printer.
// Errors: when nobody reads any more (EPIPE) or the disk is full, what follows is dropped and is_broken() is true.
// Owner:  the descriptor stays its owner's; SIGPIPE must be ignored by the process.
// Thread: print(), when_room(), when_flushed(), when_broken(), is_broken() from any; made and destroyed by one.
class OutputWriter final : public Output {
 public:
  explicit OutputWriter(int descriptor, std::size_t capacity = kDefaultCapacity);
  // Ends.
  ~OutputWriter() override;
  OutputWriter(const OutputWriter&) = delete;
  OutputWriter& operator=(const OutputWriter&) = delete;

  Host::Printed print(std::string_view text) override;
  // Calls `resume` once, on the writer's thread or at once, when there is room. It must not block.
  void when_room(std::function<void()> resume) override;
  // Calls `done` once, on the writer's thread or at once, when the text printed so far is out or the descriptor is broken.
  void when_flushed(std::function<void()> done);
  [[nodiscard]] bool is_broken() const;
  // Ends the thread at once: what is not out yet is lost, nobody is called any more. Thread: the one that made it.
  void end();
  // Calls `told` once when the descriptor breaks, with the system's error number, on the writer's thread or at once. It
  // must not block.
  void when_broken(std::function<void(int)> told);

  // Enough for bursts of lines to become few writes, little enough to be nothing beside a server's own memory.
  static constexpr std::size_t kDefaultCapacity = 256 * 1024;

 private:
  struct State {
    std::string pending;
    bool writing = false;  // the thread holds text that is not out yet
    bool ending = false;
    int broken = 0;  // the error number; 0: it works
    std::vector<std::function<void()>> wanting_room;
    std::vector<std::function<void()>> wanting_flush;   // of pending text
    std::vector<std::function<void()>> wanting_written;  // of the text that the thread holds
    std::vector<std::function<void(int)>> wanting_break;
  };
  // How writing a text ended.
  struct Written {
    bool stopped = false;  // end() has been called
    int error = 0;
  };

  void run();
  [[nodiscard]] bool take_text(std::string& text);
  [[nodiscard]] Written write_out(std::string_view text);
  void finish(int error);
  [[nodiscard]] bool is_ending() const;

  const int descriptor_;
  const std::size_t capacity_;
  const std::size_t chunk_bytes_;  // the most that a writable descriptor takes without blocking
  WakeEvent event_;                // text to write, or the end
  Guarded<State> state_;
  std::thread thread_;
};

}  // namespace relay::node
