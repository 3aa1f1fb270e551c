#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relay::mesh {

// The data of a `ping` and of the `pong` that answers it. A ping may ask whether a connection is its
// receiver's own, which it names by the key of its handshake (LinkPeer::key).
//
// Wire: {"timestamp": unix s, "link": key} and {"timestamp": as asked, "pong_time": unix s, "link": key,
//        "is_mine": bool}; without `link` it asks for a sign of life, no more.
struct PingMessage {
  std::string_view timestamp;  // JSON, as it came; empty: none
  std::string link;            // empty: asks for none
  bool is_mine = false;        // a pong's answer about `link`
};

// Lenient: members of a wrong type count as missing. Views point into `data`.
[[nodiscard]] PingMessage parse_ping(std::string_view data);
void append_ping(std::string& out, std::int64_t now, std::string_view link);
// `ping` is what is answered, with `is_mine` filled in.
void append_pong(std::string& out, const PingMessage& ping, std::int64_t now);

}  // namespace relay::mesh
