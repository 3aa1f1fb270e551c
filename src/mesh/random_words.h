#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/random_source.h"

namespace relay::mesh {

// Words that nobody can predict, drawn many at a time, since the system's generator costs a call.
// Thread: one.
class RandomWords {
 public:
  explicit RandomWords(RandomSource& random) : random_(random) {}

  [[nodiscard]] std::uint64_t next() {
    if (next_ == words_.size()) {
      random_.fill(words_);
      next_ = 0;
    }
    return words_[next_++];
  }

 private:
  static constexpr std::size_t kWords = 32;
  RandomSource& random_;
  std::array<std::uint64_t, kWords> words_{};
  std::size_t next_ = kWords;
};

}  // namespace relay::mesh
