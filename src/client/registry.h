#pragma once

#include <string>
#include <vector>

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

}  // namespace relay::client
