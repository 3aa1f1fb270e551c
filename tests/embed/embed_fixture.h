#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "node/http_client.h"
#include "relay/node.h"

namespace relay {

inline NodeConfig loopback(std::string node_id = "embedded") {
  NodeConfig config;
  config.host = "127.0.0.1";
  config.port = 0;
  config.node_id = std::move(node_id);
  config.workers = 2;
  return config;
}

// "kind: message", or the JSON of the value.
inline std::string shown(const Result<Value>& result) {
  if (result) return result->to_json();
  return std::string(name(result.error().kind)) + ": " + result.error().message;
}

inline std::string shown(const Result<void>& result) {
  return result ? "fine" : std::string(name(result.error().kind)) + ": " + result.error().message;
}

// The node's answer to one JSON-RPC request.
inline std::string rpc(const Node& node, std::string_view method, std::string_view params = "[]") {
  node::HttpClient client(node.port());
  return client
      .post("/rpc", R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) + R"(","params":)" + std::string(params) + "}")
      .body;
}

inline std::string get(const Node& node, std::string_view path) { return node::HttpClient(node.port()).get(path).body; }

inline std::string result(std::string_view json) { return R"({"jsonrpc":"2.0","result":)" + std::string(json) + R"(,"id":1})"; }

// Servers that the tests need again and again.
inline Server adder() {
  Server server;
  server.method("add(a: number, b: optional(number)) -> number", [](const Request& request) {
    return request["a"].as_number() + (request["b"].is_nil() ? 0 : request["b"].as_number());
  });
  return server;
}

}  // namespace relay
