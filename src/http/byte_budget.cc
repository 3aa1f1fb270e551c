#include "http/byte_budget.h"

namespace relay::http {

void ByteBudget::change(std::size_t before, std::size_t held) {
  leased_ += static_cast<std::int64_t>(before) - static_cast<std::int64_t>(held);
  if (leased_ >= 0 && leased_ <= 2 * shared_.lease_bytes()) return;
  const std::int64_t missing = shared_.lease_bytes() - leased_;
  shared_.take(missing);
  leased_ += missing;
}

}  // namespace relay::http
