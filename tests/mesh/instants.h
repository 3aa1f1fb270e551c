#pragma once

#include "base/clock.h"

namespace relay::mesh {

// Points in time of a test that begins at 0.
inline Instant at(int seconds) {
  return Instant(std::chrono::seconds(seconds));
}
inline Instant at_ms(int milliseconds) {
  return Instant(std::chrono::milliseconds(milliseconds));
}

}  // namespace relay::mesh
