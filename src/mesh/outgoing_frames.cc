#include "mesh/outgoing_frames.h"

#include <algorithm>
#include <utility>

#include "mesh/mesh_limits.h"
#include "mesh/websocket_writer.h"

namespace relay::mesh {
namespace {

// A message above this has a frame of its own, into which it is moved and not copied.
constexpr std::size_t kCopyBytes = 16u << 10;
// Frames are made until so many bytes or frames are about to leave: enough for one gathered write.
constexpr std::size_t kBytesAhead = kMaxFrameBytes;
constexpr std::size_t kFramesAhead = 32;
// Queues that held more messages than this give their memory back when they are empty.
constexpr std::size_t kKeptMessages = 64;

}  // namespace

void OutgoingFrames::add(std::string message, Lane lane, std::uint64_t tag) {
  message_bytes_ += message.size();
  if (lane == Lane::kCall) call_bytes_ += message.size();
  auto& queue = lane == Lane::kControl ? control_ : others_;
  queue.push_back({std::move(message), tag, lane});
  most_messages_ = std::max(most_messages_, queue.size());
}

void OutgoingFrames::add_close(CloseCode code, std::string_view reason) {
  if (std::exchange(close_added_, true)) return;
  close_ = close_payload(code, reason);
}

void OutgoingFrames::drop_messages() {
  const std::size_t begun = front_sent_ > 0 ? 1 : 0;
  const auto begun_tags = static_cast<std::ptrdiff_t>(begun > 0 ? frames_.front().tags : 0);
  dropped_.insert(dropped_.end(), tags_.begin() + begun_tags, tags_.end());
  tags_.erase(tags_.begin() + begun_tags, tags_.end());
  const auto drop = [this](const Frame& frame) {
    if (frame.opcode != WebSocketOpcode::kText) return false;
    discount(frame);
    return true;
  };
  frames_.erase(std::remove_if(frames_.begin() + static_cast<std::ptrdiff_t>(begun), frames_.end(), drop),
                frames_.end());
  while (has_messages()) {
    Frame never_sent;
    static_cast<void>(move_into(never_sent, take_message()));
    discount(never_sent);
  }
  dropped_.insert(dropped_.end(), tags_.begin() + begun_tags, tags_.end());
  tags_.erase(tags_.begin() + begun_tags, tags_.end());
}

std::span<std::string_view> OutgoingFrames::next_pieces(std::span<std::string_view> pieces) {
  make_frames();
  std::size_t count = 0;
  std::size_t skipped = front_sent_;
  for (const Frame& frame : frames_) {
    if (count + 2 > pieces.size()) break;
    for (const std::string_view piece : {std::string_view(frame.head), std::string_view(frame.payload)}) {
      const std::size_t sent = std::min(skipped, piece.size());
      skipped -= sent;
      if (sent < piece.size()) pieces[count++] = piece.substr(sent);
    }
    // What overtakes goes between this frame and the next.
    if (front_sent_ > 0 && has_urgent()) break;
  }
  return pieces.first(count);
}

void OutgoingFrames::consume(std::size_t bytes) {
  front_sent_ += bytes;
  while (!frames_.empty() && front_sent_ >= frames_.front().size()) {
    front_sent_ -= frames_.front().size();
    forget_frame();
  }
  if (frames_.empty() && !has_messages()) release_memory();
}

std::vector<std::uint64_t> OutgoingFrames::take_unwritten() {
  std::vector<std::uint64_t> unwritten(tags_.begin(), tags_.end());
  tags_.clear();
  unwritten.insert(unwritten.end(), dropped_.begin(), dropped_.end());
  dropped_.clear();
  while (has_messages()) {
    const Message message = take_message();
    if (message.tag != 0) unwritten.push_back(message.tag);
  }
  frames_.clear();
  return unwritten;
}

OutgoingFrames::Message OutgoingFrames::take_message() {
  auto& queue = control_.empty() ? others_ : control_;
  Message message = std::move(queue.front());
  queue.pop_front();
  return message;
}

const OutgoingFrames::Message& OutgoingFrames::message_at(std::size_t index) const {
  return index < control_.size() ? control_[index] : others_[index - control_.size()];
}

OutgoingFrames::Batch OutgoingFrames::next_batch() const {
  Batch batch{1, message_at(0).text.size()};
  if (batching_ == Batching::kOneAFrame || batch.bytes > kCopyBytes) return batch;
  batch.bytes += 2;  // the brackets
  const std::size_t most = std::min(control_.size() + others_.size(), kMaxFrameMessages);
  for (; batch.messages < most; ++batch.messages) {
    const std::size_t size = message_at(batch.messages).text.size();
    if (size > kCopyBytes || batch.bytes + size + 1 > kMaxFrameBytes) break;
    batch.bytes += size + 1;
  }
  return batch;
}

void OutgoingFrames::make_frames() {
  const bool may_overtake = front_sent_ == 0;
  // One that overtakes and has not left is enough.
  const bool overtakes = !frames_.empty() && frames_.front().opcode != WebSocketOpcode::kText;
  if (may_overtake && !overtakes) {
    make_urgent_frame(ping_, WebSocketOpcode::kPing);
    make_urgent_frame(pong_, WebSocketOpcode::kPong);
  }
  while (has_messages() && frame_bytes_ < kBytesAhead && frames_.size() < kFramesAhead) {
    frames_.push_back(make_message_frame());
    frame_bytes_ += frames_.back().size();
  }
  if (!has_messages()) make_close_frame();
}

void OutgoingFrames::make_close_frame() {
  if (!close_.has_value()) return;
  Frame frame;
  frame.opcode = WebSocketOpcode::kClose;
  frame.payload = *std::exchange(close_, std::nullopt);
  seal(frame);
  frame_bytes_ += frame.size();
  frames_.push_back(std::move(frame));
}

void OutgoingFrames::make_urgent_frame(std::optional<std::string>& payload, WebSocketOpcode opcode) {
  if (!payload.has_value()) return;
  Frame frame;
  frame.opcode = opcode;
  frame.payload = *std::exchange(payload, std::nullopt);
  seal(frame);
  frame_bytes_ += frame.size();
  frames_.push_front(std::move(frame));
}

OutgoingFrames::Frame OutgoingFrames::make_message_frame() {
  Frame frame;
  const Batch batch = next_batch();
  if (batch.messages == 1) {
    frame.payload = move_into(frame, take_message());
  } else {
    frame.payload.reserve(batch.bytes);
    for (std::size_t i = 0; i < batch.messages; ++i) {
      frame.payload += i == 0 ? '[' : ',';
      frame.payload += move_into(frame, take_message());
    }
    frame.payload += ']';
  }
  seal(frame);
  return frame;
}

// Lets `frame` answer for a message from here on; gives its text.
std::string OutgoingFrames::move_into(Frame& frame, Message message) {
  frame.message_bytes += message.text.size();
  if (message.lane == Lane::kCall) frame.call_bytes += message.text.size();
  if (message.tag != 0) {
    tags_.push_back(message.tag);
    ++frame.tags;
  }
  return std::move(message.text);
}

// Gives a frame its head, and masks it.
void OutgoingFrames::seal(Frame& frame) {
  const std::uint32_t mask = is_masked_ ? masks_.next() : 0;
  append_frame_head(frame.head, frame.opcode, frame.payload.size(), mask);
  if (is_masked_) mask_payload(frame.payload, mask);
}

void OutgoingFrames::discount(const Frame& frame) {
  message_bytes_ -= frame.message_bytes;
  call_bytes_ -= frame.call_bytes;
  frame_bytes_ -= frame.size();
}

void OutgoingFrames::forget_frame() {
  const Frame& frame = frames_.front();
  discount(frame);
  tags_.erase(tags_.begin(), tags_.begin() + static_cast<std::ptrdiff_t>(frame.tags));
  has_closed_ |= frame.opcode == WebSocketOpcode::kClose;
  frames_.pop_front();
}

void OutgoingFrames::release_memory() {
  if (most_messages_ <= kKeptMessages) return;
  most_messages_ = 0;
  boost::container::deque<Message>().swap(control_);
  boost::container::deque<Message>().swap(others_);
  boost::container::deque<std::uint64_t>().swap(tags_);
}

}  // namespace relay::mesh
