#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace relay::http {

// Tells the operator of what the node refuses because it is full: the answers go to clients, who cannot help it.
// Bound: one line a second, with how many there were since the last. Thread: its core.
class RefusalLog {
 public:
  // `reason` lives as long as the program.
  explicit RefusalLog(std::string_view reason) : reason_(reason) {}
  [[nodiscard]] std::string_view reason() const { return reason_; }
  // One more was refused.
  void count(Instant now);

 private:
  const std::string_view reason_;
  std::uint64_t count_ = 0;  // since the last line
  std::optional<Instant> told_at_;
};

}  // namespace relay::http
