#pragma once

namespace relay::node {

// Wakes a thread that waits in poll(), from any other: an eventfd.
// Thread: wake() from any; the rest from the thread that waits.
class WakeEvent {
 public:
  WakeEvent();
  ~WakeEvent();
  WakeEvent(const WakeEvent&) = delete;
  WakeEvent& operator=(const WakeEvent&) = delete;

  void wake() const;
  // Forgets all wakes so far.
  void clear() const;
  // Readable in poll() from wake() to clear().
  [[nodiscard]] int descriptor() const { return descriptor_; }

  // Waits for wake(), clears it, and returns.
  void wait() const;
  // Waits until the event is woken (it is then cleared), poll() reports one of `events` on `other`, or the time is over.
  enum class Ready { kWoken, kOther, kTimeout, kFailed };
  static constexpr int kForever = -1;
  [[nodiscard]] Ready wait_or(int other, short events, int milliseconds = kForever) const;

 private:
  const int descriptor_;
};

}  // namespace relay::node
