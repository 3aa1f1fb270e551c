#include "sim/schedule.h"

#include <algorithm>
#include <utility>

namespace relay::sim {

void Schedule::at(Instant when, Task task) {
  events_.push_back({std::max(when, now_), ++last_order_, std::move(task)});
  std::ranges::push_heap(events_, Later());
}

void Schedule::run_until(Instant end) {
  while (!has_stopped() && !events_.empty() && events_.front().when <= end) {
    std::ranges::pop_heap(events_, Later());
    Event event = std::move(events_.back());
    events_.pop_back();
    now_ = event.when;
    ++happened_;
    event.task();
  }
  now_ = std::max(now_, end);
}

void Schedule::note(std::uint64_t word) {
  hash_ = (hash_ ^ word) * 0x100000001B3u;
  hash_ ^= hash_ >> 29;
}

void Schedule::note(std::string_view text) {
  std::uint64_t sum = text.size();
  for (const char byte : text) sum = sum * 31 + static_cast<unsigned char>(byte);
  note(sum);
}

}  // namespace relay::sim
