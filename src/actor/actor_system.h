#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actor/actor_limits.h"
#include "actor/failure_log.h"
#include "actor/ready_list.h"
#include "actor/router.h"
#include "actor/server_summary.h"
#include "actor/world.h"
#include "base/executor.h"
#include "bytecode/program.h"
#include "call/probe.h"
#include "vm/script_error.h"
#include "vm/state_store.h"

namespace relay {

// How top-level code ended. Told once for each run, on the core that ran it; `value` and `error` live only during the
// call.
class ProgramObserver {
 public:
  virtual ~ProgramObserver() = default;
  virtual void on_program_end(const Value& value) = 0;
  virtual void on_program_error(const ScriptError& error) = 0;
  // By interrupt_program(): only a session does that.
  virtual void on_program_interrupted() {}
};

// All servers of one program on one node, and its top-level code: who runs where and when.
//
// An actor has no home thread. The push that finds it idle puts it on the ready list of the pushing core, so a call
// goes from socket to reply on one core without a wake-up; only one that uses whole budgets, or waits too long, moves
// to an idle core.
//
// Order:  messages from one sender to one server are handled in the order sent (from threads that are no core: in the
//         order of their calls).
// Bound:  ActorLimits.
// Owner:  `program`, `cores` and `world` outlive it. It is destroyed after stop() has told its end and no core runs
//         any more, or after the cores have ended without it: then what still runs or waits is dropped unanswered.
// Errors: every accepted call is answered exactly once.
// Thread: any, unless said otherwise.
class ActorSystem final : public LocalRouter {
 public:
  ActorSystem(const bytecode::Program& program, std::vector<Executor*> cores, World world, const ActorLimits& limits);
  ~ActorSystem() override;
  ActorSystem(const ActorSystem&) = delete;
  ActorSystem& operator=(const ActorSystem&) = delete;

  // Where actors send: the node's router. Without it they reach the servers of this system. Before the first message.
  void route_through(Router& router);
  // What the loop of core `index` runs after each round.
  [[nodiscard]] ReadyList& ready_list(std::size_t index);
  // Tells each core, by a task posted to it, that it belongs to this system. Once, before the first message.
  void start();

  // How probes reach other nodes; without it cycles of several chains over nodes end only by deadlines. Before the first
  // message.
  void probe_through(ProbePort& port);

  // Runs top-level code on the first core, and `then`, a function of the program without parameters, behind it unless that
  // is null; the observer is told of the end of the last. `observer` outlives it. At most once.
  void run_program(ProgramObserver& observer, const bytecode::Function* then = nullptr);
  // Tells also `told`, on a core, of what fails that nobody waits for: a notification, a server's start. Before the first
  // message.
  void when_unheard_fails(UnheardFailure told);

  // For a session, whose program grows (lang/growing_program.h). It has grown: handlers see its definitions, a server
  // that was replaced stops, and what waits there fails as shutting_down. While no core runs.
  void take_growth();
  // Runs the program's newest top-level code, for the same observer, when all before has ended. Thread: any.
  void run_again();
  // Ends top-level code where it stands, and what servers do for it; the observer is told, unless it had ended.
  // Thread: any.
  void interrupt_program();
  // What top-level code's variables hold, by slot; null before run_program(). While no core runs.
  [[nodiscard]] const std::vector<Value>* program_variables() const;
  // The state of a server, as the last message left it; null when it has none or has not begun with its defaults. While no core runs.
  [[nodiscard]] const StateStore* state_of(std::string_view server) const;

  // Calls a server of this node: `call.node` is not looked at. A call by an actor (`caller` is not 0) must come from
  // within the turn of that actor; all others from anywhere.
  void call(Call call) override;
  // Told before a call goes to another node: if an actor waits for it, it is noted in the graph of waiting and in
  // `call.chain`, so that the call which would close a cycle over nodes is found where it arrives. The note goes when
  // the sink is answered, or the actor gives up. Code in C++ that others wait for gets a number in `call.chain`; calls
  // of all others lose theirs. Within the turn of the calling actor. Errors: kOverloaded, the chain is too long; nothing is noted then.
  [[nodiscard]] std::optional<Failure> leave(Call& call) override;
  // A probe has come from the node `from`, which vouches only for its own calls: others are ignored. Thread: any.
  void take(Probe probe, std::string from);
  // Within a core of this system.
  [[nodiscard]] std::optional<Failure> notify(Call call) override;
  [[nodiscard]] bool can_find(std::string_view server) const override;

  // The names of all servers that the program defines, sorted.
  [[nodiscard]] std::vector<std::string> server_names() const;
  // The same with their methods and state.
  [[nodiscard]] std::vector<ServerSummary> server_summaries() const;
  // Replies that came after their caller had given up.
  [[nodiscard]] std::uint64_t late_replies() const;

  // From now on calls from outside fail as shutting_down; handlers may still call each other.
  void close();
  // After close(): calls `done` once, on a core, when no message is queued or running. Top-level code and messages of
  // notify_after do not count.
  void drain(std::function<void()> done);
  // Stops all: handlers that run are rolled back, they and all that is queued fail as shutting_down. `done` is called
  // once, on a core, when every actor has stopped and its memory is free.
  void stop(std::function<void()> done);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay
