#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "client/http_client.h"

namespace relay::client {

// What a node says of the servers and peers that it knows.

struct ServerRow {
  std::string name;  // as it is called: "counter", "b.counter"
  std::string node_id;
  std::string address;
  std::vector<std::string> methods;
};

struct ServerList {
  std::vector<ServerRow> servers;
  bool has_methods = false;  // a node without a registry tells the names alone
  std::string text;          // the JSON of the node
};

// From /registry/servers, or /info where the registry is disabled. Errors: those of HttpClient; kIo for an
// answer that no node gives.
[[nodiscard]] Result<ServerList> list_servers(const HttpClient& client);

struct PeerRow {
  std::string name;  // under which this node knows it
  std::string node_id;
  std::string address;
  std::string state;
  std::optional<Duration> round_trip;  // of its link, where there is one
  std::size_t servers = 0;
  std::string last_seen;  // empty: never
};

struct PeerList {
  std::vector<PeerRow> peers;
  bool has_registry = false;
  std::string text;  // the JSON of the node; an empty object where the registry is disabled
};

// From /registry/peers. Errors: as above.
[[nodiscard]] Result<PeerList> list_peers(const HttpClient& client);

}  // namespace relay::client
