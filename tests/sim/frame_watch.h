#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mesh/websocket_reader.h"

namespace relay::sim {

// Reads along what both sides of a connection write: the handshake, then WebSocket messages.
// Thread: one.
class FrameWatch {
 public:
  // Side 0 has dialled.
  using OnMessage = std::function<void(int side, std::string_view text)>;

  explicit FrameWatch(OnMessage on_message);
  ~FrameWatch();

  void see(int side, std::string_view bytes);
  // Which side sends something that is no WebSocket; -1: none.
  [[nodiscard]] int faulty_side() const { return faulty_side_; }

 private:
  struct Direction;
  OnMessage on_message_;
  std::array<std::unique_ptr<Direction>, 2> directions_;
  int faulty_side_ = -1;
};

}  // namespace relay::sim
