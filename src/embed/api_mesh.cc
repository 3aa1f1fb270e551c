#include "relay/mesh.h"

#include <exception>
#include <utility>

#include "base/log.h"
#include "embed/ask_mesh.h"

namespace relay::api {
namespace {

// A handler of the API as the mesh calls it.
mesh::Mesh::Handler handler_for(const std::string& type, MessageHandler handler) {
  return [type, run = std::move(handler)](std::string_view from, std::string_view data) {
    Result<Value> value = Value::from_json(data.empty() ? "{}" : data);
    try {
      run({type, std::string(from), std::move(value).value_or(nullptr)});
    } catch (const std::exception& error) {
      log(LogLevel::kError, "the handler of a message threw", {{"type", type}, {"from", from}, {"error", error.what()}});
    }
  };
}

void set_handler(mesh::Mesh& mesh, const std::string& type, const MessageHandler& handler) {
  // Checked before it was kept.
  [[maybe_unused]] const relay::Result<void> ignored = mesh.register_handler(type, handler_for(type, handler));
}

}  // namespace

void Node::Impl::prepare(mesh::Mesh& links) {
  links.watch_peers([this](std::string_view name, const relay::Error* failure) { on_dialled(name, failure); });
  const auto handlers = setup.with([](const Setup& all) { return all.handlers; });
  for (const auto& [type, handler] : handlers) set_handler(links, type, handler);
}

void Node::Impl::on_dialled(std::string_view name, const relay::Error* failure) {
  const auto [first, last] = dials.equal_range(std::string(name));
  for (auto dial = first; dial != last; ++dial) {
    dial->second->set_value(failure == nullptr ? Result<void>() : embed::to_api(*failure));
  }
  dials.erase(first, last);
}

Result<void> Mesh::start() {
  return embed::wait_for_mesh<void>(node_.impl(), [](mesh::Mesh& mesh, auto promise) {
    mesh.start();
    promise->set_value({});
  });
}

Result<void> Mesh::stop() {
  if (std::optional<Error> why = node_.impl().why_not_wait()) return std::move(*why);
  return embed::wait_for_mesh<void>(node_.impl(), [](mesh::Mesh& mesh, auto promise) {
    mesh.stop([promise] { promise->set_value({}); });
  });
}

Result<void> Mesh::register_handler(std::string type, MessageHandler handler) {
  if (auto checked = mesh::check_handled_type(type); !checked) return embed::to_api(checked.error());
  Node::Impl& self = node_.impl();
  self.setup.with([&](Node::Impl::Setup& setup) { setup.handlers.insert_or_assign(type, handler); });
  // A node that does not run yet takes it when it starts; without a registry no message ever comes.
  [[maybe_unused]] const Result<void> ignored =
      embed::tell_mesh(self, [type, handler](mesh::Mesh& mesh) { set_handler(mesh, type, handler); });
  return {};
}

Result<void> Mesh::send_message(std::string_view to, std::string_view type, const Value& data) {
  return embed::wait_for_mesh<void>(
      node_.impl(), [to = std::string(to), type = std::string(type), json = data.to_json()](mesh::Mesh& mesh, auto promise) {
        promise->set_value(embed::to_api(mesh.send_message(to, type, json)));
      });
}

Result<std::size_t> Mesh::broadcast_message(std::string_view type, const Value& data) {
  return embed::wait_for_mesh<std::size_t>(
      node_.impl(), [type = std::string(type), json = data.to_json()](mesh::Mesh& mesh, auto promise) {
        relay::Result<std::size_t> sent = mesh.broadcast_message(type, json);
        promise->set_value(sent ? Result<std::size_t>(*sent) : embed::to_api(sent.error()));
      });
}

Result<Value> Mesh::call_remote_server(std::string_view node_id, std::string_view server, std::string_view method, Value args,
                                       std::chrono::milliseconds timeout) {
  return node_.call_remote_server(node_id, server, method, std::move(args), timeout);
}

Result<void> Mesh::connect_to_peer(std::string_view node_id, std::string_view address, std::chrono::milliseconds timeout) {
  Node::Impl& self = node_.impl();
  if (std::optional<Error> why = self.why_not_wait()) return std::move(*why);
  const auto linked = std::make_shared<std::promise<Result<void>>>();
  std::future<Result<void>> end = linked->get_future();
  const Result<void> told = embed::tell_mesh(
      self, [&self, linked, alias = std::string(node_id), place = std::string(address)](mesh::Mesh& mesh) {
        relay::Result<std::string> name = mesh.add_peer(alias, place);
        if (!name) return linked->set_value(embed::to_api(name.error()));
        if (mesh.is_linked(*name)) return linked->set_value({});
        self.dials.emplace(*name, linked);
      });
  if (!told) return told;
  if (end.wait_for(timeout) == std::future_status::ready) return end.get();
  return embed::make_error(ErrorKind::kTimeout, "peer '" + std::string(address) + "' was not linked within " +
                                                    std::to_string(timeout.count()) + " ms");
}

}  // namespace relay::api
