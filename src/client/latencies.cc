#include "client/latencies.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "client/duration_text.h"

namespace relay::client {
namespace {

// A class holds the numbers that agree in their first six bits.
constexpr unsigned kBits = 5;
constexpr std::uint64_t kPerDoubling = 1u << kBits;
constexpr std::uint64_t kLongest = 3'600'000'000'000;  // an hour in nanoseconds
constexpr std::size_t kMostBars = 10;

std::size_t class_of(std::uint64_t nanoseconds) {
  if (nanoseconds < kPerDoubling) return nanoseconds;
  const unsigned shift = static_cast<unsigned>(std::bit_width(nanoseconds)) - kBits - 1;
  return shift * kPerDoubling + (nanoseconds >> shift);
}

// The largest number of a class.
std::uint64_t end_of(std::size_t index) {
  if (index < kPerDoubling) return index;
  const std::size_t shift = index / kPerDoubling - 1;
  return ((index - shift * kPerDoubling + 1) << shift) - 1;
}

}  // namespace

Latencies::Latencies() : classes_(class_of(kLongest) + 1) {}

void Latencies::add(Duration latency) {
  const auto nanoseconds = static_cast<std::uint64_t>(std::max<Duration::rep>(latency.count(), 0));
  ++classes_[class_of(std::min(nanoseconds, kLongest))];
  ++count_;
  largest_ = std::max(largest_, latency);
}

Duration Latencies::quantile(double share) const {
  const double wanted = std::ceil(share * static_cast<double>(count_));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    seen += classes_[i];
    if (seen > 0 && static_cast<double>(seen) >= wanted) return std::min(Duration(end_of(i)), largest_);
  }
  return largest_;
}

std::uint64_t Latencies::count_between(Duration from, Duration to) const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const Duration end(end_of(i));
    if (end > from && end <= to) count += classes_[i];
  }
  return count;
}

std::string Latencies::histogram(std::size_t columns) const {
  if (count_ == 0) return {};
  const double least = std::max(1.0, static_cast<double>(quantile(0).count()));
  const double most = static_cast<double>(end_of(class_of(static_cast<std::uint64_t>(largest_.count()))));
  // Stretches that are too narrow would show the classes instead of the calls.
  constexpr double kLeastFactor = 1.1;
  const double factor = std::max(kLeastFactor, std::pow(most / least, 1.0 / kMostBars));
  std::vector<std::uint64_t> counts;
  std::vector<Duration> ends;
  Duration from(-1);
  for (double end = least * factor; counts.size() < kMostBars && from.count() < most; end *= factor) {
    const bool is_last = counts.size() + 1 == kMostBars || end >= most;
    ends.push_back(is_last ? Duration::max() : Duration(static_cast<Duration::rep>(end)));
    counts.push_back(count_between(from, ends.back()));
    from = is_last ? Duration::max() : ends.back();
  }
  ends.back() = largest_;

  const std::uint64_t highest = *std::max_element(counts.begin(), counts.end());
  const std::size_t digits = std::to_string(highest).size();
  const std::size_t frame = 18 + digits;
  const std::size_t room = columns > frame + 10 ? columns - frame : 10;
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    // A stretch with a call in it is never shown as one without.
    const auto length = static_cast<std::size_t>(
        std::ceil(static_cast<double>(counts[i]) / static_cast<double>(highest) * static_cast<double>(room)));
    text += fmt::format("  {:>11} {:>{}} {}", "<= " + duration_text(ends[i]), counts[i], digits,
                        std::string(length, '#'));
    text.resize(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

}  // namespace relay::client
