#pragma once

#include <string_view>

namespace relay::rpc {

// Where a method's name points to: `server.method`, or `node.server.method`. Views into the name.
struct Target {
  std::string_view node;  // empty: wherever the server lives
  std::string_view server;
  std::string_view method;
};

// The last dot separates the method, the one before it the server; the rest is the node, which may have dots
// of its own. False for a name of any other form; node, server and method are never empty parts of it.
[[nodiscard]] bool split_target(std::string_view name, Target& target);

inline constexpr std::string_view kReservedPrefix = "rpc.";  // JSON-RPC 2.0, section 4.3
inline constexpr std::string_view kRemoteCall = "remote_call";

}  // namespace relay::rpc
