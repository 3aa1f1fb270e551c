#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "relay/api.h"
#include "relay/registry.h"
#include "relay/result.h"
#include "relay/server.h"
#include "relay/value.h"

namespace relay::RELAY_API {

class Mesh;

// All that a node is told before it starts. The defaults are those of the command line; docs/limits.md has the bounds that
// are not settings here. Seed: `HTTPServerConfig`, for the fields down to `discovery_interval`.
struct NodeConfig {
  std::string host = "0.0.0.0";
  std::uint16_t port = 8080;  // 0: a free one, Node::port() tells which
  bool enable_cors = true;    // pages of any origin may call
  std::chrono::milliseconds read_timeout{15'000};   // for the head of a request
  std::chrono::milliseconds write_timeout{15'000};  // without a byte taken by the client
  std::map<std::string, std::string> headers;       // added to every answer
  std::string node_id;         // 1 to 64 of [A-Za-z0-9_.-]; empty: 16 random hex digits
  bool enable_registry = true;  // false: no registry, no links to other nodes
  std::chrono::milliseconds discovery_interval{30'000};  // at least 100 ms

  std::vector<std::string> cors_origins;        // only these, where CORS is enabled; empty: any
  std::vector<std::string> peers;               // "http://host:port" or "host:port", dialled from the start
  std::string advertise;                        // "host:port" under which others reach this node; empty: host and port
  std::chrono::milliseconds ping_interval{2'000};  // at least 100 ms; three without an answer end a link
  std::vector<std::string> peer_admins;         // networks ("10.0.0.0/8") whose HTTP clients may add and remove peers
  std::size_t workers = 0;                      // cores; 0: one a hardware thread
  std::chrono::milliseconds call_timeout{30'000};  // for calls that name none
  std::chrono::milliseconds drain{10'000};      // how long stop() waits for calls in work
  std::string app_name;                         // stands in /info
  bool dev = false;                             // clients see file, line and stack of errors in a program
  std::vector<std::string> arguments;           // args() of the program
  std::vector<std::string> allowed_environment;  // names that env() of the program may read
  int output = 1;                               // descriptors of print() and read_line(); they stay their owner's
  int input = 0;
};

// Told how a call ended. Called once: on a core; on the caller's own thread before the function returns, when the call cannot
// even be made; or on the thread that stops the node. It must not block, and so not wait for this node either.
using CallDone = std::function<void(Result<Value>)>;

// One Relay node inside this process: its HTTP listener, its registry, its links to other nodes, its servers, and the program
// it may run.
//
//   relay::Node node({.port = 8080, .node_id = "embed"});
//   node.get_exposable_registry().register_server("greeter", greeter).value();
//   node.start().value();
//   ...
//   node.stop().value();
//
// Order:  made; load_...() if there is a program; start(); stop(); it may be started again.
// Errors: what needs a node that runs answers kShuttingDown, "the node does not run", without one. Nothing here throws.
// Thread: as said at each member. Functions that wait give kDeadlock on a core, that is in handlers and callbacks: those use
//         the forms with a callback.
// Seed:   `HTTPServer`.
class Node {
 public:
  struct Impl;

  explicit Node(NodeConfig config = {});
  // As stop(0 ms). Thread: no core.
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // The program that start() runs: its servers live beside those written in C++. At most one; before start().
  // Errors: kIo, the file cannot be read; kParse, what is wrong with it, with a code frame; kDenied, it has a server whose name
  // is taken.
  // Thread: one.
  Result<void> load_file(const std::string& path);
  Result<void> load_source(std::string name, std::string text);

  // Binds, listens, begins to run the program and to dial the peers. Ignores SIGPIPE for the process unless it has a handler.
  // Errors: kIo, one sentence ("port 8080 is in use"); kParse, naming the field of NodeConfig that is wrong; kDenied, it
  // runs already. After an error it may be started again. Thread: no core. Seed: Start.
  Result<void> start();
  // Waits until the program's top-level code has ended. Errors: kRuntime or kApplication, with the frame that the command line
  // would show, when it failed; kTimeout. Without a program it is done at once. Thread: no core.
  Result<void> wait_for_program(std::chrono::milliseconds timeout);
  // Ends in good order: takes no more connections, lets calls in work end for up to NodeConfig::drain (or `drain`), fails the
  // rest as kShuttingDown (kUnknownOutcome what may have run), closes the links. Handlers and callbacks have all returned when
  // it returns. A node that does not run: nothing happens. Errors: kDeadlock. Thread: no core. Seed: Stop.
  Result<void> stop();
  Result<void> stop(std::chrono::milliseconds drain);
  // Thread: any.
  [[nodiscard]] bool is_running() const;
  // The port bound; 0 while it does not run. Thread: any.
  [[nodiscard]] std::uint16_t port() const;
  // The configured one, or the one drawn when the node was made. Thread: any. Seed: GetNodeID.
  [[nodiscard]] const std::string& get_node_id() const;

  // Seeds: GetExposableRegistry, GetWebSocketP2P (relay/mesh.h).
  [[nodiscard]] Registry& get_exposable_registry();
  [[nodiscard]] Mesh& get_websocket_p2p();

  // Calls a method of a server: of this node, else of whichever node has it; "node.server" means that node. `args`: an array,
  // by position; an object, by name; nil: none. `timeout`: at most an hour; 0: NodeConfig::call_timeout. The first form
  // waits; the second does not, and may be used on any thread.
  // Errors: exactly one kind for each way in which a call can fail (relay/error.h).
  // Order:  calls of one thread to one server arrive in the order made.
  [[nodiscard]] Result<Value> call(std::string_view server, std::string_view method, Value args = {},
                                   std::chrono::milliseconds timeout = {});
  void call(std::string_view server, std::string_view method, Value args, std::chrono::milliseconds timeout, CallDone done);
  // Calls on from a handler, as a part of the call that it handles: within its deadline, and so that a cycle of calls on this
  // node that wait for each other fails as kDeadlock instead of at its deadline.
  void call(const Request& within, std::string_view server, std::string_view method, Value args, CallDone done);
  // The same as call() for a server of the node `node_id`. Seed: CallRemoteServer.
  [[nodiscard]] Result<Value> call_remote_server(std::string_view node_id, std::string_view server, std::string_view method,
                                                 Value args = {}, std::chrono::milliseconds timeout = {});
  void call_remote_server(std::string_view node_id, std::string_view server, std::string_view method, Value args,
                          std::chrono::milliseconds timeout, CallDone done);
  // Sends a message that nobody waits for; what fails later is logged. Errors: kInvalidParams, `args` are neither an array, an
  // object nor nil. Thread: any.
  Result<void> notify(std::string_view server, std::string_view method, Value args = {});

  // Short for the functions of the registry and the mesh of these names. Seeds: AddPeer, RemovePeer, ConnectToPeer,
  // SendP2PMessage.
  Result<std::string> add_peer(std::string_view node_id, std::string_view address);
  Result<void> remove_peer(std::string_view node_id);
  Result<void> connect_to_peer(std::string_view node_id, std::string_view address,
                               std::chrono::milliseconds timeout = std::chrono::seconds(10));
  Result<void> send_p2p_message(std::string_view to, std::string_view type, const Value& data);

  // For the library's own parts.
  [[nodiscard]] Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::RELAY_API
