#include "sim/frame_mixer.h"

#include <utility>

#include "mesh/websocket_frame.h"

namespace relay::sim {

std::string FrameMixer::mix(int side, const std::string& bytes) {
  Direction& direction = directions_[static_cast<std::size_t>(side)];
  std::string out;
  if (direction.is_upgraded) {
    direction.bytes += bytes;
  } else {
    constexpr std::string_view kHeadEnd = "\r\n\r\n";
    const std::size_t seen = direction.head.size();
    direction.head += bytes;
    const std::size_t end = direction.head.find(kHeadEnd);
    if (end == std::string::npos) return bytes;
    direction.is_upgraded = true;
    direction.bytes = direction.head.substr(end + kHeadEnd.size());
    out = direction.head.substr(seen, end + kHeadEnd.size() - seen);
  }
  for (;;) {
    const mesh::FrameHeadRead read = mesh::read_frame_head(direction.bytes);
    if (read.status != mesh::FrameHeadRead::Status::kWhole) break;
    const std::size_t whole = read.head.head_bytes + read.head.payload_bytes;
    if (direction.bytes.size() < whole) break;
    pass(direction, direction.bytes.substr(0, whole), out);
    direction.bytes.erase(0, whole);
  }
  return out;
}

void FrameMixer::pass(Direction& direction, std::string frame, std::string& out) {
  const std::string late = std::exchange(direction.late, {});
  if (random_.chance(style_.overtaken)) {
    direction.late = std::move(frame);
  } else if (!random_.chance(style_.lost)) {
    out += frame;
    if (random_.chance(style_.repeated)) out += frame;
  }
  out += late;
}

}  // namespace relay::sim
