#pragma once

#include <cstdint>

#include "net/socket.h"
#include "net/stream.h"

namespace relay::net {

class IoCore;
class Poller;

// A socket whose readiness one core follows. Its owner moves bytes with the system calls themselves, says here when these would have
// blocked, and asks to be told when they no longer would.
//
// Order:  a wait is over once: one on_readable() follows each wait_readable(), never from inside a function of this class.
// Errors: a socket that the system cannot watch is shut down, so that its owner reads its end.
// Owner:  does not outlive its core. Destroying it closes the socket, and nobody is told again.
// Thread: the core's, or any one thread while the core does not run.
class WatchedSocket {
 public:
  WatchedSocket(IoCore& core, Socket socket, StreamListener* listener);
  ~WatchedSocket();
  WatchedSocket(const WatchedSocket&) = delete;
  WatchedSocket& operator=(const WatchedSocket&) = delete;

  // Who is told; before the first wait.
  void set_listener(StreamListener* listener) { listener_ = listener; }

  // Why the system cannot watch it, an error number; 0 when it does.
  [[nodiscard]] int fault() const { return fault_; }

  // -1 once it is closed or released.
  [[nodiscard]] int descriptor() const { return socket_.get(); }

  void wait_readable();
  void wait_writable();
  // A read or a write would have blocked.
  void read_would_block() { is_readable_ = false; }
  void write_would_block() { is_writable_ = false; }
  // A read gave less than it had room for: there is no more, but where the system says that more follows what was read.
  void read_came_short() { is_readable_ = more_may_follow_; }

  // Nobody is told again after these.
  void close();
  [[nodiscard]] Socket release();

 private:
  friend class Poller;

  // What epoll says of it.
  void note(std::uint32_t events);
  void tell_readable();
  void tell_writable();

  Poller& poller_;
  Socket socket_;
  StreamListener* listener_;
  int fault_ = 0;
  // What is known since the last edge; it is learnt anew from a call that would block.
  bool is_readable_ = false;
  bool is_writable_ = false;
  // The end of the stream or urgent data may stand behind a read that came short, and is no new edge.
  bool more_may_follow_ = false;
  bool waits_for_reading_ = false;
  bool waits_for_writing_ = false;
  bool is_due_ = false;
};

}  // namespace relay::net
