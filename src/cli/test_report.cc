#include "cli/test_report.h"

#include <algorithm>
#include <cstdio>

#include "base/plain_text.h"
#include "client/duration_text.h"

namespace relay::cli {
namespace {

constexpr std::string_view kGreen = "32";
constexpr std::string_view kRed = "1;31";
constexpr std::string_view kBold = "1";

// What a test printed, set off from what is said of it.
std::string output_text(const TestOutcome& outcome) {
  if (outcome.output.empty()) return {};
  std::string text = "output:\n";
  for (std::string_view rest = outcome.output; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += "  " + std::string(rest.substr(0, end)) + "\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (outcome.dropped_bytes > 0) text += "  ... and " + std::to_string(outcome.dropped_bytes) + " bytes more\n";
  return text;
}

void put(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

TestReport::TestReport(const std::vector<TestCase>& cases, Colours colours, Output output)
    : cases_(cases), colours_(colours), output_(output) {
  has_several_files_ = !cases.empty() && cases.front().file != cases.back().file;
}

void TestReport::add(std::size_t index, TestOutcome outcome) {
  waiting_.emplace(index, std::move(outcome));
  while (!waiting_.empty() && waiting_.begin()->first == next_) {
    write(next_, waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    ++next_;
  }
}

void TestReport::close() {
  put(std::to_string(passed_) + " passed, " + std::to_string(failed_) + " failed\n");
}

void TestReport::close_interrupted() {
  write_waiting();
  const std::size_t left = cases_.size() - passed_ - failed_;
  put("interrupted: " + std::to_string(passed_) + " passed, " + std::to_string(failed_) + " failed, " + std::to_string(left) +
      " not finished\n");
}

void TestReport::write_waiting() {
  for (const auto& [index, outcome] : waiting_) write(index, outcome);
  waiting_.clear();
}

void TestReport::write(std::size_t index, const TestOutcome& outcome) {
  const TestCase& test = cases_[index];
  ++(outcome.has_passed ? passed_ : failed_);
  std::string text;
  if (has_several_files_ && shown_file_ != test.file) text += painted(kBold, test.file->name) + "\n";
  shown_file_ = test.file;
  text += outcome.has_passed ? painted(kGreen, "ok  ") : painted(kRed, "FAIL");
  text += "  " + plain_text(test.test->name) + " (" + client::duration_text(outcome.time) + ")\n" + outcome.failure;
  if (!outcome.has_passed || output_ == Output::kOfAll) text += output_text(outcome);
  put(text);
}

std::string TestReport::painted(std::string_view code, std::string_view text) const {
  if (colours_ == Colours::kOff) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace relay::cli
