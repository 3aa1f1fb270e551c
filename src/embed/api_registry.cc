#include <algorithm>
#include <utility>

#include "embed/errors.h"
#include "embed/node_impl.h"
#include "embed/server_handler.h"

namespace relay::api {
namespace {

using Impl = Node::Impl;

bool is_named(const Impl::Definition& server, std::string_view name) {
  return server.declaration->server().name == name;
}

bool has_server(const Impl::Setup& setup, std::string_view name) {
  if (setup.program->server(name) != nullptr) return true;
  return std::ranges::any_of(setup.servers, [&](const auto& server) { return is_named(server, name); });
}

native::DeclarationText text_of(std::string name, const Server& server) {
  native::DeclarationText text{std::move(name), server.state(), {}};
  for (const Server::Method& method : server.methods()) text.methods.push_back(method.signature);
  return text;
}

Result<void> to_api(const relay::Result<void>& result) {
  return result ? Result<void>() : embed::to_api(const_cast<relay::Result<void>&>(result).error());
}

}  // namespace

Result<void> Registry::register_server(std::string name, Server server) {
  auto declaration = native::Declaration::compile(text_of(name, server));
  if (!declaration) return embed::to_api(declaration.error());
  return node_.impl().setup.with([&](Impl::Setup& setup) -> Result<void> {
    if (has_server(setup, name)) {
      return embed::make_error(ErrorKind::kDenied, "this node has a server '" + name + "' already");
    }
    if (setup.live != nullptr) {
      auto handler = std::make_unique<embed::ServerHandler>(*declaration, server.methods());
      if (auto added = setup.live->add_server(*declaration, std::move(handler)); !added) return to_api(added);
    }
    setup.servers.push_back({std::move(*declaration), server.methods()});
    return {};
  });
}

Result<void> Registry::unregister_server(std::string_view name) {
  return node_.impl().setup.with([&](Impl::Setup& setup) -> Result<void> {
    const auto removed = std::erase_if(setup.servers, [&](const auto& server) { return is_named(server, name); });
    if (removed == 0) {
      return embed::make_error(ErrorKind::kServerNotFound,
                               "this node has no server '" + std::string(name) + "' written in C++");
    }
    return setup.live == nullptr ? Result<void>() : to_api(setup.live->remove_server(name));
  });
}

std::optional<ServerHandle> Registry::get_server(std::string_view name) const {
  const bool is_known = is_local_server(name) || node_.impl().can_find(name);
  return is_known ? std::optional<ServerHandle>(std::in_place, node_, std::string(name)) : std::nullopt;
}

bool Registry::is_local_server(std::string_view name) const {
  return node_.impl().setup.with([&](const Impl::Setup& setup) { return has_server(setup, name); });
}

}  // namespace relay::api
