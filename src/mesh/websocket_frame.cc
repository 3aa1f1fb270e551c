#include "mesh/websocket_frame.h"

#include <bit>
#include <cstring>

namespace relay::mesh {
namespace {

constexpr std::uint8_t kLastBit = 0x80;
constexpr std::uint8_t kReservedBits = 0x70;
constexpr std::uint8_t kMaskBit = 0x80;
constexpr std::uint8_t kTwoBytes = 126;    // the length stands in the next two bytes
constexpr std::uint8_t kEightBytes = 127;  // or eight
constexpr std::size_t kMaskBytes = 4;

FrameHeadRead incomplete(std::size_t needed) {
  return {FrameHeadRead::Status::kIncomplete, {}, needed, {}};
}

FrameHeadRead fault(std::string_view reason) {
  return {FrameHeadRead::Status::kFault, {}, 0, {CloseCode::kProtocolError, reason}};
}

bool is_known(std::uint8_t opcode) {
  return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::size_t length_bytes(std::uint8_t short_length) {
  if (short_length == kTwoBytes) return 2;
  return short_length == kEightBytes ? 8 : 0;
}

std::string_view length_fault(std::uint64_t length, std::size_t bytes) {
  if (bytes == 2 && length < kTwoBytes) return "a length that is not in its shortest form";
  if (bytes == 8 && length <= 0xFFFF) return "a length that is not in its shortest form";
  if (length >> 63 != 0) return "a length above 2^63";
  return {};
}

std::string_view control_fault(const FrameHead& head, std::uint8_t short_length) {
  if (!head.is_control()) return {};
  if (!head.is_last) return "a control frame in fragments";
  return short_length > kMaxControlBytes ? "a control frame above 125 bytes" : std::string_view();
}

}  // namespace

FrameHeadRead read_frame_head(std::string_view bytes) {
  if (bytes.empty()) return incomplete(2);
  FrameHead head;
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  head.is_last = (first & kLastBit) != 0;
  head.opcode = static_cast<WebSocketOpcode>(first & 0x0F);
  if ((first & kReservedBits) != 0) return fault("a reserved bit is set");
  if (!is_known(first & 0x0F)) return fault("a reserved opcode");
  if (bytes.size() < 2) return incomplete(2);

  const auto second = static_cast<std::uint8_t>(bytes[1]);
  const std::uint8_t short_length = second & 0x7F;
  head.is_masked = (second & kMaskBit) != 0;
  if (const auto reason = control_fault(head, short_length); !reason.empty()) return fault(reason);
  const std::size_t extended = length_bytes(short_length);
  head.head_bytes = 2 + extended + (head.is_masked ? kMaskBytes : 0);
  if (bytes.size() < 2 + extended) return incomplete(2 + extended);
  head.payload_bytes = extended == 0 ? short_length : read_big_endian(bytes.substr(2, extended));
  if (const auto reason = length_fault(head.payload_bytes, extended); !reason.empty()) return fault(reason);
  if (bytes.size() < head.head_bytes) return incomplete(head.head_bytes);
  if (head.is_masked) std::memcpy(&head.mask, bytes.data() + 2 + extended, kMaskBytes);
  return {FrameHeadRead::Status::kWhole, head, 0, {}};
}

void mask_payload(std::span<char> payload, std::uint32_t mask, std::size_t offset) {
  // The wire's first mask byte is the lowest one of the word on a little-endian machine.
  static_assert(std::endian::native == std::endian::little);
  const std::uint32_t turned = std::rotr(mask, static_cast<int>(offset % kMaskBytes * 8));
  const std::uint64_t wide = std::uint64_t{turned} << 32 | turned;
  char* at = payload.data();
  std::size_t left = payload.size();
  for (; left >= sizeof(wide); at += sizeof(wide), left -= sizeof(wide)) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    word ^= wide;
    std::memcpy(at, &word, sizeof(word));
  }
  for (std::size_t i = 0; i < left; ++i)
    at[i] = static_cast<char>(at[i] ^ static_cast<char>(wide >> (8 * i)));
}

}  // namespace relay::mesh
