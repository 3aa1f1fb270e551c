#pragma once

#include <boost/container/deque.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/link.h"
#include "mesh/mask_source.h"
#include "mesh/websocket_reader.h"

namespace relay::mesh {

// What a link has to send, as bytes for gathered writes: messages by lane, pings and pongs that overtake all
// that has not begun to leave, and a close frame behind everything. Frames are made only when they are about
// to leave, so that whatever waits together leaves together.
//
// Order:  control messages before the others, each lane in the order added.
// Bound:  none of its own: who adds looks at bytes() and call_bytes(). One pong waits at most, the newest.
// Thread: one; no sockets, no clock.
class OutgoingFrames {
 public:
  // kArrays: several waiting messages share a frame, as a JSON array.
  enum class Batching : std::uint8_t { kArrays, kOneAFrame };

  // A client's frames are masked.
  OutgoingFrames(WebSocketReader::Side side, Batching batching, RandomSource& random)
      : is_masked_(side == WebSocketReader::Side::kClient), batching_(batching), masks_(random) {}

  void add(std::string message, Lane lane, std::uint64_t tag);
  void add_ping(std::string_view payload) { ping_ = payload; }
  void add_pong(std::string_view payload) { pong_ = payload; }
  // Only the first counts.
  void add_close(CloseCode code, std::string_view reason);
  // Gives up the messages that have not begun to leave; their tags are unwritten.
  void drop_messages();

  // What leaves next, as far as `pieces` reach; empty: nothing waits. Valid until something is added or
  // consumed.
  [[nodiscard]] std::span<std::string_view> next_pieces(std::span<std::string_view> pieces);
  // So many bytes of it have left.
  void consume(std::size_t bytes);

  // Bytes of messages that have not left.
  [[nodiscard]] std::size_t bytes() const { return message_bytes_; }
  [[nodiscard]] std::size_t call_bytes() const { return call_bytes_; }
  // The close frame has left whole.
  [[nodiscard]] bool has_closed() const { return has_closed_; }
  // The tags (but 0) of all messages that have not left whole, in order; forgotten here.
  [[nodiscard]] std::vector<std::uint64_t> take_unwritten();

 private:
  struct Message {
    std::string text;
    std::uint64_t tag = 0;
    Lane lane = Lane::kControl;
  };
  struct Frame {
    std::string head;
    std::string payload;
    std::size_t message_bytes = 0;
    std::size_t call_bytes = 0;
    std::size_t tags = 0;  // so many of tags_ are its messages'
    WebSocketOpcode opcode = WebSocketOpcode::kText;

    [[nodiscard]] std::size_t size() const { return head.size() + payload.size(); }
  };

  [[nodiscard]] bool has_urgent() const { return ping_.has_value() || pong_.has_value(); }
  [[nodiscard]] bool has_messages() const { return !control_.empty() || !others_.empty(); }
  [[nodiscard]] Message take_message();
  [[nodiscard]] const Message& message_at(std::size_t index) const;

  // How many messages from the front share a frame, and its payload's size.
  struct Batch {
    std::size_t messages = 1;
    std::size_t bytes = 0;
  };
  [[nodiscard]] Batch next_batch() const;

  void make_frames();
  void make_urgent_frame(std::optional<std::string>& payload, WebSocketOpcode opcode);
  void make_close_frame();
  [[nodiscard]] Frame make_message_frame();
  [[nodiscard]] std::string move_into(Frame& frame, Message message);
  void seal(Frame& frame);
  void discount(const Frame& frame);
  void forget_frame();
  void release_memory();

  const bool is_masked_;
  const Batching batching_;
  MaskSource masks_;
  // Those of Boost take no memory before something is put into them.
  boost::container::deque<Message> control_;
  boost::container::deque<Message> others_;
  std::optional<std::string> ping_;
  std::optional<std::string> pong_;
  std::optional<std::string> close_;
  boost::container::deque<Frame> frames_;        // about to leave
  boost::container::deque<std::uint64_t> tags_;  // of frames_, in order
  std::vector<std::uint64_t> dropped_;
  std::size_t front_sent_ = 0;  // bytes of the first frame that have left
  std::size_t frame_bytes_ = 0;
  std::size_t message_bytes_ = 0;
  std::size_t call_bytes_ = 0;
  std::size_t most_messages_ = 0;  // waiting at once since memory was released
  bool close_added_ = false;
  bool has_closed_ = false;
};

}  // namespace relay::mesh
