#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "base/clock.h"

namespace relay {

// A task that may hold move-only things and is run at most once.
class Task {
 public:
  Task() = default;
  template <typename F>
  Task(F f) : run_(std::make_unique<Holder<F>>(std::move(f))) {}
  void operator()() {
    auto holder = std::move(run_);
    holder->run();
  }
  explicit operator bool() const { return run_ != nullptr; }

 private:
  struct Base {
    virtual ~Base() = default;
    virtual void run() = 0;
  };
  template <typename F>
  struct Holder final : Base {
    explicit Holder(F f) : function(std::move(f)) {}
    void run() override { function(); }
    F function;
  };
  std::unique_ptr<Base> run_;
};

// Runs tasks one after the other on one thread: what the upper layers know of an I/O core.
// Thread: post() from any thread; tasks run on the executor's own thread, never inside post().
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void post(Task task) = 0;
  // Runs `task` on the executor's thread at or soon after `when`. The id cancels it. Thread: own core only.
  using TimerId = std::uint64_t;
  virtual TimerId run_at(Instant when, Task task) = 0;
  // A task that has already begun, or an unknown id: nothing happens. Thread: own core only.
  virtual void cancel(TimerId id) = 0;
  [[nodiscard]] virtual const Clock& clock() const = 0;
};

}  // namespace relay
