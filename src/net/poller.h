#pragma once

#include <sys/epoll.h>

#include <array>
#include <cstddef>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "net/net_limits.h"
#include "net/socket.h"

namespace relay::net {

class WatchedSocket;

// What one core sleeps in: the sockets that it watches (an edge-triggered epoll set, so that a socket costs one system call
// when it comes and none when it is waited for), and a way for other threads to wake it.
//
// Bound:  kEventsPerRound sockets are told a poll, and besides them those that were ready when their wait began.
// Owner:  outlives the sockets that it watches.
// Thread: wake() from any; the rest only from the core's own, or before it runs.
class Poller {
 public:
  Poller() = default;
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // Opens the set; nothing when it is open. Errors: kIo, out of descriptors or memory. Call before anything else.
  [[nodiscard]] Result<void> open();
  [[nodiscard]] bool is_open() const { return static_cast<bool>(set_); }

  // Waits until a socket is ready, wake() was called or `timeout` is over (kForever: only for the first two; it is rounded up to
  // milliseconds), and tells the sockets that are ready. Gives how many.
  static constexpr Duration kForever = Duration::max();
  std::size_t poll(Duration timeout);

  // Ends the current or the next wait.
  void wake();

 private:
  friend class WatchedSocket;

  [[nodiscard]] bool add(WatchedSocket& socket, int descriptor);
  // Before the descriptor is closed or given away. The system forgets a closed one by itself only if no other descriptor, such as a
  // forked child's, holds the connection open.
  void remove(WatchedSocket& socket, int descriptor);
  // Its wait ends at the next poll, which does not sleep.
  void tell_soon(WatchedSocket& socket);
  void tell_events();
  void tell_due();

  Socket set_;
  Socket alarm_;  // an eventfd, readable once it was written
  // Empty but while their sockets are told. One that goes meanwhile leaves a nullptr.
  std::array<epoll_event, kEventsPerRound> events_{};
  std::size_t event_count_ = 0;
  std::vector<WatchedSocket*> due_;
  std::vector<WatchedSocket*> running_due_;
};

}  // namespace relay::net
