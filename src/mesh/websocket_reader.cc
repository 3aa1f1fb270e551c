#include "mesh/websocket_reader.h"

#include <algorithm>

#include "mesh/mesh_limits.h"
#include "value/string.h"

namespace relay::mesh {
namespace {

// A buffer that grew above this is freed once it is empty: an idle link holds next to nothing.
constexpr std::size_t kKeptBytes = 4096;

constexpr std::uint16_t kNoCode = 1005;

void clear(std::string& buffer) {
  buffer.clear();
  // An assignment would keep the memory.
  if (buffer.capacity() > kKeptBytes) std::string().swap(buffer);
}

// Codes that may stand in a close frame: those defined and registered, and the free ranges (RFC 6455
// section 7.4).
bool is_valid_close_code(std::uint16_t code) {
  if (code >= 3000 && code <= 4999) return true;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}

}  // namespace

bool WebSocketReader::feed(std::span<char> bytes) {
  if (stopped_) return false;
  if (!buffer_.empty()) complete_frame(bytes);
  while (!stopped_ && !bytes.empty()) {
    const std::size_t taken = take_frame(bytes);
    if (taken == 0) break;
    bytes = bytes.subspan(taken);
  }
  if (!stopped_ && !bytes.empty()) buffer_.append(bytes.data(), bytes.size());
  return !stopped_;
}

// Adds to the frame in buffer_ what is missing of it and takes it when it is whole.
void WebSocketReader::complete_frame(std::span<char>& bytes) {
  for (;;) {
    const FrameHeadRead read = read_frame_head(buffer_);
    const bool has_head = read.status == FrameHeadRead::Status::kWhole;
    if (read.status == FrameHeadRead::Status::kFault || (has_head && !check(read.head))) break;
    if (!fill(bytes, has_head ? read.head.head_bytes + read.head.payload_bytes : read.needed)) return;
    if (has_head) break;
  }
  if (!stopped_) static_cast<void>(take_frame(buffer_));
  clear(buffer_);
}

bool WebSocketReader::fill(std::span<char>& bytes, std::size_t wanted) {
  const std::size_t count = std::min(bytes.size(), wanted - buffer_.size());
  buffer_.append(bytes.data(), count);
  bytes = bytes.subspan(count);
  return buffer_.size() == wanted;
}

// Takes the frame at the front of `bytes` and returns its size; 0: it is not whole, or wrong.
std::size_t WebSocketReader::take_frame(std::span<char> bytes) {
  const FrameHeadRead read = read_frame_head({bytes.data(), bytes.size()});
  if (read.status == FrameHeadRead::Status::kIncomplete) return 0;
  if (read.status == FrameHeadRead::Status::kFault) {
    fail(read.fault.code, read.fault.reason);
    return 0;
  }
  const FrameHead& head = read.head;
  if (!check(head) || bytes.size() - head.head_bytes < head.payload_bytes) return 0;
  const auto payload = bytes.subspan(head.head_bytes, head.payload_bytes);
  if (head.is_masked) mask_payload(payload, head.mask);
  take_payload(head, {payload.data(), payload.size()});
  return head.head_bytes + head.payload_bytes;
}

// Whether a frame with this head can be taken, before any of its payload is kept.
bool WebSocketReader::check(const FrameHead& head) {
  if (head.is_masked != (side_ == Side::kServer)) {
    return fail(CloseCode::kProtocolError,
                head.is_masked ? "a server's frame that is masked" : "a client's frame that is not masked");
  }
  if (head.is_control()) return true;
  if (head.opcode == WebSocketOpcode::kBinary) return fail(CloseCode::kUnsupportedData, "a binary frame");
  const bool goes_on = head.opcode == WebSocketOpcode::kContinuation;
  if (goes_on && !in_message_) return fail(CloseCode::kProtocolError, "a fragment of no message");
  if (!goes_on && in_message_) return fail(CloseCode::kProtocolError, "a message inside another");
  // The first sum cannot overflow: the length of a head is below 2^63.
  if (head.payload_bytes + message_.size() > kMaxReceivedBytes) {
    return fail(CloseCode::kTooBig, "a message above 8 MiB");
  }
  if (fragments_ >= kMaxFragments)
    return fail(CloseCode::kTooBig, "more than 1,024 fragments of one message");
  return true;
}

void WebSocketReader::take_payload(const FrameHead& head, std::string_view payload) {
  head.is_control() ? take_control(head, payload) : take_data(head, payload);
}

void WebSocketReader::take_data(const FrameHead& head, std::string_view payload) {
  if (!in_message_ && head.is_last) return deliver(payload);
  in_message_ = true;
  ++fragments_;
  message_ += payload;
  if (!head.is_last) return;
  in_message_ = false;
  fragments_ = 0;
  deliver(message_);
  clear(message_);
}

void WebSocketReader::deliver(std::string_view message) {
  if (!string::is_valid_utf8(message)) {
    fail(CloseCode::kInvalidText, "text that is not UTF-8");
    return;
  }
  listener_.on_text(message);
}

void WebSocketReader::take_control(const FrameHead& head, std::string_view payload) {
  if (head.opcode == WebSocketOpcode::kPing) return listener_.on_ping(payload);
  if (head.opcode == WebSocketOpcode::kPong) return listener_.on_pong(payload);
  take_close(payload);
}

void WebSocketReader::take_close(std::string_view payload) {
  std::uint16_t code = kNoCode;
  std::string_view reason;
  if (payload.size() == 1) {
    fail(CloseCode::kProtocolError, "a close frame of one byte");
    return;
  }
  if (payload.size() >= 2) {
    code = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 |
                                      static_cast<unsigned char>(payload[1]));
    reason = payload.substr(2);
    if (!is_valid_close_code(code)) {
      fail(CloseCode::kProtocolError, "a close frame with a code that is not allowed");
      return;
    }
  }
  if (!string::is_valid_utf8(reason)) {
    fail(CloseCode::kInvalidText, "a close frame whose reason is not UTF-8");
    return;
  }
  stopped_ = true;
  listener_.on_close(code, reason);
}

bool WebSocketReader::fail(CloseCode code, std::string_view reason) {
  stopped_ = true;
  has_fault_ = true;
  fault_ = {code, reason};
  return false;
}

}  // namespace relay::mesh
