#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "mesh/dialler.h"
#include "mesh/websocket_handshake.h"
#include "net/stream.h"

namespace relay::mesh {

// The dialler's side of one handshake: sends the request over a fresh connection and reads the answer.
//
// Bound:  16 KiB of answer. It has no clock: its user gives up by destroying it.
// Thread: the stream's core.
class DialHandshake final : private net::StreamListener {
 public:
  // Called once, from the loop; not after the handshake is destroyed. Errors: those of read_dial_answer(),
  // and kUnreachable for a connection that ends.
  using Done = std::function<void(Result<Dialled>)>;

  DialHandshake(std::unique_ptr<net::Stream> stream, const DialRequest& request, Done done);

  void start();

 private:
  void on_readable() override;
  void on_writable() override;
  void read_answer();
  void take_answer();
  [[nodiscard]] bool is_whole() const;
  void finish(Result<Dialled> result);

  std::unique_ptr<net::Stream> stream_;
  const std::string key_;
  std::string request_;  // what is not sent yet
  std::string answer_;
  std::size_t head_bytes_ = 0;  // of the answer; 0: not whole
  bool has_ended_ = false;
  Done done_;
};

}  // namespace relay::mesh
