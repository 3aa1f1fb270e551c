#include "actor/actor_system.h"

#include <algorithm>
#include <utility>

#include "actor/program_actor.h"
#include "actor/realm.h"
#include "base/check.h"

namespace relay {
namespace {

// How often a drain looks whether the last message is done: not felt beside the seconds that a drain may take.
constexpr Duration kDrainLook = std::chrono::milliseconds(5);

}  // namespace

struct ActorSystem::Impl {
  Impl(const bytecode::Program& program, World world, const ActorLimits& limits)
      : realm(program, std::move(world), limits) {}

  // Counts only grow, and what has finished was accepted before: if all accepted now have finished before, nothing is
  // open.
  [[nodiscard]] bool is_drained() const {
    std::uint64_t finished = 0;
    std::uint64_t accepted = 0;
    for (const auto& core : realm.cores) finished += core->finished();
    for (const auto& core : realm.cores) accepted += core->accepted();
    return finished == accepted;
  }

  void drain(std::function<void()> done) {
    if (is_drained()) return done();
    Core& core = *realm.cores.front();
    core.run_at(core.now() + kDrainLook, [this, told = std::move(done)]() mutable { drain(std::move(told)); });
  }

  Realm realm;
};

ActorSystem::ActorSystem(const bytecode::Program& program, std::vector<Executor*> cores, World world,
                         const ActorLimits& limits)
    : impl_(std::make_unique<Impl>(program, std::move(world), limits)) {
  RELAY_CHECK(!cores.empty(), "actors need a core");
  impl_->realm.router = this;
  for (std::size_t i = 0; i < cores.size(); ++i) {
    impl_->realm.cores.push_back(std::make_unique<Core>(i, *cores[i], impl_->realm));
  }
}

ActorSystem::~ActorSystem() = default;

void ActorSystem::route_through(Router& router) { impl_->realm.router = &router; }

ReadyList& ActorSystem::ready_list(std::size_t index) { return *impl_->realm.cores[index]; }

void ActorSystem::start() {
  for (const auto& core : impl_->realm.cores) {
    core->attach_later();
  }
}

void ActorSystem::run_program(ProgramObserver& observer, const bytecode::Function* then) {
  impl_->realm.add_program(std::make_unique<ProgramActor>(impl_->realm, observer, then));
}

void ActorSystem::when_unheard_fails(UnheardFailure told) { impl_->realm.failures.tell(std::move(told)); }

void ActorSystem::take_growth() { impl_->realm.take_growth(); }

void ActorSystem::run_again() { impl_->realm.run_again(); }

void ActorSystem::interrupt_program() {
  const ActorId id = impl_->realm.directory.program_id();
  impl_->realm.deliver(id, {Control::Interrupt{}});
}

const std::vector<Value>* ActorSystem::program_variables() const {
  const Directory& directory = impl_->realm.directory;
  const Actor* actor = directory.find(directory.program_id())->actor.load(std::memory_order_acquire);
  return actor == nullptr ? nullptr : &actor->variables();
}

const StateStore* ActorSystem::state_of(std::string_view server) const {
  const Directory::Entry* entry = impl_->realm.directory.find(server);
  const Actor* actor = entry == nullptr ? nullptr : entry->actor.load(std::memory_order_acquire);
  return actor == nullptr ? nullptr : actor->state();
}

void ActorSystem::call(Call call) { impl_->realm.call(std::move(call)); }

std::optional<Failure> ActorSystem::leave(Call& call) { return impl_->realm.leave(call); }

void ActorSystem::probe_through(ProbePort& port) { impl_->realm.prober.set_port(port); }

void ActorSystem::take(Probe probe, std::string from) {
  Realm& realm = impl_->realm;
  if (realm.current_core() != nullptr) return realm.prober.take(std::move(probe), from);
  realm.cores.front()->post([&realm, moved = std::move(probe), from = std::move(from)]() mutable {
    realm.prober.take(std::move(moved), from);
  });
}

std::optional<Failure> ActorSystem::notify(Call call) {
  RELAY_CHECK(impl_->realm.current_core() != nullptr, "a notification from a thread that is no core");
  return impl_->realm.accept(call);
}

bool ActorSystem::can_find(std::string_view server) const { return impl_->realm.directory.find(server) != nullptr; }

std::vector<std::string> ActorSystem::server_names() const {
  std::vector<std::string> names;
  for (const auto& server : impl_->realm.program.servers) {
    if (!server->is_replaced) names.push_back(server->name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<ServerSummary> ActorSystem::server_summaries() const { return summarize_servers(impl_->realm.program); }

std::uint64_t ActorSystem::late_replies() const { return impl_->realm.late_replies.load(std::memory_order_relaxed); }

void ActorSystem::close() { impl_->realm.is_closing.store(true, std::memory_order_relaxed); }

void ActorSystem::drain(std::function<void()> done) {
  impl_->realm.cores.front()->post([impl = impl_.get(), told = std::move(done)]() mutable { impl->drain(std::move(told)); });
}

void ActorSystem::stop(std::function<void()> done) {
  impl_->realm.cores.front()->post([impl = impl_.get(), told = std::move(done)]() mutable { impl->realm.stop(std::move(told)); });
}

}  // namespace relay
