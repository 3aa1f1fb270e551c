#include <future>
#include <utility>

#include "embed/call_sink.h"
#include "embed/convert.h"
#include "embed/errors.h"
#include "embed/node_impl.h"
#include "embed/request.h"
#include "rpc/rpc_limits.h"

namespace relay::api {
namespace {

Call make_call(std::string_view node, std::string_view server, std::string_view method) {
  Call call;
  call.node = node;
  call.server = server;
  call.method = method;
  call.source = ArgsSource::kJson;
  call.form = ArgsForm::kByNameOrWhole;
  return call;
}

// The calls that wait for one made within `request`, and the handler's own part. Who has been answered does not wait.
CallChain chain_within(const Request::Impl& request, const std::string& node) {
  const auto open_call = request.open_call.lock();
  if (request.chain == nullptr || open_call == nullptr || !open_call->is_open()) return nullptr;
  std::vector<ChainEntry> chain = *request.chain;
  chain.push_back({node, request.declaration->server().name, request.method, 0});
  return std::make_shared<const std::vector<ChainEntry>>(std::move(chain));
}

Error bad(std::string message) {
  return embed::make_error(ErrorKind::kInvalidParams, std::move(message));
}

}  // namespace

// Hands the call to the node; an error: `call.sink` is still the caller's.
Result<void> Node::Impl::send(Call& call, const Value& args) {
  if (!args.is_nil() && !args.is_array() && !args.is_object()) {
    return bad("the arguments of a call are an array, an object or nil, got " + std::string(name(args.type())));
  }
  if (!args.is_nil()) {
    relay::Result<Parcel> parcel = embed::to_parcel(args);
    if (!parcel) return embed::to_api(parcel.error());
    call.args = std::move(*parcel);
  }
  const embed::Gate::Pass pass = gate.pass();
  if (!pass) return embed::not_running();
  node->call(std::move(call));
  return {};
}

// Makes the call, or tells why not.
void Node::Impl::make(Call call, const Value& args, CallDone done) {
  auto sink = std::make_unique<embed::CallSink>(std::move(done));
  embed::CallSink& kept = *sink;
  call.sink = std::move(sink);
  if (Result<void> sent = send(call, args); !sent) kept.fail(std::move(sent).error());
}

void Node::Impl::call(std::string_view target, std::string_view server, std::string_view method, const Value& args,
                      std::chrono::milliseconds timeout, CallDone done) {
  constexpr std::chrono::milliseconds kLongest = std::chrono::duration_cast<std::chrono::milliseconds>(rpc::Limits{}.max_call_timeout);
  if (timeout < std::chrono::milliseconds(0) || timeout > kLongest) {
    return done(bad("the timeout of a call must be at most " + std::to_string(kLongest.count()) + " ms, got " +
                    std::to_string(timeout.count()) + " ms"));
  }
  if (timeout.count() == 0) timeout = config.call_timeout;
  Call call = make_call(target, server, method);
  call.deadline = SystemClock().now() + timeout;
  make(std::move(call), args, std::move(done));
}

Result<Value> Node::Impl::wait_for_call(std::string_view target, std::string_view server, std::string_view method, const Value& args,
                                        std::chrono::milliseconds timeout) {
  if (std::optional<Error> why = why_not_wait()) return std::move(*why);
  const auto answered = std::make_shared<std::promise<Result<Value>>>();
  call(target, server, method, args, timeout,
       [answered](Result<Value> result) { answered->set_value(std::move(result)); });
  return answered->get_future().get();
}

bool Node::Impl::can_find(std::string_view server) {
  const embed::Gate::Pass pass = gate.pass();
  return pass && node->can_find(server);
}

Result<Value> Node::call(std::string_view server, std::string_view method, Value args, std::chrono::milliseconds timeout) {
  return impl_->wait_for_call({}, server, method, args, timeout);
}

void Node::call(std::string_view server, std::string_view method, Value args, std::chrono::milliseconds timeout, CallDone done) {
  impl_->call({}, server, method, args, timeout, std::move(done));
}

void Node::call(const Request& within, std::string_view server, std::string_view method, Value args, CallDone done) {
  Call call = make_call({}, server, method);
  call.deadline = within.impl().deadline;
  call.chain = chain_within(within.impl(), get_node_id());
  impl_->make(std::move(call), args, std::move(done));
}

Result<Value> Node::call_remote_server(std::string_view node_id, std::string_view server, std::string_view method, Value args,
                                       std::chrono::milliseconds timeout) {
  return impl_->wait_for_call(node_id, server, method, args, timeout);
}

void Node::call_remote_server(std::string_view node_id, std::string_view server, std::string_view method, Value args,
                              std::chrono::milliseconds timeout, CallDone done) {
  impl_->call(node_id, server, method, args, timeout, std::move(done));
}

Result<void> Node::notify(std::string_view server, std::string_view method, Value args) {
  Call call = make_call({}, server, method);
  call.deadline = SystemClock().now() + ActorLimits{}.notify_deadline;
  return impl_->send(call, args);
}

Result<Value> ServerHandle::call(std::string_view method, Value args) const {
  return node_->call(name_, method, std::move(args));
}

}  // namespace relay::api
