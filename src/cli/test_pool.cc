#include "cli/test_pool.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

#include "cli/flag_value.h"

namespace relay::cli {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
// A verdict is some code frames long.
constexpr std::size_t kMostVerdictBytes = 1u << 20;

// Takes what has come; the descriptor is closed, and -1, at its end.
void read_some(int& descriptor, std::string& text, std::size_t most, std::size_t& dropped) {
  std::array<char, kReadBytes> bytes;
  const ssize_t count = read(descriptor, bytes.data(), bytes.size());
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) {
    close(std::exchange(descriptor, -1));
    return;
  }
  const std::size_t kept = std::min(static_cast<std::size_t>(count), most - text.size());
  text.append(bytes.data(), kept);
  dropped += static_cast<std::size_t>(count) - kept;
}

// Waits for the end of a process that ends. Gives how it did.
int status_of(pid_t id) {
  int status = 0;
  while (waitpid(id, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::string death_text(int status) {
  if (!WIFSIGNALED(status)) return "error: the process of the test ended with status " + std::to_string(WEXITSTATUS(status)) + "\n";
  const int number = WTERMSIG(status);
  return "error: the process of the test was ended by signal " + std::to_string(number) + " (" + strsignal(number) + ")\n";
}

}  // namespace

TestPool::TestPool(const std::vector<TestCase>& cases, Duration timeout, Colours colours, const StopSignals& signals)
    : cases_(cases),
      timeout_(timeout),
      colours_(colours),
      signals_(signals),
      slots_(std::max(1u, std::thread::hardware_concurrency())) {}

TestPool::~TestPool() { stop_all(); }

TestPool::Finish TestPool::run(const Ended& ended) {
  while (true) {
    start_some(ended);
    if (running_.empty()) return Finish::kAll;
    if (wait() == Finish::kInterrupted) {
      stop_all();
      return Finish::kInterrupted;
    }
    finish_ended_ones(ended);
    stop_late_ones();
  }
}

void TestPool::start_some(const Ended& ended) {
  while (running_.size() < slots_ && next_ < cases_.size()) {
    const std::size_t index = next_++;
    const auto process = start_test(cases_[index], colours_);
    if (process) {
      running_.push_back({.index = index, .process = *process, .begin = clock_.now(), .verdict = {}, .outcome = {}});
    } else {
      TestOutcome outcome;
      outcome.failure = "error: " + process.error().detail + "\n";
      ended(index, std::move(outcome));
    }
  }
}

// Until something has come from a test or a signal, or the time of a test is over.
TestPool::Finish TestPool::wait() {
  std::vector<pollfd> all = {{signals_.descriptor(), POLLIN, 0}};
  for (const Running& one : running_) {
    all.push_back({one.process.output, POLLIN, 0});  // poll() passes over -1
    all.push_back({one.process.verdict, POLLIN, 0});
  }
  if (poll(all.data(), all.size(), patience()) <= 0) return Finish::kAll;
  if (all[0].revents != 0 && signals_.take()) return Finish::kInterrupted;
  for (std::size_t i = 0; i < running_.size(); ++i) {
    Running& one = running_[i];
    std::size_t dropped = 0;
    if (all[1 + 2 * i].revents != 0)
      read_some(one.process.output, one.outcome.output, kMostOutputBytes, one.outcome.dropped_bytes);
    if (all[2 + 2 * i].revents != 0) read_some(one.process.verdict, one.verdict, kMostVerdictBytes, dropped);
  }
  return Finish::kAll;
}

// Milliseconds until the first test is too late; -1: without end.
int TestPool::patience() const {
  Instant first = kNoDeadline;
  for (const Running& one : running_) {
    if (!one.is_too_late) first = std::min(first, one.begin + timeout_);
  }
  if (first == kNoDeadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - clock_.now());
  return static_cast<int>(std::clamp<long long>(left.count(), 0, 1'000'000'000));
}

void TestPool::stop_late_ones() {
  const Instant now = clock_.now();
  for (Running& one : running_) {
    if (one.is_too_late || now < one.begin + timeout_) continue;
    one.is_too_late = true;
    kill(one.process.id, SIGKILL);
  }
}

void TestPool::finish_ended_ones(const Ended& ended) {
  const auto has_ended = [](const Running& one) { return one.process.output < 0 && one.process.verdict < 0; };
  for (Running& one : running_) {
    if (has_ended(one)) ended(one.index, outcome_of(one));
  }
  std::erase_if(running_, has_ended);
}

TestOutcome TestPool::outcome_of(Running& one) const {
  const int status = status_of(one.process.id);
  TestOutcome outcome = std::move(one.outcome);
  outcome.time = clock_.now() - one.begin;
  outcome.has_passed = one.verdict.starts_with(TestProcess::kPassed);
  if (one.verdict.starts_with(TestProcess::kFailed)) {
    outcome.failure = one.verdict.substr(1);
  } else if (one.is_too_late && !outcome.has_passed) {
    outcome.failure = "error: the test took longer than " + seconds_text(timeout_) + " s and was stopped\n";
  } else if (!outcome.has_passed) {
    outcome.failure = death_text(status);
  }
  return outcome;
}

void TestPool::stop_all() {
  for (Running& one : running_) {
    kill(one.process.id, SIGKILL);
    (void)status_of(one.process.id);
    if (one.process.output >= 0) close(one.process.output);
    if (one.process.verdict >= 0) close(one.process.verdict);
  }
  running_.clear();
}

}  // namespace relay::cli
