#pragma once

#include "node/wake_event.h"

namespace relay::repl {

// What the session's thread may wait for; -1: not that.
struct Watched {
  const node::WakeEvent& event;
  int signals = -1;
  int input = -1;
  int output = -1;
};

struct Ready {
  bool event = false;
  bool signal = false;
  bool input = false;
  bool output = false;
  [[nodiscard]] bool nothing() const { return !event && !signal && !input && !output; }
};

inline constexpr int kForever = -1;
// Waits until one is ready, or the time is over; an event that was woken is cleared.
[[nodiscard]] Ready watch(const Watched& watched, int milliseconds = kForever);

// Takes one signal from a signalfd: its number, 0 when there is none.
[[nodiscard]] int take_signal(int descriptor);

}  // namespace relay::repl
