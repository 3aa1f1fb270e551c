#include "repl/watch.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace relay::repl {

Ready watch(const Watched& watched, int milliseconds) {
  std::array<pollfd, 4> all = {{{watched.event.descriptor(), POLLIN, 0},
                                {watched.signals, POLLIN, 0},
                                {watched.input, POLLIN, 0},
                                {watched.output, POLLIN, 0}}};
  if (poll(all.data(), all.size(), milliseconds) <= 0) return {};
  const auto is_ready = [&](std::size_t i) { return all[i].revents != 0; };
  if (is_ready(0)) watched.event.clear();
  return {is_ready(0), is_ready(1), is_ready(2), is_ready(3)};
}

int take_signal(int descriptor) {
  signalfd_siginfo info;
  if (read(descriptor, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return 0;
  return static_cast<int>(info.ssi_signo);
}

}  // namespace relay::repl
