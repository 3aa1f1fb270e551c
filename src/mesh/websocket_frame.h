#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mesh/link.h"

namespace relay::mesh {

enum class WebSocketOpcode : std::uint8_t {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10
};

// What a control frame may carry (RFC 6455 section 5.5).
inline constexpr std::size_t kMaxControlBytes = 125;

// The head of a frame, up to its payload.
struct FrameHead {
  WebSocketOpcode opcode = WebSocketOpcode::kText;
  bool is_last = true;  // of its message
  bool is_masked = false;
  std::uint32_t mask = 0;  // its four bytes in the order of the wire
  std::uint64_t payload_bytes = 0;
  std::size_t head_bytes = 0;

  [[nodiscard]] bool is_control() const { return static_cast<std::uint8_t>(opcode) >= 8; }
};

// Why a link is ended by its reader.
struct WebSocketFault {
  CloseCode code = CloseCode::kProtocolError;
  std::string_view reason;  // a literal
};

// What reading a head came to.
struct FrameHeadRead {
  enum class Status : std::uint8_t { kWhole, kIncomplete, kFault };
  Status status = Status::kIncomplete;
  FrameHead head;
  std::size_t needed = 0;  // kIncomplete: so many bytes are known to be needed, more than there are
  WebSocketFault fault;
};

// Reads the head at the front of `bytes`; strict (RFC 6455 section 5.2). The outcome depends on the bytes
// alone, not on how many of them are there already.
[[nodiscard]] FrameHeadRead read_frame_head(std::string_view bytes);

// XORs `payload` with the mask's four bytes, over and over; the same again takes it off. `offset`: bytes of
// the payload before these.
void mask_payload(std::span<char> payload, std::uint32_t mask, std::size_t offset = 0);

}  // namespace relay::mesh
