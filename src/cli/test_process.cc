#include "cli/test_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <string>

#include "base/log.h"
#include "cli/test_run.h"

namespace relay::cli {
namespace {

Error system_error(const std::string& what) {
  return {Errc::kIo, "cannot start a test: " + what + ": " + std::strerror(errno)};
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("pipe");
  return Pipe{ends[0], ends[1]};
}

void close_both(const Pipe& pipe) {
  close(pipe.read_end);
  close(pipe.write_end);
}

// Standard input is empty; both outputs go to the pipe.
void redirect_streams(int output) {
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // nobody reads it any more
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string verdict_of(const TestCase& test, Colours colours) {
  try {
    const std::string failure = TestRun(test, colours).run();
    return failure.empty() ? std::string(1, TestProcess::kPassed) : TestProcess::kFailed + failure;
  } catch (const std::exception& fault) {
    return TestProcess::kFailed + ("error: cannot run the test: " + std::string(fault.what()) + "\n");
  }
}

// The life of the process. What the parent has opened or would print at its end is not this one's.
[[noreturn]] void live(const TestCase& test, Colours colours, pid_t parent, int output, int verdict) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  redirect_streams(output);
  configure_log(test.file->options.log_level, test.file->options.log_format);
  write_all(verdict, verdict_of(test, colours));
  _exit(0);
}

}  // namespace

Result<TestProcess> start_test(const TestCase& test, Colours colours) {
  const auto output = make_pipe();
  if (!output) return output.error();
  const auto verdict = make_pipe();
  if (!verdict) {
    close_both(*output);
    return verdict.error();
  }
  const pid_t parent = getpid();
  const pid_t id = fork();
  if (id == 0) live(test, colours, parent, output->write_end, verdict->write_end);
  if (id < 0) {
    Error error = system_error("fork");
    close_both(*output);
    close_both(*verdict);
    return error;
  }
  close(output->write_end);
  close(verdict->write_end);
  return TestProcess{id, output->read_end, verdict->read_end};
}

}  // namespace relay::cli
