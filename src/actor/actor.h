#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "actor/actor_host.h"
#include "actor/mailbox.h"
#include "actor/pending_wait.h"
#include "actor/wait_graph.h"
#include "value/heap.h"
#include "vm/fiber.h"
#include "vm/undo_log.h"
#include "vm/vm_limits.h"

namespace relay {

class Core;
struct Realm;

// A running server, or top-level code: its heap, its fiber, what it waits for, and the turns in which it works. What
// the two do differently (where work comes from, what becomes of a result) is in the derived classes.
//
// Thread: mailbox() and id() from any; all else within a turn, on the core that gives it.
class Actor : private ActorHost::Owner {
 public:
  enum class TurnEnd : std::uint8_t {
    kMore,  // put it on the ready list again
    kRest,  // it has nothing to do or waits: it belongs to the next push, do not touch it
  };

  virtual ~Actor();
  Actor(const Actor&) = delete;
  Actor& operator=(const Actor&) = delete;

  [[nodiscard]] ActorId id() const { return id_; }
  [[nodiscard]] Mailbox& mailbox() { return mailbox_; }
  // Works until its budget is used or nothing is left to do.
  TurnEnd turn(Core& core, Instant now);

  // The program has grown. While no core runs.
  virtual void take_growth();
  // What a session may look at while no core runs: the program's variables as this actor has them, by slot, and the state
  // (null: none, or not given its defaults yet).
  [[nodiscard]] const std::vector<Value>& variables() const { return globals_; }
  [[nodiscard]] virtual const StateStore* state() const { return nullptr; }

  // For who accepts a call of this actor, within its turn: where it stands and which of its calls is being sent.
  [[nodiscard]] virtual WaitGraph::Place place() const = 0;
  [[nodiscard]] WaitId sending() const { return wait_.sending(); }

 protected:
  enum class Why : std::uint8_t { kDeadline, kShutdown, kInterrupt };
  enum class Began : std::uint8_t { kSomething, kNothing };
  struct Parts {
    ActorId id = 0;
    ActorId caller = 0;  // as others know it when it waits; 0: nobody can wait for it
    const bytecode::ServerInfo* server = nullptr;
    Mailbox::Capacity mailbox;
    std::size_t heap_limit = Heap::kNoLimit;
  };

  Actor(Realm& realm, const Parts& parts);

  // Starts the fiber on the next piece of work, if there is one in `inbox_` or else.
  virtual Began begin_next() = 0;
  // The fiber has ended well, or with an error that nothing caught.
  virtual void finish(Value result) = 0;
  virtual void fail(ScriptError error) = 0;
  // The fiber was dropped in the middle.
  virtual void give_up(Why why) = 0;
  // It was told to start.
  virtual void on_start() = 0;
  // All that waits in the mailbox fails as shutting_down.
  virtual void refuse_all() = 0;
  // Messages whose deadline has passed while they waited.
  virtual void refuse_expired() = 0;
  // The message fails as deadlock, unless it has begun.
  virtual void take_back(const Control::TakeBack& order) = 0;
  // Whether the work in hand is what is to be given up; if not, a message that waits may be.
  [[nodiscard]] virtual bool works_for(const Control::Interrupt& order) const = 0;
  virtual void drop_waiting(const Control::Interrupt& order) = 0;
  // All values that it can reach.
  virtual void visit(const std::function<void(const Value&)>& visitor) const;

  // Begins work on the fiber that must end by `deadline`.
  void begin_work(const bytecode::Function& function, std::span<Value> args, Instant deadline);
  // The calls of other nodes that wait for the work that begins.
  void set_chain(const CallChain& chain) { wait_.set_chain(chain); }
  void set_no_chain() {
    if (wait_.has_chain()) wait_.set_chain(nullptr);
  }
  // Answers outside of this actor's heap.
  void answer(std::unique_ptr<ReplySink>& sink, Reply reply);
  [[nodiscard]] bool is_past(Instant deadline) const { return deadline <= now_; }
  // Frees at once what nobody needs; the turn pays for it.
  void free_unused();
  // Charges the turn for a value of so many bytes that was bound, packed or written.
  void owe(std::size_t bytes) { owed_ += static_cast<std::int64_t>(cost_of_bytes(bytes)); }

  Realm& realm_;
  Heap heap_;
  Mailbox mailbox_;
  Mailbox::Inbox inbox_;
  UndoLog undo_;
  std::vector<Value> globals_;
  std::optional<StateStore> state_;
  ActorHost host_;
  Fiber fiber_;
  Core* core_ = nullptr;  // of the turn
  Instant now_;           // when the turn began

 private:
  enum class Phase : std::uint8_t { kFree, kRunning, kWaiting, kStopped };
  [[nodiscard]] static FiberOwner owner(Actor& self, const bytecode::ServerInfo* server);
  void look_at_deadlines(bool has_expired);
  // False: the turn ends, and the actor belongs to the next push.
  [[nodiscard]] bool go_on(std::int64_t& budget);
  [[nodiscard]] bool wait_on();
  [[nodiscard]] bool begin_or_rest(std::int64_t& budget);
  void run_fiber(std::int64_t& budget);
  void take_controls();
  void interrupt(const Control::Interrupt& order);
  void resume_if_over();
  void stop();
  void pay(std::int64_t& budget) { budget -= std::exchange(owed_, 0); }
  void tidy(std::int64_t& budget);
  [[nodiscard]] bool make_room(std::int64_t& budget);
  void collect_cycles(std::int64_t& budget);

  const ActorId id_;
  PendingWait wait_;
  Phase phase_ = Phase::kFree;
  Instant deadline_ = kNoDeadline;  // of the work in hand
  std::int64_t owed_ = 0;           // units of work beside the fiber's that the turn has yet to pay
};

}  // namespace relay
