#include "actor/realm.h"

#include <algorithm>
#include <utility>

#include "actor/actor.h"
#include "actor/chained_sink.h"
#include "actor/name_hint.h"
#include "actor/outcome.h"
#include "actor/reply_to_node.h"
#include "actor/server_actor.h"
#include "base/check.h"

namespace relay {
namespace {

// Numbers of calls begin somewhere below 2^52: those of an earlier start of the node, which others may still name, are
// not met again, and JSON readers that know only doubles keep them whole.
constexpr int kNumberBits = 52;

std::uint64_t random_number(RandomSource& random) {
  std::uint64_t word = 0;
  random.fill({&word, 1});
  return word >> (64 - kNumberBits);
}

Message message_of(Call& call, const bytecode::Method& method) {
  Message message;
  message.method = &method;
  message.args = std::move(call.args);
  message.form = call.form;
  message.source = call.source;
  message.deadline = call.deadline;
  message.sink = std::move(call.sink);
  return message;
}

}  // namespace

Realm::Realm(const bytecode::Program& the_program, World the_world, const ActorLimits& the_limits)
    : program(the_program),
      world(std::move(the_world)),
      limits(the_limits),
      directory(the_program),
      wait_graph(world.node_id, random_number(world.random)),
      prober(*this),
      delayed(the_limits.delayed_messages, the_limits.delayed_bytes) {}

Realm::~Realm() = default;

Core* Realm::current_core() const {
  Core* core = Core::current();
  return core != nullptr && &core->realm() == this ? core : nullptr;
}

Core* Realm::claim_idle_core(const Core& except) {
  for (std::size_t step = 1; step < cores.size(); ++step) {
    Core& candidate = *cores[(except.index() + step) % cores.size()];
    if (candidate.claim_if_idle()) return &candidate;
  }
  return nullptr;
}

void Realm::call(Call call) {
  if (current_core() == nullptr) {
    cores.front()->post([this, posted = std::move(call)]() mutable { this->call(std::move(posted)); });
    return;
  }
  std::optional<Failure> failure;
  if (call.caller == 0 && is_closing.load(std::memory_order_relaxed)) {
    failure = make_failure(Errc::kShuttingDown, "the node shuts down", Ran::kNo);
  } else {
    failure = accept(call);
  }
  if (!failure) return;
  if (call.sink != nullptr) return call.sink->answer(std::move(*failure));
  failures.note({call.server, call.method}, *failure);
}

std::optional<Failure> Realm::accept(Call& call) {
  Directory::Entry* entry = directory.find(std::string_view(call.server));
  const bool is_of_program = call.source == ArgsSource::kLanguage;
  if (entry == nullptr) {
    Failure failure = server_not_found(call.server);
    if (is_of_program) failure.hint = server_hint(program, call.server);
    return failure;
  }
  const bytecode::Method* method = entry->info->method(call.method);
  if (method == nullptr) {
    Failure failure = method_not_found(call.server, call.method);
    if (is_of_program) failure.hint = method_hint(*entry->info, call.method);
    return failure;
  }
  Actor* actor = start(*entry);
  if (actor == nullptr) return make_failure(Errc::kShuttingDown, "server '" + call.server + "' has stopped", Ran::kNo);
  if (call.sink == nullptr || (call.caller == 0 && call.chain == nullptr)) {
    Message message = message_of(call, *method);
    return push(call, *actor, message);
  }
  return accept_waited_for(call, *entry, *method, *actor);
}

std::optional<Failure> Realm::accept_waited_for(Call& call, const Directory::Entry& target, const bytecode::Method& method,
                                                Actor& actor) {
  std::vector<Probe> probes;
  if (std::optional<Failure> deadlock = note_waiting(call, target, probes)) return deadlock;
  Message message = message_of(call, method);
  message.is_chained = call.chain != nullptr && dynamic_cast<const ChainedSink*>(message.sink.get()) != nullptr;
  if (std::optional<Failure> refused = push(call, actor, message)) return refused;
  if (!probes.empty()) prober.begin(std::move(probes));
  return std::nullopt;
}

std::optional<Failure> Realm::note_waiting(Call& call, const Directory::Entry& target, std::vector<Probe>& probes) {
  const Actor* caller = call.caller == 0 ? nullptr : directory.find(call.caller)->actor.load(std::memory_order_acquire);
  const WaitGraph::Place from = caller != nullptr ? caller->place() : WaitGraph::Place{};
  const WaitGraph::Place to{call.server, call.method};
  std::string cycle;
  if (call.chain != nullptr) cycle = wait_graph.find_cycle(*call.chain, from, target.id, to);
  if (cycle.empty() && caller != nullptr) {
    WaitGraph::Added added = wait_graph.add(call.caller, from, caller->sending(), target.id, to);
    cycle = std::move(added.cycle);
    probes = std::move(added.probes);
  } else if (cycle.empty()) {
    note_arrived(call, target, probes);
  }
  if (cycle.empty()) return std::nullopt;
  return make_failure(Errc::kDeadlock, "deadlock: " + cycle, Ran::kNo);
}

void Realm::note_arrived(Call& call, const Directory::Entry& target, std::vector<Probe>& probes) {
  const ChainEntry* waiting = last_numbered(*call.chain);
  if (waiting == nullptr) return;
  WaitGraph::Arrived arrived = wait_graph.add_arrived(*waiting, target.id);
  if (!arrived.is_new) return;
  probes = std::move(arrived.probes);
  call.sink = std::make_unique<ReplyToNode>(wait_graph, call.chain, std::move(call.sink));
}

std::optional<Failure> Realm::leave(Call& call) {
  if (call.sink == nullptr) return std::nullopt;
  const std::size_t length = call.chain == nullptr ? 0 : call.chain->size();
  if (length >= limits.chain_entries) {
    return make_failure(Errc::kOverloaded,
                        std::to_string(length) + " calls between nodes already wait for each other", Ran::kNo);
  }
  if (call.caller == 0) {
    number_code(call);
    return std::nullopt;
  }
  const Actor* caller = directory.find(call.caller)->actor.load(std::memory_order_acquire);
  const WaitGraph::Place from = caller->place();
  const std::uint64_t number = wait_graph.add_remote(call.caller, from, caller->sending());
  std::vector<ChainEntry> chain;
  chain.reserve(length + 1);
  if (call.chain != nullptr) chain = *call.chain;
  chain.push_back({world.node_id, std::string(from.server), std::string(from.method), number});
  call.chain = std::make_shared<const std::vector<ChainEntry>>(std::move(chain));
  return std::nullopt;
}

// Code in C++ that others wait for gets a number where its call leaves the node, so that its chain ends with this node's
// own entry. It is in no graph: the code does not stand still, and whoever waits for it has entries of their own.
void Realm::number_code(Call& call) {
  if (call.chain == nullptr) return;
  const bool is_code = !call.chain->empty() && call.chain->back().call == 0 && call.chain->back().node == world.node_id;
  if (!is_code) {
    call.chain = nullptr;
    return;
  }
  std::vector<ChainEntry> chain = *call.chain;
  chain.back().call = wait_graph.take_number();
  call.chain = std::make_shared<const std::vector<ChainEntry>>(std::move(chain));
}

std::optional<Failure> Realm::push(Call& call, Actor& actor, Message& message) {
  std::optional<Failure> refused = push(actor, message);
  if (refused) call.sink = std::move(message.sink);
  return refused;
}

std::optional<Failure> Realm::push(Actor& actor, Message& message) {
  Core& core = *Core::current();
  const ActorId id = actor.id();
  const Instant deadline = message.deadline;
  if (message.args.bytes() > limits.mailbox_bytes) {
    return make_failure(Errc::kTooLarge,
                        "the arguments hold " + std::to_string(message.args.bytes()) + " bytes, more than the " +
                            std::to_string(limits.mailbox_bytes) + " that a mailbox takes",
                        Ran::kNo);
  }
  switch (actor.mailbox().push(message)) {
    case Mailbox::Push::kRunIt: core.enqueue(actor); break;
    case Mailbox::Push::kQueued: break;
    case Mailbox::Push::kSetAlarm: set_alarm(id, deadline); break;
    case Mailbox::Push::kFull:
      return make_failure(Errc::kOverloaded, "mailbox of server '" + directory.find(id)->info->name + "' is full", Ran::kNo);
    case Mailbox::Push::kClosed:
      return make_failure(Errc::kShuttingDown, "server '" + directory.find(id)->info->name + "' has stopped", Ran::kNo);
  }
  core.count_accepted();
  return std::nullopt;
}

Actor* Realm::start(Directory::Entry& entry) {
  if (Actor* running = entry.actor.load(std::memory_order_acquire)) return running;
  return actors_.with([&](Actors& actors) -> Actor* {
    if (Actor* running = entry.actor.load(std::memory_order_relaxed)) return running;
    if (actors.is_stopping) return nullptr;
    actors.all.push_back(std::make_unique<ServerActor>(*this, entry.id, *entry.info));
    ++actors.running;
    entry.actor.store(actors.all.back().get(), std::memory_order_release);
    return actors.all.back().get();
  });
}

void Realm::start_server(Directory::Entry& entry) {
  if (start(entry) == nullptr || entry.info->initializer == nullptr) return;
  deliver(entry.id, {Control::Start{}});
}

void Realm::add_program(std::unique_ptr<Actor> actor) {
  const ActorId id = actor->id();
  actors_.with([&](Actors& actors) {
    Directory::Entry& entry = *directory.find(id);
    RELAY_CHECK(entry.actor.load() == nullptr, "a program runs twice");
    if (actors.is_stopping) return;
    entry.actor.store(actor.get(), std::memory_order_release);
    actors.all.push_back(std::move(actor));
    ++actors.running;
  });
  deliver(id, {Control::Start{}});
}

void Realm::deliver(ActorId id, Control control) {
  Core* core = current_core();
  if (core == nullptr) {
    cores.front()->post([this, id, posted = std::move(control)]() mutable { deliver(id, std::move(posted)); });
    return;
  }
  Actor* actor = directory.find(id)->actor.load(std::memory_order_acquire);
  if (actor == nullptr) return;
  switch (actor->mailbox().push(control)) {
    case Mailbox::Push::kRunIt: core->enqueue(*actor); return;
    case Mailbox::Push::kClosed: late_replies.fetch_add(1, std::memory_order_relaxed); return;
    default: return;
  }
}

void Realm::set_alarm(ActorId id, Instant when) {
  Core::current()->run_at(when, [this, id, when] { on_alarm(id, when); });
}

void Realm::on_alarm(ActorId id, Instant when) {
  Actor* actor = directory.find(id)->actor.load(std::memory_order_acquire);
  if (actor == nullptr) return;
  Instant next = kNoDeadline;
  switch (actor->mailbox().alarm(when, next)) {
    case Mailbox::Push::kRunIt: Core::current()->enqueue(*actor); return;
    case Mailbox::Push::kSetAlarm: set_alarm(id, next); return;
    default: return;
  }
}

std::optional<Failure> Realm::notify_later(Call call, Duration delay) {
  if (!router->can_find(call.server)) {
    Failure failure = server_not_found(call.server);
    failure.hint = server_hint(program, call.server);
    return failure;
  }
  const std::optional<std::uint64_t> number = delayed.keep(call);
  if (!number) return make_failure(Errc::kOverloaded, "too many messages of notify_after wait for their time", Ran::kNo);
  Core& core = *Core::current();
  core.run_at(core.now() + delay, [this, number = *number] { send_delayed(number); });
  return std::nullopt;
}

void Realm::send_delayed(std::uint64_t number) {
  Call call = delayed.take(number);
  call.deadline = Core::current()->now() + limits.notify_deadline;
  const std::string server = call.server;
  const std::string method = call.method;
  const std::optional<Failure> failure = router->notify(std::move(call));
  if (failure && failure->code != Errc::kShuttingDown) failures.note({server, method}, *failure);
}

std::vector<ActorId> Realm::actor_ids() {
  return actors_.with([](Actors& actors) {
    std::vector<ActorId> ids;
    for (const auto& actor : actors.all) ids.push_back(actor->id());
    return ids;
  });
}

void Realm::take_growth() {
  directory.take_growth(program);
  for (const auto& core : cores) core->take_growth();
  actors_.with([](Actors& actors) {
    for (const auto& actor : actors.all) actor->take_growth();
  });
  for (ActorId id = 1; id <= directory.last_id(); ++id) {
    const Directory::Entry& entry = *directory.find(id);
    const bool is_replaced = entry.info != nullptr && entry.info->is_replaced;
    if (is_replaced && entry.actor.load() != nullptr) deliver(id, {Control::Stop{}});
  }
}

void Realm::interrupt(const Control::Interrupt& order) {
  for (const ActorId id : actor_ids()) deliver(id, {order});
}

void Realm::stop(std::function<void()> done) {
  actors_.with([&](Actors& actors) {
    RELAY_CHECK(!actors.is_stopping, "a realm stops twice");
    actors.is_stopping = true;
    actors.when_stopped = std::move(done);
    ++actors.running;  // this call itself, so that the end comes once and last
  });
  for (const ActorId id : actor_ids()) deliver(id, {Control::Stop{}});
  note_one_less();
}

void Realm::note_stopped(ActorId id) {
  const bool is_end = actors_.with([](const Actors& actors) { return actors.is_stopping; });
  if (!is_end) {
    directory.find(id)->actor.store(nullptr, std::memory_order_release);
    after_round(0, [this, id] { free_one(id); });
  }
  note_one_less();
}

void Realm::note_one_less() {
  const bool is_last = actors_.with([](Actors& actors) { return --actors.running == 0 && actors.is_stopping; });
  if (!is_last) return;
  for (ActorId id = 1; id <= directory.last_id(); ++id) directory.find(id)->actor.store(nullptr, std::memory_order_release);
  after_round(0, [this] { free_all(); });
}

// What was posted or pushed to a core before may still hold the address of an actor; it is gone when the round is over.
void Realm::after_round(std::size_t core, std::function<void()> then) {
  if (core == cores.size()) return then();
  cores[core]->post([this, next = core + 1, told = std::move(then)]() mutable { after_round(next, std::move(told)); });
}

void Realm::free_one(ActorId id) {
  std::unique_ptr<Actor> stopped;
  actors_.with([&](Actors& actors) {
    const auto place = std::find_if(actors.all.begin(), actors.all.end(), [id](const auto& actor) { return actor->id() == id; });
    if (place == actors.all.end()) return;
    stopped = std::move(*place);
    actors.all.erase(place);
  });
}

void Realm::free_all() {
  std::function<void()> done;
  std::vector<std::unique_ptr<Actor>> all;
  actors_.with([&](Actors& actors) {
    done = std::move(actors.when_stopped);
    all.swap(actors.all);
  });
  all.clear();
  done();
}

}  // namespace relay
