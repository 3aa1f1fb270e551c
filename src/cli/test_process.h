#pragma once

#include <sys/types.h>

#include "base/diagnostic.h"
#include "base/result.h"
#include "cli/test_case.h"

namespace relay::cli {

// A process that runs one test: so no test sees anything of another, a loop without end can be stopped, and one that takes
// all memory takes its own.
//
// What it prints and logs comes out of `output`. Out of `verdict` comes one byte, kPassed or kFailed, and behind it why; nothing
// when the process died before it knew. Both end when the process does.
// Owner: whoever has it closes both descriptors and waits for `id`.
struct TestProcess {
  static constexpr char kPassed = 'P';
  static constexpr char kFailed = 'F';

  pid_t id = 0;
  int output = -1;
  int verdict = -1;
};

// Starts it. No other thread may run. Errors: kIo, the system has no process or pipe left.
[[nodiscard]] Result<TestProcess> start_test(const TestCase& test, Colours colours);

}  // namespace relay::cli
