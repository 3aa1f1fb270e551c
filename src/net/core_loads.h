#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

namespace relay::net {

// How many connections each core has, so that a new one goes to the core with the fewest.
// Thread: any; pick() is exact only when one thread picks.
class CoreLoads {
 public:
  explicit CoreLoads(std::size_t cores) : loads_(cores) {}

  // The core with the fewest connections, the first of several; it has one more from now on.
  [[nodiscard]] std::size_t pick() {
    std::size_t best = 0;
    for (std::size_t core = 1; core < loads_.size(); ++core) {
      if (load(core) < load(best)) best = core;
    }
    loads_[best].fetch_add(1, std::memory_order_relaxed);
    return best;
  }
  void release(std::size_t core) { loads_[core].fetch_sub(1, std::memory_order_relaxed); }

  [[nodiscard]] std::size_t load(std::size_t core) const { return loads_[core].load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t total() const {
    std::size_t sum = 0;
    for (std::size_t core = 0; core < loads_.size(); ++core) sum += load(core);
    return sum;
  }

 private:
  std::vector<std::atomic<std::size_t>> loads_;
};

}  // namespace relay::net
