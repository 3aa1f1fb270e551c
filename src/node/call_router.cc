#include "node/call_router.h"

#include <utility>

namespace relay::node {
namespace {

Failure unknown_node(const std::string& node) {
  Failure failure;
  failure.code = Errc::kUnknownNode;
  failure.message = "node '" + node + "' is unknown";
  return failure;
}

}  // namespace

CallRouter::CallRouter(Router& local, std::string node_id) : local_(local), node_id_(std::move(node_id)) {}

bool CallRouter::aim(Call& call) const {
  if (call.node.empty()) {
    const std::size_t dot = call.server.rfind('.');
    if (dot == std::string::npos) return true;
    call.node = call.server.substr(0, dot);
    call.server.erase(0, dot + 1);
  }
  return call.node == node_id_;
}

void CallRouter::call(Call call) {
  if (aim(call)) return local_.call(std::move(call));
  if (call.sink != nullptr) call.sink->answer(unknown_node(call.node));
}

std::optional<Failure> CallRouter::notify(Call call) {
  if (aim(call)) return local_.notify(std::move(call));
  return unknown_node(call.node);
}

bool CallRouter::can_find(std::string_view server) const {
  const std::size_t dot = server.rfind('.');
  if (dot == std::string_view::npos) return local_.can_find(server);
  return server.substr(0, dot) == node_id_ && local_.can_find(server.substr(dot + 1));
}

}  // namespace relay::node
