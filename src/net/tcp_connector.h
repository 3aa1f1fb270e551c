#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/io_core.h"
#include "net/socket.h"

namespace relay::net {

// Opens TCP connections from one core, without ever making it wait: names are looked up on
// another thread, and each address that a name has is tried in turn.
//
// Owner:  neither it nor its attempts outlive the core.
// Thread: the core's.
class TcpConnector {
 private:
  struct State;

 public:
  // One attempt; destroying it gives it up, and `done` is then not called.
  class Attempt {
   public:
    explicit Attempt(std::shared_ptr<State> state) : state_(std::move(state)) {}
    ~Attempt();
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

   private:
    std::shared_ptr<State> state_;
  };
  // The socket does not block and sends at once what it is given (TCP_NODELAY).
  using Done = std::function<void(Result<Socket>)>;

  explicit TcpConnector(IoCore& core) : core_(core) {}

  // Connects to `address`: "host:port", IPv6 in brackets. `done` is called once, on the core, never from
  // inside connect(). It has no limit of time of its own but what the system sets: its user gives up. Errors:
  // kUnreachable, a sentence ("connection refused").
  [[nodiscard]] std::unique_ptr<Attempt> connect(const std::string& address, Done done);

 private:
  IoCore& core_;
};

}  // namespace relay::net
