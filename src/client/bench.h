#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "client/latencies.h"
#include "client/node_url.h"

namespace relay::client {

struct BenchPlan {
  std::string request;  // the JSON-RPC text of the call
  std::size_t connections = 64;
  Duration duration = std::chrono::seconds(10);
  Duration timeout = std::chrono::seconds(30);  // of one call
};

struct BenchReport {
  Latencies latencies;  // of the calls that succeeded
  std::uint64_t failed = 0;
  std::map<std::string, std::uint64_t> failures;  // how often what failed; kOtherFailures for the rest
  Duration elapsed{0};
  bool is_interrupted = false;
};

// More kinds of failures than this are counted together.
inline constexpr std::size_t kMostFailures = 10;
inline constexpr const char* kOtherFailures = "others";

// Makes one call after the other on each of so many connections, all at once, until the time is over or
// SIGINT comes. What is under way then is not counted. A connection that ends is opened again. Thread: one;
// it waits.
[[nodiscard]] BenchReport run_bench(const NodeUrl& url, const BenchPlan& plan);

}  // namespace relay::client
