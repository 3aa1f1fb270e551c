#include "node/call_router.h"

#include <utility>

#include "base/utf8.h"
#include "mesh/mesh_limits.h"
#include "value/heap.h"
#include "value/json_writer.h"

namespace relay::node {
namespace {

Failure make_failure(Errc code, std::string message) {
  Failure failure;
  failure.code = code;
  failure.message = std::move(message);
  return failure;
}

Failure unknown_node(const std::string& node) {
  return make_failure(Errc::kUnknownNode, "node '" + shortened(node, kShownNameBytes) + "' is unknown");
}

// The arguments as they travel; empty: none. Errors: kTooLarge.
Result<std::string> json_of(Parcel args) {
  if (args.value().is_undefined()) return std::string();
  Heap heap;
  HeapScope scope(heap);
  const Value value = std::move(args).open();
  std::string text;
  Result<void> written = append_json(text, value, mesh::kMaxMessageBytes);
  if (!written) return written.error();
  return text;
}

}  // namespace

CallRouter::CallRouter(LocalRouter& local, std::string node_id)
    : local_(local), node_id_(std::move(node_id)) {}

bool CallRouter::aim(Call& call) const {
  if (call.node.empty()) {
    const std::size_t dot = call.server.rfind('.');
    if (dot == std::string::npos) return mesh_ == nullptr || local_.can_find(call.server);
    call.node = call.server.substr(0, dot);
    call.server.erase(0, dot + 1);
  }
  return call.node == node_id_;
}

void CallRouter::call(Call call) {
  if (aim(call)) return local_.call(std::move(call));
  std::optional<Failure> failure = send(call);
  if (failure && call.sink != nullptr) call.sink->answer(std::move(*failure));
}

std::optional<Failure> CallRouter::notify(Call call) {
  if (aim(call)) return local_.notify(std::move(call));
  if (std::optional<Failure> failure = find_elsewhere(call)) return failure;
  return send(call);
}

std::optional<Failure> CallRouter::send(Call& call) {
  if (mesh_ == nullptr) return unknown_node(call.node);
  Result<std::string> args = json_of(std::exchange(call.args, Parcel()));
  if (!args) {
    return make_failure(args.error().code, "the arguments cannot go to another node: " + args.error().detail);
  }
  if (std::optional<Failure> failure = local_.leave(call)) return failure;
  mesh_->call(std::move(call), std::move(*args));
  return std::nullopt;
}

std::optional<Failure> CallRouter::find_elsewhere(const Call& call) const {
  if (mesh_ == nullptr) return unknown_node(call.node);
  const auto view = mesh_->view();
  if (!call.node.empty()) {
    if (view->nodes.contains(call.node)) return std::nullopt;
    return unknown_node(call.node);
  }
  if (view->servers->contains(call.server)) return std::nullopt;
  return make_failure(Errc::kServerNotFound, "server '" + shortened(call.server, kShownNameBytes) + "' not found");
}

bool CallRouter::can_find(std::string_view server) const {
  const std::size_t dot = server.rfind('.');
  const std::string_view node = dot == std::string_view::npos ? std::string_view() : server.substr(0, dot);
  const std::string_view name = server.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (node.empty() || node == node_id_) {
    if (local_.can_find(name)) return true;
    return node.empty() && mesh_ != nullptr && mesh_->view()->servers->contains(name);
  }
  return mesh_ != nullptr && mesh_->view()->nodes.contains(node);
}

}  // namespace relay::node
