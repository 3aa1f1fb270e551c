#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "actor/ready_list.h"
#include "base/executor.h"
#include "value/heap.h"
#include "vm/fiber.h"
#include "vm/inline_cache.h"

namespace relay {

class Actor;
struct Realm;

// One core as the actors see it: its ready list, inline caches, random bits, counters.
//
// Order:  first ready, first run. An actor with work left goes to the end of the list; one that has used full turns
//         while others wait, or has waited too long itself, goes to an idle core.
// Thread: its own, except where said.
class alignas(64) Core final : public ReadyList {
 public:
  Core(std::size_t index, Executor& executor, Realm& realm);
  ~Core() override;
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  // The core whose thread this is, or nullptr. Thread: any.
  [[nodiscard]] static Core* current();
  // Makes a core the one of this thread until the scope ends.
  class Scope {
   public:
    explicit Scope(Core* core);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Core* previous_;
  };
  // Makes this core the one of its thread for good, by a task posted to it. Thread: any.
  void attach_later();

  // The program has grown. While no core runs.
  void take_growth();

  void enqueue(Actor& actor);
  Left run_for(Duration slice) override;

  // Runs `function` on this core. Thread: any.
  template <typename F>
  void post(F function) {
    executor_.post([this, run = std::move(function)]() mutable {
      Scope scope(this);
      run();
    });
  }
  template <typename F>
  void run_at(Instant when, F function) {
    executor_.run_at(when, [this, run = std::move(function)]() mutable {
      Scope scope(this);
      run();
    });
  }

  [[nodiscard]] Realm& realm() const { return realm_; }
  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] Instant now() const { return executor_.clock().now(); }
  [[nodiscard]] InlineCaches& caches() { return caches_; }
  [[nodiscard]] FiberRooms& fiber_rooms() { return fiber_rooms_; }
  // For values that belong to no actor: what is dropped on the way.
  [[nodiscard]] Heap& heap() { return heap_; }
  [[nodiscard]] std::uint64_t random_bits();

  // Messages accepted and finished on this core. Counting is the core's own; reading: any thread.
  void count_accepted() { bump(accepted_); }
  void count_finished() { bump(finished_); }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_.load(std::memory_order_acquire); }
  [[nodiscard]] std::uint64_t finished() const { return finished_.load(std::memory_order_acquire); }

  // Whether this core has nothing to run; if so it is the caller's to send one actor to. Thread: any.
  [[nodiscard]] bool claim_if_idle();

 private:
  struct Ready {
    Actor* actor = nullptr;
    Instant since = kNoDeadline;  // kNoDeadline: not seen by run_for() yet
    std::uint32_t full_turns = 0;
  };
  static void bump(std::atomic<std::uint64_t>& counter) {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }
  void run(const Ready& next);
  [[nodiscard]] bool move_away(const Ready& next);
  [[nodiscard]] Left rest();

  const std::size_t index_;
  Executor& executor_;
  Realm& realm_;
  std::deque<Ready> ready_;
  bool is_running_ = false;
  Instant now_;  // of the last look at the clock in run_for()
  InlineCaches caches_;
  FiberRooms fiber_rooms_;
  Heap heap_;
  std::vector<std::uint64_t> random_;
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> finished_{0};
  std::atomic<bool> idle_{true};
};

}  // namespace relay
