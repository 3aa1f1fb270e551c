#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mesh/websocket_frame.h"

namespace relay::mesh {

// Reads WebSocket frames (RFC 6455) out of bytes as they come: whole, halved or one by one. Strict: reserved
// bits and opcodes, lengths not in their shortest form, fragmented or long control frames, wrong masking,
// binary frames, text that is not UTF-8, a close frame with a bad code are faults. No extension is
// negotiated.
//
// Invariant: what the listener is told does not depend on how the bytes were cut.
// Bound:     kMaxReceivedBytes a message, kMaxFragments a message; a length that is only promised costs
// nothing. Thread:    one; no sockets, no clock.
class WebSocketReader {
 public:
  // A server takes masked frames only, a client unmasked ones only.
  enum class Side : std::uint8_t { kServer, kClient };

  // Told what comes in, in order. Views are valid during the call.
  class Listener {
   public:
    virtual void on_text(std::string_view message) = 0;
    virtual void on_ping(std::string_view payload) = 0;
    virtual void on_pong(std::string_view payload) = 0;
    virtual void on_close(std::uint16_t code, std::string_view reason) = 0;  // 1005: none was sent

   protected:
    ~Listener() = default;
  };
  using Fault = WebSocketFault;

  WebSocketReader(Side side, Listener& listener) : side_(side), listener_(listener) {}

  // Takes all of `bytes`; a whole frame is unmasked in place and delivered from there. False after a fault, a
  // close frame or stop(): then fault() or the listener says why, and nothing more is to be fed. The listener
  // may call stop() while it is told.
  [[nodiscard]] bool feed(std::span<char> bytes);
  void stop() { stopped_ = true; }
  [[nodiscard]] const Fault* fault() const { return has_fault_ ? &fault_ : nullptr; }
  // Bytes held for a message that is not whole.
  [[nodiscard]] std::size_t held_bytes() const { return buffer_.capacity() + message_.capacity(); }

 private:
  void complete_frame(std::span<char>& bytes);
  [[nodiscard]] bool fill(std::span<char>& bytes, std::size_t wanted);
  [[nodiscard]] std::size_t take_frame(std::span<char> bytes);
  [[nodiscard]] bool check(const FrameHead& head);
  void take_payload(const FrameHead& head, std::string_view payload);
  void take_data(const FrameHead& head, std::string_view payload);
  void take_control(const FrameHead& head, std::string_view payload);
  void take_close(std::string_view payload);
  void deliver(std::string_view message);
  bool fail(CloseCode code, std::string_view reason);

  Side side_;
  Listener& listener_;
  std::string buffer_;   // a frame that is not whole
  std::string message_;  // fragments so far
  std::size_t fragments_ = 0;
  bool in_message_ = false;
  bool stopped_ = false;
  bool has_fault_ = false;
  Fault fault_;
};

}  // namespace relay::mesh
