#pragma once

#include <chrono>
#include <cstddef>
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

// A node that this one knows as a peer. Seed: `PeerNode`.
struct PeerInfo {
  std::string name;     // under which it stands: the name it was added with, else its id, else "host:port"
  std::string node_id;  // its own; `name` until it is known
  std::string address;  // "host:port"; may be empty
  std::optional<std::chrono::system_clock::time_point> last_seen;  // none: never
  bool is_healthy = false;     // linked now
  std::size_t server_count = 0;
  bool is_configured = false;  // added here, so dialled whenever its link is lost; else it has dialled in
  std::string state;           // for people: "linked", "connecting", "waiting 4.0 s after: connection refused", ...
  std::optional<std::chrono::microseconds> round_trip;  // measured, while it is linked
};

// What `GET /registry` shows. Seed: `ServerRegistryResponse`.
struct RegistryInfo {
  std::string node_id;
  std::string node_address;
  std::map<std::string, ServerInfo> servers;  // those of other nodes as "node.server"
  std::map<std::string, PeerInfo> peers;      // by name
  std::chrono::system_clock::time_point timestamp;
};

// What `GET /registry/health` shows. Seed: GetNodeInfo.
struct NodeInfo {
  std::string status;
  std::string node_id;
  std::string node_address;
  std::size_t server_count = 0;
  std::size_t peer_count = 0;
  std::chrono::system_clock::time_point timestamp;
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
  // Takes a server written in C++ out of service; calls that wait fail as kShuttingDown, those that it has begun
  // as kUnknownOutcome.
  // Errors: kServerNotFound.
  Result<void> unregister_server(std::string_view name);
  // Stops all servers of this node, of its program too, until the node is started again: what is open or waits fails as
  // kShuttingDown (kUnknownOutcome what a server in C++ has begun), as does every later call. The node goes on: its registry is then empty. Waits until all have stopped.
  // Errors: kShuttingDown, kDeadlock. Seed: StopAllServers.
  Result<void> stop_all_servers();
  // A server of this node, or of another one as "node.server". Seed: GetServer.
  [[nodiscard]] std::optional<ServerHandle> get_server(std::string_view name) const;
  // Whether this node itself has the server. Also from handlers. Seed: IsLocalServer.
  [[nodiscard]] bool is_local_server(std::string_view name) const;

  // Adds a peer, "host:port", under a name of one's own, and dials it in the background, again and again while it is not
  // linked. Gives the name under which it stands.
  // Errors: kParse, a bad name or address; kDenied, the node itself, or a registry that is disabled; kOverloaded, 1,024
  // are added already; kShuttingDown. Seed: AddPeer.
  Result<std::string> add_peer(std::string_view node_id, std::string_view address);
  // The same with its address, "http://host:port", for a name until its own id is known. Seed: AddPeerFromURL.
  Result<std::string> add_peer_from_url(std::string_view url);
  // Ends the link, stops dialling, and refuses that node until it is added again. Takes any name of it.
  // Errors: kUnknownNode; kDenied; kShuttingDown. Seed: RemovePeer.
  Result<void> remove_peer(std::string_view node_id);

  // What is known now; each waits for the mesh's core, some tens of microseconds.
  // Errors: kShuttingDown; kDenied, the registry is disabled; kDeadlock. Seeds: GetPeers, GetAllServers, GetServerInfo, GetRegistryInfo, GetNodeInfo.
  [[nodiscard]] Result<std::map<std::string, PeerInfo>> get_peers() const;
  [[nodiscard]] Result<std::map<std::string, ServerInfo>> get_all_servers() const;
  // Of a server of this node, or "node.server". kServerNotFound.
  [[nodiscard]] Result<ServerInfo> get_server_info(std::string_view name) const;
  [[nodiscard]] Result<RegistryInfo> get_registry_info() const;
  [[nodiscard]] Result<NodeInfo> get_node_info() const;

  // Asks all linked peers for what they know, now; the answers come in the background. Nodes tell of changes by themselves.
  // Also from handlers. Errors: kShuttingDown, kDenied. Seed: DiscoverPeers.
  Result<void> discover_peers();
  // From now on, until the node stops, tells everything once each `interval` instead of NodeConfig::discovery_interval.
  // Also from handlers. Errors: kParse, less than 100 ms; kShuttingDown, kDenied. Seed: StartPeriodicDiscovery.
  Result<void> start_periodic_discovery(std::chrono::milliseconds interval);

 private:
  Node& node_;
};

}  // namespace relay::RELAY_API
