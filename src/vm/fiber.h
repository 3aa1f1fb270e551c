#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "bytecode/program.h"
#include "value/value.h"
#include "vm/host.h"
#include "vm/inline_cache.h"
#include "vm/script_error.h"
#include "vm/state_store.h"
#include "vm/undo_log.h"
#include "vm/wait.h"

namespace relay {

// Why run() came back.
enum class Step : std::uint8_t {
  kDone,         // take_result()
  kWaiting,      // take_wait(), then later deliver() or fail(), then run() again
  kOutOfBudget,  // run() again, now or later
  kError,        // take_error(); the fiber is empty again
};

// What a fiber works on: all of it belongs to the actor (or top-level code) that runs the fiber.
struct FiberOwner {
  const bytecode::Program& program;
  Host& host;
  StateStore* state = nullptr;  // null in top-level code
  UndoLog& undo;
  std::vector<Value>& globals;  // by slot; undefined: not loaded yet (servers) or not set (top-level code)
  bool owns_globals = false;    // top-level code: it alone sets them, and has nothing to load
  std::uint32_t max_depth = 10'000;
};

class FiberRooms;

// One run of a function and all that it calls. Its frames live on the heap, so it can stop anywhere and go on later
// on another core: suspending is returning. It never waits, throws or does I/O.
//
// Bound:  max_depth calls deep (error kind `limit`); the heap's limit is looked at whenever the fiber goes on.
// Thread: one at a time, with the owner's heap current.
class Fiber {
 public:
  // kChecked: the arguments are known to fit the parameters' types, all parameters are given.
  enum class Arguments : std::uint8_t { kUnchecked, kChecked };

  explicit Fiber(const FiberOwner& owner);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Takes a room before start(), unless it has one; start() makes one where there is none.
  void take_room(FiberRooms& rooms);
  // An idle fiber leaves its room to the next one.
  void leave_room(FiberRooms& rooms);

  // Begins a call of `function` (which captures nothing) with arguments that it takes. The fiber must be idle.
  void start(const bytecode::Function& function, std::span<Value> args, Arguments checked);
  // Runs until something of Step happens. `budget` is counted down by the work done; at zero or below: kOutOfBudget.
  Step run(InlineCaches& caches, std::int64_t& budget);

  [[nodiscard]] Value take_result();
  [[nodiscard]] ScriptError take_error();
  [[nodiscard]] Wait take_wait();

  // Ends the wait: the value of the waiting expression, or an error raised at it.
  void deliver(Value value);
  void fail(ScriptError error);

  // Drops all frames: the message is given up. Nothing of the program runs any more.
  void abandon();

  [[nodiscard]] bool is_idle() const;
  // Where the program stands that waits.
  [[nodiscard]] SourcePlace place() const;
  // For the collection of cycles.
  void visit(const std::function<void(const Value&)>& visitor) const;

 private:
  friend class Interpreter;
  friend class FiberRooms;
  struct Data;
  const FiberOwner owner_;
  std::unique_ptr<Data> data_;  // null: idle
};

// Frames and registers that nobody uses, for the next fiber that starts: what rests holds none, so a server costs little
// while nobody calls it, whatever depth its calls once had.
//
// Bound:  kMost rooms of at most kMostRegisters.
// Thread: its core's.
class FiberRooms {
 public:
  FiberRooms();
  ~FiberRooms();
  FiberRooms(const FiberRooms&) = delete;
  FiberRooms& operator=(const FiberRooms&) = delete;

  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kMostRegisters = 1024;

 private:
  friend class Fiber;
  std::vector<std::unique_ptr<Fiber::Data>> rooms_;
};

}  // namespace relay
