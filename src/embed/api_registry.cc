#include <algorithm>
#include <utility>

#include "embed/ask_mesh.h"
#include "embed/registry_reader.h"
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

// The registry's JSON of one kind, read.
using Show = std::string (mesh::Mesh::*)();
Result<Value> read(Impl& impl, Show show) {
  return embed::wait_for_mesh<Value>(impl, [show](mesh::Mesh& mesh, auto promise) {
    promise->set_value(Value::from_json((mesh.*show)()));
  });
}

constexpr std::chrono::milliseconds kLeastInterval{100};

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
      if (auto added = setup.live->add_server(*declaration, std::move(handler)); !added) return embed::to_api(added.error());
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
    return setup.live == nullptr ? Result<void>() : embed::to_api(setup.live->remove_server(name));
  });
}

std::optional<ServerHandle> Registry::get_server(std::string_view name) const {
  const bool is_known = is_local_server(name) || node_.impl().can_find(name);
  return is_known ? std::optional<ServerHandle>(std::in_place, node_, std::string(name)) : std::nullopt;
}

Result<void> Registry::stop_all_servers() {
  Impl& impl = node_.impl();
  if (std::optional<Error> why = impl.why_not_wait()) return std::move(*why);
  const auto stopped = std::make_shared<std::promise<void>>();
  {
    const embed::Gate::Pass pass = impl.gate.pass();
    if (!pass) return embed::not_running();
    impl.node->stop_servers([stopped] { stopped->set_value(); });
  }
  stopped->get_future().wait();
  return {};
}

Result<std::string> Registry::add_peer(std::string_view node_id, std::string_view address) {
  return embed::wait_for_mesh<std::string>(
      node_.impl(), [alias = std::string(node_id), place = std::string(address)](mesh::Mesh& mesh, auto promise) {
        relay::Result<std::string> name = mesh.add_peer(alias, place);
        promise->set_value(name ? Result<std::string>(*name) : embed::to_api(name.error()));
      });
}

Result<std::string> Registry::add_peer_from_url(std::string_view url) {
  return add_peer({}, url);
}

Result<void> Registry::remove_peer(std::string_view node_id) {
  return embed::wait_for_mesh<void>(node_.impl(), [name = std::string(node_id)](mesh::Mesh& mesh, auto promise) {
    promise->set_value(embed::to_api(mesh.remove_peer(name)));
  });
}

Result<std::map<std::string, PeerInfo>> Registry::get_peers() const {
  const Result<Value> json = read(node_.impl(), &mesh::Mesh::peers_json);
  if (!json) return json.error();
  return embed::read_peers(*json);
}

Result<std::map<std::string, ServerInfo>> Registry::get_all_servers() const {
  const Result<Value> json = read(node_.impl(), &mesh::Mesh::servers_json);
  if (!json) return json.error();
  return embed::read_servers(*json);
}

Result<ServerInfo> Registry::get_server_info(std::string_view name) const {
  Result<std::map<std::string, ServerInfo>> servers = get_all_servers();
  if (!servers) return servers.error();
  const auto found = servers->find(std::string(name));
  if (found != servers->end()) return found->second;
  return embed::make_error(ErrorKind::kServerNotFound, "server '" + std::string(name) + "' not found");
}

Result<RegistryInfo> Registry::get_registry_info() const {
  const Result<Value> json = read(node_.impl(), &mesh::Mesh::registry_json);
  if (!json) return json.error();
  return embed::read_registry(*json);
}

Result<NodeInfo> Registry::get_node_info() const {
  const Result<Value> json = read(node_.impl(), &mesh::Mesh::health_json);
  if (!json) return json.error();
  return embed::read_health(*json);
}

Result<void> Registry::discover_peers() {
  return embed::tell_mesh(node_.impl(), [](mesh::Mesh& mesh) { mesh.discover(); });
}

Result<void> Registry::start_periodic_discovery(std::chrono::milliseconds interval) {
  if (interval < kLeastInterval) {
    return embed::make_error(ErrorKind::kParse, "the interval of discovery must be at least 100 ms, got " +
                                                    std::to_string(interval.count()) + " ms");
  }
  return embed::tell_mesh(node_.impl(), [interval](mesh::Mesh& mesh) { mesh.set_discovery_interval(interval); });
}

bool Registry::is_local_server(std::string_view name) const {
  return node_.impl().setup.with([&](const Impl::Setup& setup) { return has_server(setup, name); });
}

}  // namespace relay::api
