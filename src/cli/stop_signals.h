#pragma once

#include <csignal>
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
  // Takes one signal, if there is one; does not wait.
  bool take() const;

 private:
  sigset_t set_;
  int descriptor_;
};

}  // namespace relay::cli
