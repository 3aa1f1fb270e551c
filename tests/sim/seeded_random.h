#pragma once

#include <cstdint>
#include <span>

#include "base/clock.h"
#include "base/random_source.h"

namespace relay::sim {

// The only chance in a simulation (splitmix64): equal seeds, equal runs.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t word = (state_ += 0x9E3779B97F4A7C15u);
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
    return word ^ (word >> 31);
  }
  // 0 .. bound - 1; `bound` > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  [[nodiscard]] std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + below(most - least + 1);
  }
  [[nodiscard]] Duration between(Duration least, Duration most) {
    return least + Duration(static_cast<Duration::rep>(
                       below(static_cast<std::uint64_t>((most - least).count()) + 1)));
  }
  // True in `percent` of 100 cases.
  [[nodiscard]] bool chance(unsigned percent) { return below(100) < percent; }
  // Another sequence, that what draws from it does not shift the draws of others.
  [[nodiscard]] SeededRandom fork() { return SeededRandom(next()); }

  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = next();
  }

 private:
  std::uint64_t state_;
};

}  // namespace relay::sim
