#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/diagnostic.h"
#include "cli/stop_signals.h"
#include "cli/test_case.h"
#include "cli/test_process.h"

namespace relay::cli {

// Runs tests, each in a process of its own, as many at the same time as there are cores.
//
// Bound:  `timeout` a test: one that takes longer is stopped and has failed; the output of a test as TestOutcome says.
// Owner:  no process of it outlives it.
// Thread: one, and no other may run in this process.
class TestPool {
 public:
  // `ended` is told of each test, in the order in which they end, by its place in `cases`.
  using Ended = std::function<void(std::size_t, TestOutcome)>;
  enum class Finish { kAll, kInterrupted };

  TestPool(const std::vector<TestCase>& cases, Duration timeout, Colours colours, const StopSignals& signals);
  ~TestPool();
  TestPool(const TestPool&) = delete;
  TestPool& operator=(const TestPool&) = delete;

  // Once. kInterrupted: a signal has come, and what ran has been stopped.
  [[nodiscard]] Finish run(const Ended& ended);

 private:
  struct Running {
    std::size_t index = 0;
    TestProcess process;
    Instant begin;
    bool is_too_late = false;
    std::string verdict;
    TestOutcome outcome;
  };

  void start_some(const Ended& ended);
  [[nodiscard]] Finish wait();
  [[nodiscard]] int patience() const;
  void stop_late_ones();
  void finish_ended_ones(const Ended& ended);
  [[nodiscard]] TestOutcome outcome_of(Running& one) const;
  void stop_all();

  const std::vector<TestCase>& cases_;
  const Duration timeout_;
  const Colours colours_;
  const StopSignals& signals_;
  const std::size_t slots_;
  std::size_t next_ = 0;
  std::vector<Running> running_;
  SystemClock clock_;
};

}  // namespace relay::cli
