#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/test_case.h"

namespace relay::cli {

// What `relay test` says of tests on standard output: a line each in the order of the files, whatever the order in which they end;
// beneath a failed one why, and what it printed.
class TestReport {
 public:
  enum class Output { kOfFailed, kOfAll };

  TestReport(const std::vector<TestCase>& cases, Colours colours, Output output);

  // Notes how test `index` ended and writes all whose turn it is.
  void add(std::size_t index, TestOutcome outcome);
  // Writes what has ended out of its turn, and the last line.
  void close();
  // The same after an interruption.
  void close_interrupted();

  [[nodiscard]] std::size_t failed() const { return failed_; }

 private:
  void write_waiting();
  void write(std::size_t index, const TestOutcome& outcome);
  [[nodiscard]] std::string painted(std::string_view code, std::string_view text) const;

  const std::vector<TestCase>& cases_;
  const Colours colours_;
  const Output output_;
  bool has_several_files_ = false;
  const TestFile* shown_file_ = nullptr;
  std::map<std::size_t, TestOutcome> waiting_;  // for those before them
  std::size_t next_ = 0;
  std::size_t passed_ = 0;
  std::size_t failed_ = 0;
};

}  // namespace relay::cli
