#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "relay/api.h"
#include "relay/result.h"
#include "relay/server.h"

namespace relay::RELAY_API {

class Node;

// A server as the registry tells of it: never a value of its state. Seed: `ServerInfo`.
struct ServerInfo {
  std::string name;
  std::string node_id;
  std::string node_address;                                // "host:port"; may be empty
  std::vector<std::string> methods;                        // in the order of their declaration
  std::vector<std::pair<std::string, std::string>> state;  // field and declared type, likewise
  std::chrono::system_clock::time_point last_seen;         // when its node was last heard of
  bool is_local = false;
};

// A server that can be called: its name, for as long as the node lives. Seed: what GetServer gives.
class ServerHandle {
 public:
  ServerHandle(Node& node, std::string name) : node_(&node), name_(std::move(name)) {}
  [[nodiscard]] const std::string& name() const { return name_; }
  // As Node::call().
  [[nodiscard]] Result<Value> call(std::string_view method, Value args = {}) const;

 private:
  Node* node_;
  std::string name_;
};

// The servers of a node and the nodes that it knows. Got from Node::get_exposable_registry(), and lives as long.
//
// Thread: any; those that ask the mesh wait for its core, so none of them from a handler or callback (kDeadlock).
// Seed:   `ExposableServerRegistry`.
class Registry {
 public:
  explicit Registry(Node& node) : node_(node) {}
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  // Puts a server into service under `name`, an identifier of the language; before start() or while the node runs, when
  // other nodes hear of it at once. Also from handlers.
  // Errors: kParse, a name, signature or type that the language would refuse; kDenied, the node has a server of that name.
  // Seed: RegisterServer.
  Result<void> register_server(std::string name, Server server);
  // Takes a server written in C++ out of service; calls that it has not answered fail as kShuttingDown.
  // Errors: kServerNotFound.
  Result<void> unregister_server(std::string_view name);
  // A server of this node, or of another one as "node.server". Seed: GetServer.
  [[nodiscard]] std::optional<ServerHandle> get_server(std::string_view name) const;
  // Whether this node itself has the server. Also from handlers. Seed: IsLocalServer.
  [[nodiscard]] bool is_local_server(std::string_view name) const;

 private:
  Node& node_;
};

}  // namespace relay::RELAY_API
