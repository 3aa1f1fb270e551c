#include "native/server.h"

#include <string>
#include <thread>

#include "actor/binding.h"
#include "actor/outcome.h"
#include "value/heap.h"
#include "value/string.h"

namespace relay::native {
namespace {

// How long a server holds a core before others get a look in: as long as the actors of a round do.
constexpr Duration kTurn = std::chrono::microseconds(200);

Failure timed_out(const std::string& method) {
  return make_failure(Errc::kTimeout, "method " + method + " gave no answer before its deadline", Ran::kUnknown);
}

Failure stopped(const std::string& method) {
  return make_failure(Errc::kUnknownOutcome, "method " + method + " gave no answer: the server stops", Ran::kUnknown);
}

}  // namespace

net::Loop* Host::current() const {
  for (net::Loop* core : cores) {
    if (core->is_current()) return core;
  }
  return nullptr;
}

net::Loop& Host::pick() const {
  if (net::Loop* here = current()) return *here;
  return *cores[std::hash<std::thread::id>()(std::this_thread::get_id()) % cores.size()];
}

Server::Server(std::shared_ptr<const Declaration> declaration, std::unique_ptr<Handler> handler, Host& host)
    : declaration_(std::move(declaration)), handler_(std::move(handler)), host_(host) {}

std::optional<Failure> Server::accept(Call& call) {
  const bytecode::Method* method = declaration_->server().method(call.method);
  if (method == nullptr) return method_not_found(name(), call.method);
  if (call.args.bytes() > host_.limits.mailbox_bytes) {
    return make_failure(Errc::kTooLarge,
                        "the arguments hold " + std::to_string(call.args.bytes()) + " bytes, more than the " +
                            std::to_string(host_.limits.mailbox_bytes) + " that a mailbox takes",
                        Ran::kNo);
  }
  Message message{method, std::move(call.args), call.form, call.source, call.deadline, std::move(call.chain), std::move(call.sink)};
  const Pushed pushed = push(message);
  if (pushed == Pushed::kRunIt) post_turn(host_.pick());
  if (pushed == Pushed::kRunIt || pushed == Pushed::kQueued) return std::nullopt;
  call.sink = std::move(message.sink);
  if (pushed == Pushed::kFull) return make_failure(Errc::kOverloaded, "mailbox of server '" + name() + "' is full", Ran::kNo);
  return make_failure(Errc::kShuttingDown, "server '" + name() + "' has stopped", Ran::kNo);
}

Server::Pushed Server::push(Message& message) {
  const std::size_t bytes = message.args.bytes() + kMessageOverhead;
  return state_.with([&](State& state) {
    if (state.has_stopped) return Pushed::kStopped;
    const bool is_full = state.waiting.size() + state.open.size() >= host_.limits.mailbox_messages ||
                         state.waiting_bytes + bytes > host_.limits.mailbox_bytes + kMessageOverhead;
    if (is_full) return Pushed::kFull;
    state.waiting_bytes += bytes;
    state.waiting.push_back(std::move(message));
    return std::exchange(state.is_running, true) ? Pushed::kQueued : Pushed::kRunIt;
  });
}

std::size_t Server::unanswered() const {
  return state_.with([](const State& state) { return state.waiting.size() + state.open.size(); });
}

void Server::post_turn(net::Loop& core) {
  core.post([self = shared_from_this(), &core] { self->turn(core); });
}

void Server::turn(net::Loop& core) {
  const Instant end = core.clock().now() + kTurn;
  while (std::optional<Message> message = take()) {
    handle(core, std::move(*message));
    if (core.clock().now() >= end) return post_turn(core);
  }
}

std::optional<Server::Message> Server::take() {
  return state_.with([](State& state) -> std::optional<Message> {
    if (state.waiting.empty()) {
      state.is_running = false;
      return std::nullopt;
    }
    Message message = std::move(state.waiting.front());
    state.waiting.pop_front();
    state.waiting_bytes -= message.args.bytes() + kMessageOverhead;
    return message;
  });
}

void Server::handle(net::Loop& core, Message message) {
  if (message.deadline <= core.clock().now()) return refuse(message, Errc::kTimeout);
  Heap heap;
  HeapScope scope(heap);
  Invocation invocation;
  std::string why;
  const BindingTarget target{declaration_->program(), name(), *message.method};
  if (!bind_arguments(target, std::move(message.args).open(), message.form, message.source, invocation.args, why)) {
    Failure failure = make_failure(Errc::kInvalidParams, std::move(why), Ran::kNo);
    if (message.sink != nullptr) return message.sink->answer(std::move(failure));
    return note_unheard(*message.method, std::move(failure));
  }
  invocation.method = declaration_->index_of(*message.method);
  invocation.chain = std::move(message.chain);
  const std::shared_ptr<OpenCall> call = open(core, message);
  if (call == nullptr) return refuse(message, Errc::kShuttingDown);
  handler_->handle(std::move(invocation), call);
  watch(core, *call);
}

std::shared_ptr<OpenCall> Server::open(net::Loop& core, Message& message) {
  return state_.with([&](State& state) -> std::shared_ptr<OpenCall> {
    if (state.has_stopped) return nullptr;
    const std::uint64_t number = ++state.last_number;
    auto call = std::make_shared<OpenCall>(shared_from_this(), *message.method, number, message.deadline, core,
                                           std::move(message.sink));
    state.open.emplace(number, call);
    return call;
  });
}

// What the handler has answered before it returned never comes here: most calls need no alarm.
void Server::watch(net::Loop& core, const OpenCall& call) {
  if (call.deadline() == kNoDeadline || !call.is_open()) return;
  const bool is_next = state_.with([&](State& state) {
    if (!state.open.contains(call.number())) return false;
    state.deadlines.emplace(call.deadline(), call.number());
    if (state.alarm <= call.deadline()) return false;
    state.alarm = call.deadline();
    return true;
  });
  if (is_next) set_alarm(core, call.deadline());
}

void Server::set_alarm(net::Loop& core, Instant when) {
  core.run_at(when, [weak = weak_from_this(), &core, when] {
    if (const auto self = weak.lock()) self->on_alarm(core, when);
  });
}

void Server::on_alarm(net::Loop& core, Instant when) {
  const Instant now = core.clock().now();
  std::vector<std::shared_ptr<OpenCall>> expired;
  Instant next = kNoDeadline;
  state_.with([&](State& state) {
    // Another has taken its place.
    if (state.alarm != when) return;
    for (const auto& [deadline, number] : state.deadlines) {
      if (deadline > now) break;
      expired.push_back(state.open.at(number));
    }
    state.deadlines.erase(state.deadlines.begin(), state.deadlines.upper_bound({now, UINT64_MAX}));
    state.alarm = state.deadlines.empty() ? kNoDeadline : state.deadlines.begin()->first;
    next = state.alarm;
  });
  if (next != kNoDeadline) set_alarm(core, next);
  for (const auto& call : expired) call->answer(timed_out(declaration_->quoted(call->method())));
}

void Server::refuse(Message& message, Errc code) {
  const std::string reason = code == Errc::kTimeout ? " did not run: its deadline passed before its turn"
                                                    : " did not run: the server stops";
  Failure failure = make_failure(code, "method " + declaration_->quoted(*message.method) + reason, Ran::kNo);
  if (message.sink != nullptr) return message.sink->answer(std::move(failure));
  if (code != Errc::kShuttingDown) note_unheard(*message.method, std::move(failure));
}

void Server::close(const OpenCall& call) {
  // Destroyed outside of the lock: it may hold the last share of this server.
  const auto kept = state_.with([&](State& state) {
    state.deadlines.erase({call.deadline(), call.number()});
    return state.open.extract(call.number());
  });
}

void Server::stop() {
  Left left = take_all();
  for (Message& message : left.waiting) refuse(message, Errc::kShuttingDown);
  for (const auto& call : left.open) call->answer(stopped(declaration_->quoted(call->method())));
}

void Server::abandon() {
  const Left left = take_all();
  for (const auto& call : left.open) call->abandon();
  state_.with([](State& state) { state.open.clear(); });
}

Server::Left Server::take_all() {
  return state_.with([](State& state) {
    Left left;
    state.has_stopped = true;
    left.waiting.swap(state.waiting);
    state.waiting_bytes = 0;
    for (const auto& [number, call] : state.open) left.open.push_back(call);
    return left;
  });
}

void Server::note_unheard(const bytecode::Method& method, const Reply& reply) {
  const auto* failure = std::get_if<Failure>(&reply);
  if (failure != nullptr) host_.unheard(name(), string::text(method.name), *failure);
}

}  // namespace relay::native
