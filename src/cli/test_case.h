#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/diagnostic.h"
#include "bytecode/program.h"
#include "cli/options.h"

namespace relay::cli {

// A file of tests, loaded.
struct TestFile {
  std::string name;
  std::unique_ptr<bytecode::Program> program;
  Options options;  // what its `config` and the command line say of the node that runs a test
};

// One test of it. Owner: the file outlives it.
struct TestCase {
  const TestFile* file = nullptr;
  const bytecode::TestInfo* test = nullptr;
};

// How a test ended.
struct TestOutcome {
  bool has_passed = false;
  std::string failure;          // as users see it, lines with code frames; empty when it has passed
  std::string output;           // what it printed and what was logged; at most kMostOutputBytes
  std::size_t dropped_bytes = 0;  // of the output, past that
  Duration time{};
};

inline constexpr std::size_t kMostOutputBytes = 256 * 1024;

}  // namespace relay::cli
