#include "node/mesh_routes.h"

#include <memory>
#include <string>
#include <utility>

#include "mesh/websocket_handshake.h"
#include "net/tcp_stream.h"
#include "node/route_query.h"
#include "value/json_cursor.h"
#include "value/json_writer.h"

namespace relay::node {
namespace {

constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kUpgradeRequired = 426;
constexpr int kUnavailable = 503;

http::Response json_response(std::string body) {
  http::Response response;
  response.body = std::move(body);
  return response;
}

http::Response success(const std::string& message) {
  std::string body = R"({"status":"success","message":)";
  append_json_string(body, message);
  body += '}';
  return json_response(std::move(body));
}

struct PeerFields {
  std::string node_id;
  std::string address;
  bool has_node_id = false;
  bool has_address = false;
};

// The body of peers/add and peers/remove: an object with text members. Errors: kParse, naming the member.
Result<PeerFields> read_fields(std::string_view body) {
  PeerFields fields;
  JsonCursor cursor(body, {});
  if (cursor.peek() != JsonKind::kObject && cursor.peek() != JsonKind::kNone) {
    return Error{Errc::kParse, "the body must be a JSON object"};
  }
  std::string_view key;
  if (cursor.enter_object()) {
    while (cursor.next_member(key)) {
      std::string_view text;
      const bool is_id = key == "node_id";
      if (!is_id && key != "address") {
        if (!cursor.skip(text)) break;
        continue;
      }
      const bool is_text = cursor.peek() == JsonKind::kString;
      if (!is_text)
        return Error{Errc::kParse, std::string("'") + (is_id ? "node_id" : "address") + "' must be a string"};
      if (!cursor.read_text(text)) break;
      if (text.empty()) return Error{Errc::kParse, std::string("'") + (is_id ? "node_id" : "address") + "' is empty"};
      (is_id ? fields.node_id : fields.address) = text;
      (is_id ? fields.has_node_id : fields.has_address) = true;
    }
  }
  if (cursor.has_failed() || !cursor.finish())
    return Error{Errc::kParse, "the body is not JSON: " + cursor.error().detail};
  return fields;
}

http::Response add_peer(mesh::Mesh& mesh, const PeerFields& fields) {
  Result<std::string> name = mesh.add_peer(fields.node_id, fields.address);
  if (name) return success("peer '" + *name + "' added; it is dialled in the background");
  return http::error_response(name.error().code == Errc::kOverloaded ? kUnavailable : kBadRequest,
                              name.error().detail);
}

http::Response remove_peer(mesh::Mesh& mesh, const PeerFields& fields) {
  Result<void> removed = mesh.remove_peer(fields.node_id);
  if (removed) return success("peer '" + fields.node_id + "' removed");
  return http::error_response(kNotFound, removed.error().detail);
}

using Change = http::Response (*)(mesh::Mesh&, const PeerFields&);

// A route that changes the peers: checks who asks and what, then changes on the mesh's core.
http::Handler change_handler(mesh::Mesh& mesh, net::IoCore& core, const PeerAdmin& admin, bool needs_address,
                             Change change) {
  return [&mesh, &core, &admin, needs_address, change](http::Request& request, http::Responder responder) {
    if (auto refusal = admin.refusal(request.peer(), request.header("origin").has_value())) {
      return responder.reply(http::error_response(kForbidden, *refusal));
    }
    Result<PeerFields> fields = read_fields(request.body());
    if (!fields) return responder.reply(http::error_response(kBadRequest, fields.error().detail));
    if (!fields->has_node_id)
      return responder.reply(http::error_response(kBadRequest, "'node_id' is missing"));
    if (needs_address && !fields->has_address) {
      return responder.reply(http::error_response(kBadRequest, "'address' is missing"));
    }
    core.post([&mesh, change, fields = std::move(*fields), responder = std::move(responder)]() mutable {
      responder.reply(change(mesh, fields));
    });
  };
}

http::Handler show_handler(mesh::Mesh& mesh, net::IoCore& core, std::string (mesh::Mesh::*show)()) {
  return [&mesh, &core, show](http::Request&, http::Responder responder) {
    core.post([&mesh, show, responder = std::move(responder)]() mutable {
      responder.reply(json_response((mesh.*show)()));
    });
  };
}

// 404 says which of the two kinds it is, since a path that is not there is 404 too.
http::Response no_way(const Error& error) {
  http::Response response;
  response.status = kNotFound;
  response.body = R"({"error":)";
  append_json_string(response.body, error.detail);
  response.body += R"(,"kind":)";
  append_json_string(response.body, name(error.code));
  response.body += '}';
  return response;
}

http::Handler route_handler(mesh::Mesh& mesh, net::IoCore& core) {
  return [&mesh, &core](http::Request& request, http::Responder responder) {
    Result<std::string> node = read_route_query(request.query());
    if (!node) return responder.reply(http::error_response(kBadRequest, node.error().detail));
    core.post([&mesh, node = std::move(*node), responder = std::move(responder)]() mutable {
      Result<std::string> route = mesh.route_json(node);
      responder.reply(route ? json_response(std::move(*route)) : no_way(route.error()));
    });
  };
}

std::string_view value_of(const http::Request& request, std::string_view field) {
  return request.header(field).value_or(std::string_view());
}

http::Handler upgrade_handler(mesh::Mesh& mesh, net::IoCore& core) {
  return [&mesh, &core](http::Request& request, http::Responder responder) {
    const mesh::UpgradeRequest asked{.upgrade = value_of(request, "upgrade"),
                                     .connection = value_of(request, "connection"),
                                     .key = value_of(request, "sec-websocket-key"),
                                     .version = value_of(request, "sec-websocket-version"),
                                     .subprotocols = value_of(request, "sec-websocket-protocol"),
                                     .has_origin = request.header("origin").has_value(),
                                     .query = request.query()};
    mesh::Upgrade upgrade;
    if (auto refusal = mesh::check_upgrade(asked, upgrade.offer)) {
      http::Response response = http::error_response(refusal->status, refusal->reason);
      if (refusal->status == kUpgradeRequired) response.headers = "Sec-WebSocket-Version: 13\r\n";
      return responder.reply(std::move(response));
    }
    upgrade.key = asked.key;
    std::optional<http::TakenStream> taken = responder.take_over();
    if (!taken)
      return responder.reply(
          http::error_response(kConflict, "earlier requests on this connection are unanswered"));
    upgrade.unread = std::move(taken->unread);
    net::Socket socket(taken->stream->release_socket());
    core.post([&mesh, &core, upgrade = std::move(upgrade), socket = std::move(socket)]() mutable {
      upgrade.stream = std::make_unique<net::TcpStream>(core, std::move(socket));
      mesh.accept(std::move(upgrade));
    });
  };
}

}  // namespace

void add_mesh_routes(http::Routes& routes, mesh::Mesh& mesh, net::IoCore& core, const PeerAdmin& admin) {
  const auto show = [&](const char* path, std::string (mesh::Mesh::*json)()) {
    routes.add({.method = "GET", .path = path, .handler = show_handler(mesh, core, json)});
  };
  show("/registry", &mesh::Mesh::registry_json);
  show("/registry/servers", &mesh::Mesh::servers_json);
  show("/registry/peers", &mesh::Mesh::peers_json);
  show("/registry/health", &mesh::Mesh::health_json);
  routes.add({.method = "GET", .path = "/registry/route", .handler = route_handler(mesh, core)});
  routes.add({.method = "POST",
              .path = "/registry/peers/add",
              .handler = change_handler(mesh, core, admin, true, add_peer)});
  routes.add({.method = "DELETE",
              .path = "/registry/peers/remove",
              .handler = change_handler(mesh, core, admin, false, remove_peer)});
  routes.add({.method = "GET", .path = "/ws/p2p", .handler = upgrade_handler(mesh, core)});
}

void add_disabled_mesh_routes(http::Routes& routes) {
  const auto refuse = [](http::Request&, http::Responder responder) {
    responder.reply(
        http::error_response(kNotFound, "the registry of this node is disabled (-disable-registry)"));
  };
  for (const char* path :
       {"/registry", "/registry/servers", "/registry/peers", "/registry/health", "/registry/route", "/ws/p2p"}) {
    routes.add({.method = "GET", .path = path, .handler = refuse});
  }
  routes.add({.method = "POST", .path = "/registry/peers/add", .handler = refuse});
  routes.add({.method = "DELETE", .path = "/registry/peers/remove", .handler = refuse});
}

}  // namespace relay::node
