#pragma once

#include <cstdint>
#include <span>

namespace relay {

// Bits that no client can predict.
// Thread: any core.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(std::span<std::uint64_t> words) = 0;
};

}  // namespace relay
