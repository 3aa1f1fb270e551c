#include "client/latencies.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace relay::client {
namespace {

using std::chrono::microseconds;

TEST(Latencies, GivesQuantilesWithinThreePercent) {
  Latencies latencies;
  for (int i = 1; i <= 10'000; ++i) latencies.add(microseconds(i));
  EXPECT_EQ(latencies.count(), 10'000u);
  EXPECT_EQ(latencies.largest(), microseconds(10'000));
  for (const double share : {0.001, 0.5, 0.9, 0.99, 0.999}) {
    const double exact = share * 10'000 * 1000;
    const auto found = static_cast<double>(latencies.quantile(share).count());
    EXPECT_GE(found, exact) << share;
    EXPECT_LE(found, exact * 1.032) << share;
  }
  EXPECT_EQ(latencies.quantile(1), microseconds(10'000));
}

TEST(Latencies, TakesAnythingFromNothingToMoreThanAnHour) {
  Latencies latencies;
  EXPECT_EQ(latencies.quantile(0.5), Duration::zero());
  EXPECT_EQ(latencies.histogram(80), "");
  latencies.add(Duration(0));
  latencies.add(Duration(-5));
  EXPECT_EQ(latencies.quantile(0.5), Duration::zero());
  latencies.add(std::chrono::hours(5));
  EXPECT_EQ(latencies.largest(), std::chrono::hours(5));
  EXPECT_GE(latencies.quantile(1), std::chrono::hours(1));
  EXPECT_NE(latencies.histogram(80), "");
}

std::vector<std::uint64_t> counts_of(const std::string& histogram) {
  std::vector<std::uint64_t> counts;
  for (std::size_t begin = 0; begin < histogram.size(); begin = histogram.find('\n', begin) + 1) {
    const std::string line = histogram.substr(begin, histogram.find('\n', begin) - begin);
    const std::size_t unit = line.find('s');
    counts.push_back(std::stoull(line.substr(unit + 1)));
    EXPECT_LE(line.size(), 80u);
    EXPECT_EQ(line.find('#') != std::string::npos, counts.back() > 0) << line;
  }
  return counts;
}

TEST(Latencies, CountsEveryCallInOneBar) {
  for (const int last : {1, 2, 3, 50, 100'000}) {
    Latencies latencies;
    for (int i = 1; i <= last; ++i) latencies.add(microseconds(i));
    const auto counts = counts_of(latencies.histogram(80));
    EXPECT_LE(counts.size(), 10u);
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts) sum += count;
    EXPECT_EQ(sum, static_cast<std::uint64_t>(last)) << latencies.histogram(80);
  }
}

TEST(Latencies, DrawsTheLongestBarWhereMostCallsAre) {
  Latencies latencies;
  for (int i = 0; i < 90; ++i) latencies.add(microseconds(100));
  for (int i = 0; i < 10; ++i) latencies.add(microseconds(100'000));
  const std::string text = latencies.histogram(60);
  const auto counts = counts_of(text);
  EXPECT_EQ(counts.front(), 90u);
  EXPECT_EQ(counts.back(), 10u);
  EXPECT_GT(text.find("90 ####"), 0u);
  EXPECT_NE(text.find("<= 100 ms 10 ####"), std::string::npos) << text;
}

}  // namespace
}  // namespace relay::client
