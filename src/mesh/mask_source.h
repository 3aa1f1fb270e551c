#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>

#include "base/random_source.h"

namespace relay::mesh {

// Masks for a client's frames: nobody can predict the next one (RFC 6455 section 5.3). Draws many at a time,
// since the system's generator costs a call.
class MaskSource {
 public:
  explicit MaskSource(RandomSource& random) : random_(random) {}

  // Never 0, which means unmasked.
  [[nodiscard]] std::uint32_t next() {
    for (;;) {
      if (next_ == 2 * words_.size()) refill();
      const std::uint64_t word = words_[next_ / 2];
      const auto mask = static_cast<std::uint32_t>(next_ % 2 == 0 ? word : word >> 32);
      ++next_;
      if (mask != 0) return mask;
    }
  }

 private:
  void refill() {
    random_.fill(words_);
    next_ = 0;
  }

  RandomSource& random_;
  std::array<std::uint64_t, 8> words_{};
  std::size_t next_ = 2 * std::tuple_size_v<decltype(words_)>;
};

}  // namespace relay::mesh
