#include "actor/actor_host.h"

#include <utility>

#include "actor/core.h"
#include "actor/outcome.h"
#include "actor/realm.h"

namespace relay {

Host::Printed ActorHost::print(std::string_view text) { return realm_.world.output.print(text); }

Host::Notified ActorHost::notify(std::string_view server, std::string_view method, Value args, Duration delay) {
  owner_.before_send();
  Result<Parcel> packed = pack(std::move(args));
  if (!packed) return {0, runtime_error("argument", std::move(packed.error().detail))};
  const std::size_t bytes = packed->bytes();
  Core& core = *Core::current();
  Call call;
  call.server = server;
  call.method = method;
  call.args = std::move(*packed);
  call.caller = caller_;
  std::optional<Failure> failure;
  {
    HeapScope outside(core.heap());
    if (delay > Duration::zero()) {
      failure = realm_.notify_later(std::move(call), delay);
    } else {
      call.deadline = core.now() + realm_.limits.notify_deadline;
      failure = realm_.router->notify(std::move(call));
    }
  }
  if (!failure) return {bytes, std::nullopt};
  return {bytes, to_script_error(std::move(*failure), realm_.program.symbols)};
}

void ActorHost::start_server(std::uint16_t index) {
  Directory::Entry* entry = realm_.directory.find(realm_.program.servers[index]->name);
  realm_.start_server(*entry);
}

WallTime ActorHost::wall_now() const { return realm_.world.clock.wall_now(); }

std::uint64_t ActorHost::random_bits() { return Core::current()->random_bits(); }

const std::string& ActorHost::node_id() const { return realm_.world.node_id; }

const std::vector<std::string>& ActorHost::arguments() const { return realm_.world.arguments; }

Result<std::optional<std::string>> ActorHost::environment(const std::string& variable) const {
  return realm_.world.environment.get(variable);
}

}  // namespace relay
