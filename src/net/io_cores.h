#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "net/io_core.h"

namespace relay::net {

// The cores of a node, each on a thread of its own.
//
// Owner:  the node; outlives everything that may still post to a core.
// Thread: start(), stop() and join() from the thread that made it; the rest from any.
class IoCores {
 public:
  // `count` is at least 1. `clock` outlives this object.
  IoCores(std::size_t count, const Clock& clock);
  // Stops and joins.
  ~IoCores();

  // Starts one thread a core. Before it, cores may be prepared (set_idle_work, post).
  void start();
  // Asks every core to end after its current round.
  void stop();
  // Waits until all threads have ended, and destroys the tasks and timers that never ran, so that whatever they hold is
  // released while its owners still live. From then on everything of the cores belongs to the caller's thread.
  void join();

  [[nodiscard]] std::size_t size() const { return cores_.size(); }
  [[nodiscard]] IoCore& core(std::size_t index) { return *cores_[index]; }

  // Runs `task` once on each core, at once on none: the caller may stand on one of them.
  void post_to_all(const std::function<void(IoCore&)>& task);

 private:
  std::vector<std::unique_ptr<IoCore>> cores_;
  std::vector<std::thread> threads_;
};

}  // namespace relay::net
