#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"
#include "base/random_source.h"
#include "call/call_port.h"
#include "call/probe.h"
#include "mesh/admission.h"
#include "mesh/announcement.h"
#include "mesh/dialler.h"
#include "mesh/mesh_config.h"
#include "mesh/peer_table.h"
#include "net/loop.h"

namespace relay::mesh {

// Whether messages of this type can be given to a handler. Errors: kInvalidParams, the mesh itself acts on them.
[[nodiscard]] Result<void> check_handled_type(std::string_view type);

// What other cores may know of the mesh without asking it: immutable, replaced as a whole.
struct MeshView {
  using Names = std::set<std::string, std::less<>>;
  std::shared_ptr<const Names> servers = std::make_shared<const Names>();  // that some other node has; never null
  Names nodes;  // ids, aliases and addresses that name another node
};

// Everything that one node does about others: links, the map, calls to and from other nodes, and those that
// it passes on (spec mesh.md).
//
// All state lives on one core. Other cores post to it, and read the view.
// Owner:  the node; destroyed after stop() is done, or when its core has ended. What it is given outlives it.
// Thread: as said at each member.
class Mesh {
 public:
  Mesh(MeshConfig config, net::Loop& loop, Connector& connector, CallPort& local, RandomSource& random);
  ~Mesh();
  Mesh(const Mesh&) = delete;
  Mesh& operator=(const Mesh&) = delete;

  // Calls a server of another node: `call.node`, or, when that is empty, any node that has the server. `args`
  // is JSON, an array or object; empty: none. `call.args` is not looked at. Thread: any; in the order of the
  // calls of a thread.
  void call(Call call, std::string args);
  // Thread: any.
  [[nodiscard]] std::shared_ptr<const MeshView> view() const;

  // How probes for cycles of calls leave (docs/adr/0007), and who gets those that come (on the mesh's core):
  // `from` is the node that sent it. Before start().
  [[nodiscard]] ProbePort& probe_port();
  void on_probe(std::function<void(Probe probe, std::string from)> taker);

  // From here on: the mesh's core.
  // Begins, also after stop(): then the peers of before are dialled again. Nothing happens when it has begun.
  void start();
  // What this node's servers are; told to the others.
  void set_servers(std::vector<ServerEntry> servers);
  // The address under which others reach this node, and the port that it listens on.
  void set_address(std::string address, std::uint16_t port);
  // A request for `/ws/p2p` that has passed check_upgrade() and left HTTP.
  void accept(Upgrade upgrade);
  // Takes no more calls, dials and lets in no more until start(), and closes every link with 1001; with its link each
  // call that waits is over. `done` runs on the core when all have ended, within a second or so.
  void stop(std::function<void()> done);

  // Adds a peer and dials it in the background. Errors: as PeerTable::add.
  [[nodiscard]] Result<std::string> add_peer(std::string_view alias, std::string_view address);
  // Ends the link with 4002 and refuses the id until it is added again. Errors: kUnknownNode.
  [[nodiscard]] Result<void> remove_peer(std::string_view name);
  [[nodiscard]] bool is_linked(std::string_view name) const;
  // Told how dialling goes, by the name that add_peer() has answered: it is linked (`failure` null), or was not reached
  // and is tried again.
  using PeerWatcher = std::function<void(std::string_view name, const Error* failure)>;
  void watch_peers(PeerWatcher watcher);
  // Asks all neighbours for what they know, now.
  void discover();
  // From now on everything is told once each `interval`.
  void set_discovery_interval(Duration interval);

  // Takes messages for this node of a type that the mesh itself does not act on: all that it does not know, `pong` and
  // `error`. `from` is the origin, `data` a JSON object. Another of the same type takes its place.
  // Errors: those of check_handled_type().
  using Handler = std::function<void(std::string_view from, std::string_view data)>;
  [[nodiscard]] Result<void> register_handler(std::string type, Handler handler);
  // Sends a message of any type to a node, over other nodes if need be, or to this one. Errors: kUnknownNode, kNoRoute,
  // kOverloaded, kInvalidParams (a type that is the mesh's own, data that is no JSON object), kTooLarge.
  [[nodiscard]] Result<void> send_message(std::string_view to, std::string_view type, std::string_view data);
  // The same to every linked peer; how many it was sent to. Errors: kInvalidParams, kTooLarge.
  [[nodiscard]] Result<std::size_t> broadcast_message(std::string_view type, std::string_view data);

  // The registry's JSON (spec mesh.md, Registry endpoints; the seed's shapes).
  [[nodiscard]] std::string registry_json();
  [[nodiscard]] std::string servers_json();
  [[nodiscard]] std::string peers_json();
  [[nodiscard]] std::string health_json();
  // The way that a call for this node would take now (mesh/route_json.h). Errors: kUnknownNode, kNoRoute.
  [[nodiscard]] Result<std::string> route_json(std::string_view name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
