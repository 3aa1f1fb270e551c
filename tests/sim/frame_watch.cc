#include "sim/frame_watch.h"

#include <utility>

namespace relay::sim {

struct FrameWatch::Direction final : mesh::WebSocketReader::Listener {
  Direction(FrameWatch& its_watch, int its_side)
      : watch(its_watch),
        side(its_side),
        reader(its_side == 0 ? mesh::WebSocketReader::Side::kServer : mesh::WebSocketReader::Side::kClient,
               *this) {}

  void on_text(std::string_view message) override { watch.on_message_(side, message); }
  void on_ping(std::string_view) override {}
  void on_pong(std::string_view) override {}
  void on_close(std::uint16_t, std::string_view) override {}

  FrameWatch& watch;
  const int side;
  std::string head;
  bool is_upgraded = false;
  bool is_over = false;
  mesh::WebSocketReader reader;
};

FrameWatch::FrameWatch(OnMessage on_message) : on_message_(std::move(on_message)) {
  for (int side = 0; side < 2; ++side) {
    directions_[static_cast<std::size_t>(side)] = std::make_unique<Direction>(*this, side);
  }
}

FrameWatch::~FrameWatch() = default;

void FrameWatch::see(int side, std::string_view bytes) {
  Direction& direction = *directions_[static_cast<std::size_t>(side)];
  if (direction.is_over) return;
  std::string text(bytes);
  if (!direction.is_upgraded) {
    constexpr std::string_view kHeadEnd = "\r\n\r\n";
    direction.head += text;
    const std::size_t end = direction.head.find(kHeadEnd);
    if (end == std::string::npos) return;
    direction.is_upgraded = true;
    // A refusal has no frames behind it.
    direction.is_over = side == 1 && !direction.head.starts_with("HTTP/1.1 101");
    text = direction.head.substr(end + kHeadEnd.size());
    direction.head.clear();
  }
  if (direction.is_over || direction.reader.feed(text)) return;
  direction.is_over = true;
  if (direction.reader.fault() != nullptr) faulty_side_ = side;
}

}  // namespace relay::sim
