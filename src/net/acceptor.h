#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/io_core.h"
#include "net/socket.h"
#include "net/watched_socket.h"

namespace relay::net {

// Listens on one address and hands out the connections that come in, as sockets that do not block.
//
// Errors: out of descriptors or memory: it pauses (10 ms, doubling to 1 s), says so in the log once a streak, and goes
//         on; waiting connections stay in the system's queue meanwhile.
// Owner:  does not outlive its core.
// Thread: its core, or any one thread while the core does not run.
class Acceptor final : private StreamListener {
 public:
  using OnSocket = std::function<void(Socket)>;

  // Binds and listens, so clients can connect from here on; accepts nothing before start(). Port 0 picks a free one.
  // kIo with a sentence for people ("port 8080 is in use") when it cannot.
  [[nodiscard]] static Result<std::unique_ptr<Acceptor>> listen(IoCore& core, const std::string& host,
                                                               std::uint16_t port);
  ~Acceptor() { close(); }
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // The port that it listens on.
  [[nodiscard]] std::uint16_t port() const { return port_; }

  // Calls `on_socket` on the core for each connection from here on. Once.
  void start(OnSocket on_socket);
  // Stops listening; new connections are refused by the system. Thread: the core.
  void close();

 private:
  Acceptor(IoCore& core, Socket listener);
  void on_readable() override { accept_some(); }
  void on_writable() override {}
  void accept_some();
  void pause();

  IoCore& core_;
  WatchedSocket listener_;
  const std::uint16_t port_;
  OnSocket on_socket_;
  Executor::TimerId pause_timer_ = 0;
  Duration next_pause_;
};


}  // namespace relay::net
