#pragma once

#include <csignal>
#include <functional>
#include <vector>

namespace relay::cli {

// SIGINT, SIGTERM and those of `others` that the process does not ignore, as a descriptor that becomes readable. While this
// lives they do not end the process; made before any thread, so that none takes them. SIGPIPE is ignored from then on;
// after the end of this, these are as well.
// Thread: one.
class StopSignals {
 public:
  explicit StopSignals(const std::vector<int>& others = {});
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Readable in poll() when a signal has come.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  // Takes one signal, if there is one; does not wait. SIGWINCH is none: it stops nothing.
  bool take() const;
  // Does what may block for long, on a thread aside: a signal meanwhile ends the process at once, with the status of that.
  void run_unless_stopped(const std::function<void()>& work) const;

 private:
  sigset_t set_;
  int descriptor_;
};

}  // namespace relay::cli
