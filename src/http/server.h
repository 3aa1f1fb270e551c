#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/routes.h"
#include "http/server_config.h"
#include "net/io_cores.h"

namespace relay::http {

// The HTTP/1.1 side of a node: one listener, connections spread over all cores, routes answered by handlers.
//
// Owner:  outlived by `cores`; outlives every Responder it has handed out; destroyed only after stop() is done or
//         the cores have been joined.
// Thread: the members from any one thread that is no core; handlers run on the cores.
class Server {
 public:
  Server(net::IoCores& cores, ServerConfig config, Routes routes);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, listens and accepts. Port 0 picks a free one. kIo with a sentence for people when it cannot
  // ("port 8080 is in use").
  [[nodiscard]] Result<void> listen(const std::string& host, std::uint16_t port);
  // The port bound; 0 before listen().
  [[nodiscard]] std::uint16_t port() const;

  // Open connections, over all cores. Thread: any.
  [[nodiscard]] std::size_t connections() const;

  // Stops accepting, closes idle connections, lets requests in work finish for up to `drain`, then cuts the rest.
  // `done` runs once on a core when no connection is left. Call at most once, while the cores run.
  void stop(Duration drain, std::function<void()> done);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::http
