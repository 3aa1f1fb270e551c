#include "node/wake_event.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "base/check.h"

namespace relay::node {

WakeEvent::WakeEvent() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  RELAY_CHECK(descriptor_ >= 0, "the system gives no eventfd");
}

WakeEvent::~WakeEvent() { close(descriptor_); }

void WakeEvent::wake() const {
  const std::uint64_t one = 1;
  // It fails only when the counter is full, and then the event is readable anyway.
  [[maybe_unused]] const ssize_t ignored = write(descriptor_, &one, sizeof one);
}

void WakeEvent::clear() const {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t ignored = read(descriptor_, &count, sizeof count);
}

void WakeEvent::wait() const {
  pollfd waiting{descriptor_, POLLIN, 0};
  while (poll(&waiting, 1, -1) < 0 && errno == EINTR) {
  }
  clear();
}

WakeEvent::Ready WakeEvent::wait_or(int other, short events, int milliseconds) const {
  pollfd waiting[] = {{descriptor_, POLLIN, 0}, {other, events, 0}};
  int ready = 0;
  while ((ready = poll(waiting, 2, milliseconds)) < 0) {
    if (errno != EINTR) return Ready::kFailed;
  }
  if (ready == 0) return Ready::kTimeout;
  if (waiting[0].revents == 0) return Ready::kOther;
  clear();
  return Ready::kWoken;
}

}  // namespace relay::node
