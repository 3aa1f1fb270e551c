#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relay::mesh {

// What became of the last kCallWindow calls of one origin, by their counter: two bits each, in a ring that
// grows with the span of the counters seen, so that an origin with a few calls costs a few words.
//
// Bound:  kCallWindow counters, 16 KiB.
// Thread: one.
class CallWindow {
 public:
  enum class State : std::uint8_t {
    kNew = 0,
    kRunning = 1,
    kEnded = 2,
    kBelow = 3,  // too old to know
  };
  [[nodiscard]] State at(std::uint64_t n) const;
  // `n` is not below the window; one above it moves the window.
  void set(std::uint64_t n, State state);
  [[nodiscard]] std::size_t capacity_bytes() const { return words_.capacity() * sizeof(std::uint64_t); }

 private:
  static constexpr std::size_t kStatesPerWord = 32;
  [[nodiscard]] std::size_t slots() const { return words_.size() * kStatesPerWord; }
  [[nodiscard]] std::uint64_t read(std::uint64_t n) const;
  void write(std::uint64_t n, std::uint64_t state);
  void raise(std::uint64_t top);
  void lower(std::uint64_t bottom);
  void make_room(std::uint64_t count);
  void clear(std::uint64_t first, std::uint64_t count);

  // The counters in the ring, both included; all others of the window are new. Empty: bottom_ > top_.
  std::uint64_t bottom_ = 1;
  std::uint64_t top_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace relay::mesh
