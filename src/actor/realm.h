#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "actor/actor_limits.h"
#include "actor/core.h"
#include "actor/delayed_messages.h"
#include "actor/directory.h"
#include "actor/failure_log.h"
#include "actor/globals.h"
#include "actor/message.h"
#include "actor/prober.h"
#include "actor/router.h"
#include "actor/wait_graph.h"
#include "actor/world.h"
#include "base/guarded.h"

namespace relay {

// What all actors of one system share, and the ways between them.
//
// Owner:  outlives its actors, and every timer, task and sink that was made for them.
// Thread: any core, except where said.
struct Realm {
  Realm(const bytecode::Program& the_program, World the_world, const ActorLimits& the_limits);
  ~Realm();
  Realm(const Realm&) = delete;
  Realm& operator=(const Realm&) = delete;

  const bytecode::Program& program;
  const World world;
  const ActorLimits limits;
  Directory directory;
  WaitGraph wait_graph;
  Prober prober;
  PublishedGlobals globals;
  DelayedMessages delayed;
  FailureLog failures;
  std::vector<std::unique_ptr<Core>> cores;
  Router* router = nullptr;
  std::atomic<bool> is_closing{false};
  std::atomic<std::uint64_t> late_replies{0};

  // The core of this thread if it is one of this realm's.
  [[nodiscard]] Core* current_core() const;
  [[nodiscard]] Core* claim_idle_core(const Core& except);

  // Accepts a message for a server of this node, or says why not; `call` has then kept its sink.
  // Thread: one of the cores.
  [[nodiscard]] std::optional<Failure> accept(Call& call);
  // The same for a call from anywhere: answered, or logged, when it is not accepted.
  void call(Call call);
  // As ActorSystem::leave().
  [[nodiscard]] std::optional<Failure> leave(Call& call);
  // Starts a server unless it runs; its defaults are evaluated by itself, before its first message at the latest.
  void start_server(Directory::Entry& entry);
  void add_program(std::unique_ptr<Actor> actor);

  // Runs top-level code once more, when it has ended.
  void run_again() { deliver(directory.program_id(), {Control::Start{}}); }
  // Makes known what the program has got, and stops servers that were replaced. While no core runs.
  void take_growth();
  // Tells all actors.
  void interrupt(const Control::Interrupt& order);

  // Puts `control` into the actor's mailbox and the actor, if it had nothing to do, on a ready list; dropped when the
  // actor is gone. Thread: any.
  void deliver(ActorId id, Control control);
  // Has the actor look at its deadlines at `when`.
  void set_alarm(ActorId id, Instant when);
  // Sends `call` as a notification after `delay`.
  [[nodiscard]] std::optional<Failure> notify_later(Call call, Duration delay);

  // All actors get a Stop; no new one starts. `done` is called on a core when all have stopped and are freed.
  void stop(std::function<void()> done);
  void note_stopped(ActorId id);

 private:
  struct Actors {
    std::vector<std::unique_ptr<Actor>> all;
    bool is_stopping = false;
    std::size_t running = 0;
    std::function<void()> when_stopped;
  };
  [[nodiscard]] Actor* start(Directory::Entry& entry);
  // A call that an actor waits for, here or elsewhere.
  [[nodiscard]] std::optional<Failure> accept_waited_for(Call& call, const Directory::Entry& target,
                                                         const bytecode::Method& method, Actor& actor);
  // Adds the call to the graph of waiting; `probes` are to be sent when it is in the mailbox.
  [[nodiscard]] std::optional<Failure> note_waiting(Call& call, const Directory::Entry& target, std::vector<Probe>& probes);
  void note_arrived(Call& call, const Directory::Entry& target, std::vector<Probe>& probes);
  void number_code(Call& call);
  // `call` keeps its sink when it is refused.
  [[nodiscard]] std::optional<Failure> push(Call& call, Actor& actor, Message& message);
  [[nodiscard]] std::optional<Failure> push(Actor& actor, Message& message);
  void on_alarm(ActorId id, Instant when);
  void send_delayed(std::uint64_t number);
  [[nodiscard]] std::vector<ActorId> actor_ids();
  void note_one_less();
  // Runs `then` when each core from `core` on has done what it had to do before.
  void after_round(std::size_t core, std::function<void()> then);
  void free_all();
  void free_one(ActorId id);

  Guarded<Actors> actors_;
};

}  // namespace relay
