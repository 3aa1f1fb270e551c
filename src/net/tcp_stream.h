#pragma once

#include "net/io_core.h"
#include "net/socket.h"
#include "net/stream.h"
#include "net/watched_socket.h"

namespace relay::net {

// A Stream over a TCP socket of one core.
// Owner: does not outlive its core.
class TcpStream final : public Stream {
 public:
  // `socket` does not block.
  TcpStream(IoCore& core, Socket socket);

  void set_listener(StreamListener* listener) override { socket_.set_listener(listener); }
  [[nodiscard]] IoResult read(std::span<char> into) override;
  [[nodiscard]] IoResult write(std::span<const std::string_view> pieces) override;
  void wait_readable() override { socket_.wait_readable(); }
  void wait_writable() override { socket_.wait_writable(); }
  void shut_down_writing() override;
  void close() override { socket_.close(); }
  [[nodiscard]] std::string peer_address() const override;
  [[nodiscard]] int release_socket() override { return socket_.release().release(); }

 private:
  WatchedSocket socket_;
};

}  // namespace relay::net
