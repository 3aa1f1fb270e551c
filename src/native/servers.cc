#include "native/servers.h"

#include <algorithm>
#include <utility>

#include "actor/outcome.h"

namespace relay::native {

Servers::Servers(LocalRouter& program, Host host) : program_(program), host_(std::move(host)) {}

Servers::~Servers() = default;

Result<void> Servers::add(std::shared_ptr<const Declaration> declaration, std::unique_ptr<Handler> handler) {
  auto server = std::make_shared<Server>(std::move(declaration), std::move(handler), host_);
  const std::string& name = server->name();
  const auto in_use = Error{Errc::kDenied, "this node has a server '" + name + "' already"};
  if (program_.can_find(name)) return in_use;
  return state_.with([&](State& state) -> Result<void> {
    if (state.has_stopped) return Error{Errc::kShuttingDown, "the servers of this node have stopped"};
    if (!state.servers.emplace(name, server).second) return in_use;
    has_servers_.store(true, std::memory_order_release);
    return {};
  });
}

Result<void> Servers::remove(std::string_view name) {
  const std::shared_ptr<Server> server = state_.with([&](State& state) -> std::shared_ptr<Server> {
    const auto found = state.servers.find(name);
    if (found == state.servers.end()) return nullptr;
    state.leaving.push_back(found->second);
    state.servers.erase(found);
    return state.leaving.back();
  });
  if (server == nullptr) {
    return Error{Errc::kServerNotFound, "this node has no server '" + std::string(name) + "' written in C++"};
  }
  host_.cores.front()->post([this, server] {
    server->stop();
    state_.with([&](State& state) { std::erase(state.leaving, server); });
  });
  return {};
}

std::shared_ptr<Server> Servers::find(std::string_view name) const {
  if (!has_servers_.load(std::memory_order_acquire)) return nullptr;
  return state_.with([&](const State& state) -> std::shared_ptr<Server> {
    const auto found = state.servers.find(name);
    return found == state.servers.end() ? nullptr : found->second;
  });
}

std::vector<std::shared_ptr<Server>> Servers::all() const {
  return state_.with([](const State& state) {
    std::vector<std::shared_ptr<Server>> servers;
    for (const auto& [name, server] : state.servers) servers.push_back(server);
    return servers;
  });
}

std::vector<ServerSummary> Servers::summaries() const {
  std::vector<ServerSummary> summaries;
  for (const auto& server : all()) summaries.push_back(server->declaration().summary());
  return summaries;
}

void Servers::call(Call call) {
  const std::shared_ptr<Server> server = find(call.server);
  if (server == nullptr) return program_.call(std::move(call));
  std::optional<Failure> failure = accept(*server, call);
  if (!failure) return;
  if (host_.current() != nullptr) return answer(std::move(call), std::move(*failure));
  host_.cores.front()->post([this, refused = std::move(call), why = std::move(*failure)]() mutable {
    answer(std::move(refused), std::move(why));
  });
}

void Servers::answer(Call call, Failure failure) {
  if (call.sink != nullptr) return call.sink->answer(std::move(failure));
  host_.unheard(call.server, call.method, failure);
}

std::optional<Failure> Servers::accept(Server& server, Call& call) {
  if (call.caller == 0 && is_closing_.load(std::memory_order_relaxed)) {
    return make_failure(Errc::kShuttingDown, "the node shuts down", Ran::kNo);
  }
  // An actor that waits for C++ is noted as one that waits for another node is: then what C++ calls meanwhile is known to
  // close a cycle where it does (Call::chain).
  if (call.caller != 0) {
    if (std::optional<Failure> failure = program_.leave(call)) return failure;
  }
  return server.accept(call);
}

std::optional<Failure> Servers::notify(Call call) {
  const std::shared_ptr<Server> server = find(call.server);
  if (server == nullptr) return program_.notify(std::move(call));
  return server->accept(call);
}

bool Servers::can_find(std::string_view server) const {
  return program_.can_find(server) || find(server) != nullptr;
}

void Servers::close() {
  is_closing_.store(true, std::memory_order_relaxed);
}

bool Servers::is_drained() const {
  return std::ranges::all_of(all(), [](const auto& server) { return server->unanswered() == 0; });
}

std::vector<std::shared_ptr<Server>> Servers::stop_adding() {
  state_.with([](State& state) { state.has_stopped = true; });
  return all();
}

void Servers::stop() {
  for (const auto& server : stop_adding()) server->stop();
}

void Servers::abandon() {
  for (const auto& server : stop_adding()) server->abandon();
  const auto leaving = state_.with([](State& state) { return std::exchange(state.leaving, {}); });
  for (const auto& server : leaving) server->abandon();
}

}  // namespace relay::native
