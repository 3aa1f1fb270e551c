#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace relay::http {

// The bytes that all connections of a node may hold at once. Thread: any.
class SharedBudget {
 public:
  explicit SharedBudget(std::size_t bytes)
      : free_(static_cast<std::int64_t>(bytes)),
        lease_(std::clamp<std::int64_t>(static_cast<std::int64_t>(bytes / kLeases), 1, kMostLeaseBytes)) {}

  [[nodiscard]] bool is_exhausted() const { return free_.load(std::memory_order_relaxed) <= 0; }
  void take(std::int64_t bytes) { free_.fetch_sub(bytes, std::memory_order_relaxed); }
  void give_back(std::int64_t bytes) { free_.fetch_add(bytes, std::memory_order_relaxed); }
  // What a core takes at a time: so little of the whole that cores with nothing to do never hold up the others.
  [[nodiscard]] std::int64_t lease_bytes() const { return lease_; }

 private:
  static constexpr std::size_t kLeases = 256;
  static constexpr std::int64_t kMostLeaseBytes = 256 * 1024;

  std::atomic<std::int64_t> free_;
  const std::int64_t lease_;
};

// One core's view of the shared budget: it takes and gives back in leases, so that most requests touch no
// memory that another core writes. What is already held is never refused here: new requests are, at the door
// (is_exhausted), so the node may pass its limit by what one round of reading brings in, and by its answers.
//
// Invariant: what this core holds, plus what it has leased and not used, is what it took from the shared budget.
// Thread:    its core.
class ByteBudget {
 public:
  explicit ByteBudget(SharedBudget& shared) : shared_(shared) {}
  ~ByteBudget() { shared_.give_back(leased_); }
  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;

  [[nodiscard]] bool is_exhausted() const { return shared_.is_exhausted(); }
  // A connection holds `held` bytes where it held `before`.
  void change(std::size_t before, std::size_t held);

 private:
  SharedBudget& shared_;
  std::int64_t leased_ = 0;
};

}  // namespace relay::http
