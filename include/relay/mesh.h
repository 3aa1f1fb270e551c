#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "relay/api.h"
#include "relay/node.h"
#include "relay/result.h"
#include "relay/value.h"

namespace relay::RELAY_API {

// A message between nodes that is no call, as its handler sees it. Seed: `P2PMessage`.
struct Message {
  std::string type;
  std::string from;  // the node that sent it first, however many it has passed
  Value data;        // an object
};

// Thread: the mesh's core, one message at a time; it must not block. What it throws is logged.
using MessageHandler = std::function<void(const Message&)>;

// The links of a node to others and what travels over them. Got from Node::get_websocket_p2p(), and lives as long.
//
// Errors: kShuttingDown, a node that does not run; kDenied, one without a registry; kDeadlock, waiting on a core.
// Thread: any; start(), stop(), connect_to_peer() and the waiting call_remote_server() not from handlers and callbacks.
// Seed:   `WebSocketP2P`.
class Mesh {
 public:
  explicit Mesh(Node& node) : node_(node) {}
  Mesh(const Mesh&) = delete;
  Mesh& operator=(const Mesh&) = delete;

  // The mesh starts and stops with its node. In between it can be stopped alone, while HTTP and the node's own servers go on:
  // links are closed, calls over them fail, nothing is dialled or let in; and started again, when it dials its peers anew.
  // Both wait until it is done; one that is done already does nothing. Seeds: Start, Stop.
  Result<void> start();
  Result<void> stop();

  // Takes the messages of a type, in the place of an earlier handler of it; before the node starts or later. `pong` and
  // `error` come here too: what other nodes answer to a `ping` without `link` (with it, it is the mesh's own), and to a type that they do not know.
  // Errors: kInvalidParams, a type that the mesh itself acts on. Seed: RegisterHandler.
  Result<void> register_handler(std::string type, MessageHandler handler);
  // Sends a message to a node, over others if need be, also to this one. It is on its way then, no more. `data` is an object.
  // Errors: kUnknownNode, kNoRoute, kOverloaded, kTooLarge (more than 8 MiB); kInvalidParams: no object, or a type that only
  // the mesh itself sends. Waits for the mesh's core; kDeadlock on another core. Seed: SendMessage.
  Result<void> send_message(std::string_view to, std::string_view type, const Value& data);
  // The same to every linked node: to how many. Seed: BroadcastMessage.
  Result<std::size_t> broadcast_message(std::string_view type, const Value& data);

  // As Node::call_remote_server(). Seed: CallRemoteServer.
  [[nodiscard]] Result<Value> call_remote_server(std::string_view node_id, std::string_view server, std::string_view method,
                                                 Value args = {}, std::chrono::milliseconds timeout = {});
  // Adds a peer as Registry::add_peer() does, and waits for its link. Errors: those of add_peer(); kUnreachable, why the first
  // attempt failed; kTimeout. After these two it is dialled on in the background. Seed: ConnectToPeer.
  Result<void> connect_to_peer(std::string_view node_id, std::string_view address,
                               std::chrono::milliseconds timeout = std::chrono::seconds(10));

 private:
  Node& node_;
};

}  // namespace relay::RELAY_API
