#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actor/message.h"
#include "vm/fiber.h"
#include "vm/wait.h"

namespace relay {

struct Realm;

// What an actor's fiber waits for, from the moment it says so until the answer: sends the calls, joins their answers,
// knows when to give up. One at a time; each has a number, and answers to an earlier one are not taken.
//
// Owner:  the actor; values in it belong to the actor's heap.
// Thread: the core that runs the actor.
class PendingWait {
 public:
  // Who waits.
  struct Waiter {
    ActorId id = 0;      // where answers go
    ActorId caller = 0;  // as callees and the graph of waiting know it; 0: nobody can wait for it
    Instant deadline = kNoDeadline;  // of the message that it handles; nested calls get no more
    CallChain chain;                 // of that message; nested calls inherit it
  };
  enum class Taken : std::uint8_t { kYes, kTooLate };

  PendingWait(Realm& realm, Waiter waiter) : realm_(realm), waiter_(std::move(waiter)) {}

  // The deadline of the message that is handled from now on.
  void set_deadline(Instant deadline) { waiter_.deadline = deadline; }
  // The calls of other nodes that wait for it.
  void set_chain(const CallChain& chain) { waiter_.chain = chain; }
  [[nodiscard]] bool has_chain() const { return waiter_.chain != nullptr; }
  // `fiber` says what it waits for.
  void begin(Fiber& fiber);
  [[nodiscard]] Taken take(Control::Answer answer);
  // Gives up what has a limit of its own before `now`.
  void expire(Instant now);
  // Forgets everything: the fiber is gone.
  void abandon();

  [[nodiscard]] bool is_over() const { return open_ == 0; }
  // When expire() has something to do.
  [[nodiscard]] Instant deadline() const { return deadline_; }
  // The bytes of all that was packed since the last time.
  [[nodiscard]] std::size_t take_packed_bytes() { return std::exchange(packed_bytes_, 0); }
  // Which of the actor's waits this is, WaitId::number.
  [[nodiscard]] std::uint64_t number() const { return number_; }
  // The call that is being sent just now.
  [[nodiscard]] WaitId sending() const { return sending_; }
  // Ends the wait of `fiber`; is_over().
  void resume(Fiber& fiber);
  void visit(const std::function<void(const Value&)>& visitor) const;

 private:
  enum class Kind : std::uint8_t { kOne, kAll, kSleep };
  struct Part {
    bool is_open = true;
    Instant deadline = kNoDeadline;
    std::string target;  // "'server.method'"
    Duration limit{0};
  };

  void begin_call(CallWait call);
  void begin_all(CallAllWait calls);
  void begin_sleep(SleepWait sleep);
  void begin_room();
  void begin_line();
  void send(std::uint32_t part, CallWait call);
  void settle(std::uint32_t part, Value value);
  void settle(std::uint32_t part, ScriptError error);
  [[nodiscard]] static bool would_fill(std::size_t bytes);
  void settle_reply(std::uint32_t part, Reply reply);
  void find_deadline();

  Realm& realm_;
  Waiter waiter_;
  Kind kind_ = Kind::kOne;
  std::uint64_t number_ = 0;
  std::size_t open_ = 0;  // parts without an answer
  std::size_t packed_bytes_ = 0;
  Instant deadline_ = kNoDeadline;
  WaitId sending_;
  std::vector<Part> parts_;
  std::vector<Value> values_;
  std::unique_ptr<ScriptError> error_;  // kOne
  SourcePlace place_;                 // kAll: where errors are that name no place themselves
};

}  // namespace relay
