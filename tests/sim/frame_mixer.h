#pragma once

#include <array>
#include <string>

#include "sim/seeded_random.h"

namespace relay::sim {

// A link that does to whole WebSocket frames what TCP never does: loses them, repeats them, lets them
// overtake each other. The handshake passes as it is. Thread: one.
class FrameMixer {
 public:
  // In percent of the frames.
  struct Style {
    unsigned lost = 2;
    unsigned repeated = 4;
    unsigned overtaken = 4;
  };
  FrameMixer(SeededRandom random, Style style) : random_(random), style_(style) {}

  // What becomes of bytes that a side has sent.
  [[nodiscard]] std::string mix(int side, const std::string& bytes);

 private:
  struct Direction {
    std::string head;   // of the handshake, as far as it has come
    std::string bytes;  // of a frame that is not whole
    std::string late;   // a frame that the next one overtakes
    bool is_upgraded = false;
  };
  void pass(Direction& direction, std::string frame, std::string& out);

  SeededRandom random_;
  const Style style_;
  std::array<Direction, 2> directions_;
};

}  // namespace relay::sim
