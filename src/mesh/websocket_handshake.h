#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random_source.h"
#include "base/result.h"

namespace relay::mesh {

inline constexpr std::string_view kSubprotocol = "relay.1";

// The value of Sec-WebSocket-Accept for a key (RFC 6455 section 4.2.2).
[[nodiscard]] std::string accept_key(std::string_view key);

// What a request to `GET /ws/p2p` asks for; views into the request.
struct UpgradeRequest {
  std::string_view upgrade;  // header values; empty: absent
  std::string_view connection;
  std::string_view key;
  std::string_view version;
  std::string_view subprotocols;
  bool has_origin = false;
  std::string_view query;  // node_id=..&port=..&inc=..
};
struct UpgradeOffer {
  std::string node_id;
  std::uint16_t port = 0;  // 0: not announced
  std::uint64_t inc = 0;
  bool is_relay = false;  // offered relay.1
};
// Why it is refused before the upgrade.
struct UpgradeRefusal {
  int status = 400;
  std::string reason;
};
// Checks the request by RFC 6455 section 4.2.1 and spec mesh.md (Links): 400 for what is missing or wrong,
// naming it; 403 for any Origin; 426 for another version.
[[nodiscard]] std::optional<UpgradeRefusal> check_upgrade(const UpgradeRequest& request, UpgradeOffer& offer);
// The head of the 101 answer, with X-Relay-Node-Id.
[[nodiscard]] std::string upgrade_answer(std::string_view key, bool is_relay, std::string_view own_id,
                                         std::uint64_t own_inc);

// The dialler's side: the request, and its reading of the answer.
struct DialRequest {
  std::string address;  // "host:port"
  std::string own_id;
  std::uint16_t own_port = 0;
  std::uint64_t own_inc = 0;
  std::string key;  // 16 random bytes in base64
};
// A fresh DialRequest::key.
[[nodiscard]] std::string dial_key(RandomSource& random);
[[nodiscard]] std::string dial_request(const DialRequest& request);
struct DialAnswer {
  std::string node_id;    // X-Relay-Node-Id; empty: a WebSocket server that is no Relay node
  std::uint64_t inc = 0;  // X-Relay-Incarnation
  bool is_relay = false;  // it accepted relay.1 and named itself
};
// `head` is the answer up to and with its empty line. Errors: kDenied with the answer's own reason (403, 409,
// 400), kUnreachable for another refusal, kParse for what is no such answer; a sentence for people.
[[nodiscard]] Result<DialAnswer> read_dial_answer(std::string_view head, std::string_view body,
                                                  std::string_view key);

}  // namespace relay::mesh
