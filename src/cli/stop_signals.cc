#include "cli/stop_signals.h"

#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/check.h"
#include "cli/exit_code.h"
#include "node/wake_event.h"

namespace relay::cli {
namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

StopSignals::StopSignals(const std::vector<int>& others) {
  std::signal(SIGPIPE, SIG_IGN);
  sigemptyset(&set_);
  sigaddset(&set_, SIGINT);
  sigaddset(&set_, SIGTERM);
  for (const int other : others) {
    if (!is_ignored(other)) sigaddset(&set_, other);
  }
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  descriptor_ = signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK);
  RELAY_CHECK(descriptor_ >= 0, "the system gives no signalfd");
}

StopSignals::~StopSignals() {
  // What comes too late to stop anything must not kill a process that has ended well. This drops what waits, too.
  for (int signal = 1; signal < NSIG; ++signal) {
    if (sigismember(&set_, signal) == 1) std::signal(signal, SIG_IGN);
  }
  close(descriptor_);
  pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
}

bool StopSignals::take() const {
  signalfd_siginfo info;
  return read(descriptor_, &info, sizeof info) > 0 && info.ssi_signo != SIGWINCH;
}

void StopSignals::run_unless_stopped(const std::function<void()>& work) const {
  const node::WakeEvent done;
  std::thread aside([&] {
    work();
    done.wake();
  });
  while (done.wait_or(descriptor_, POLLIN) != node::WakeEvent::Ready::kWoken) {
    if (take()) std::_Exit(kExitInterrupted);
  }
  aside.join();
}

}  // namespace relay::cli
