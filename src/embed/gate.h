#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace relay::embed {

// Lets threads use a thing that may end at any time: whoever is inside holds its end up.
//
// Invariant: after close() nobody is inside, and nobody comes in before open().
// Thread:    pass() from any; open() and close() from one at a time.
class Gate {
 public:
  // While it lives, and says true, the thing does.
  class Pass {
   public:
    explicit Pass(Gate* gate) : gate_(gate) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->leave();
    }
    explicit operator bool() const { return gate_ != nullptr; }

   private:
    Gate* gate_;
  };

  // Short: nobody waits inside.
  [[nodiscard]] Pass pass() {
    if ((count_.fetch_add(kOne, std::memory_order_acquire) & kClosed) == 0) return Pass(this);
    leave();
    return Pass(nullptr);
  }
  [[nodiscard]] bool is_open() const { return (count_.load(std::memory_order_acquire) & kClosed) == 0; }

  void open() { count_.fetch_and(~kClosed, std::memory_order_release); }
  // Returns when all have left.
  void close() {
    std::uint32_t count = count_.fetch_or(kClosed, std::memory_order_acq_rel) | kClosed;
    while (count != kClosed) {
      count_.wait(count);
      count = count_.load(std::memory_order_acquire);
    }
  }

 private:
  static constexpr std::uint32_t kClosed = 1;
  static constexpr std::uint32_t kOne = 2;

  void leave() {
    if (count_.fetch_sub(kOne, std::memory_order_release) == (kClosed | kOne)) count_.notify_all();
  }

  std::atomic<std::uint32_t> count_{kClosed};
};

}  // namespace relay::embed
