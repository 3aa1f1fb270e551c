#include "mesh/websocket_writer.h"

#include <cstring>

namespace relay::mesh {
namespace {

constexpr unsigned kLastBit = 0x80;
constexpr unsigned kMaskBit = 0x80;
constexpr std::size_t kMaxReasonBytes = kMaxControlBytes - 2;

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

std::string_view cut_reason(std::string_view reason) {
  if (reason.size() <= kMaxReasonBytes) return reason;
  std::size_t end = kMaxReasonBytes;
  while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0) == 0x80) --end;
  return reason.substr(0, end);
}

}  // namespace

void append_frame_head(std::string& out, WebSocketOpcode opcode, std::size_t payload_bytes,
                       std::uint32_t mask) {
  out += static_cast<char>(kLastBit | static_cast<unsigned>(opcode));
  const unsigned mask_bit = mask != 0 ? kMaskBit : 0;
  if (payload_bytes < 126) {
    out += static_cast<char>(mask_bit | payload_bytes);
  } else if (payload_bytes <= 0xFFFF) {
    out += static_cast<char>(mask_bit | 126);
    append_big_endian(out, payload_bytes, 2);
  } else {
    out += static_cast<char>(mask_bit | 127);
    append_big_endian(out, payload_bytes, 8);
  }
  if (mask == 0) return;
  char bytes[sizeof(mask)];
  std::memcpy(bytes, &mask, sizeof(mask));
  out.append(bytes, sizeof(mask));
}

void append_frame(std::string& out, WebSocketOpcode opcode, std::string_view payload, std::uint32_t mask) {
  append_frame_head(out, opcode, payload.size(), mask);
  const std::size_t begin = out.size();
  out += payload;
  if (mask != 0) mask_payload({out.data() + begin, payload.size()}, mask);
}

std::string close_payload(CloseCode code, std::string_view reason) {
  std::string payload;
  append_big_endian(payload, static_cast<std::uint16_t>(code), 2);
  payload += cut_reason(reason);
  return payload;
}

}  // namespace relay::mesh
