#pragma once

#include <cstdint>
#include <span>

#include "base/random_source.h"

namespace relay::node {

// The operating system's generator.
class SystemRandom final : public RandomSource {
 public:
  void fill(std::span<std::uint64_t> words) override;
};

}  // namespace relay::node
