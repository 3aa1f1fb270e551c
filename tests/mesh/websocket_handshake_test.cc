#include "mesh/websocket_handshake.h"

#include <gtest/gtest.h>

#include <string>

namespace relay::mesh {
namespace {

constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";  // RFC 6455 section 1.3

UpgradeRequest good_request() {
  UpgradeRequest request;
  request.upgrade = "websocket";
  request.connection = "keep-alive, Upgrade";
  request.key = kKey;
  request.version = "13";
  request.subprotocols = "chat, relay.1";
  request.query = "node_id=node-2&port=8081&inc=1700000000000";
  return request;
}

// "400 reason", or "" when the request is taken.
std::string verdict(const UpgradeRequest& request) {
  UpgradeOffer offer;
  const auto refusal = check_upgrade(request, offer);
  return refusal ? std::to_string(refusal->status) + " " + refusal->reason : "";
}

std::string verdict_of_query(std::string_view query) {
  UpgradeRequest request = good_request();
  request.query = query;
  return verdict(request);
}

std::string answer_head(std::string_view more = "") {
  std::string head = upgrade_answer(kKey, true, "node1", 17);
  return head.insert(head.size() - 2, more);
}

// What the dialler makes of an answer: "node1 17 relay", or "denied: ..." and the like.
std::string reading(std::string_view head, std::string_view body = "") {
  const auto answer = read_dial_answer(head, body, kKey);
  if (!answer) return std::string(name(answer.error().code)) + ": " + answer.error().detail;
  return answer->node_id + " " + std::to_string(answer->inc) + (answer->is_relay ? " relay" : " foreign");
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

struct KeyFromZero final : RandomSource {
  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = next++;
  }
  std::uint64_t next = 0;
};

TEST(WebSocketHandshake, DerivesTheAcceptKeyOfTheStandardsExample) {
  EXPECT_EQ(accept_key(kKey), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(WebSocketHandshake, TakesAPeersRequest) {
  UpgradeOffer offer;
  ASSERT_FALSE(check_upgrade(good_request(), offer).has_value());
  EXPECT_EQ(offer.node_id, "node-2");
  EXPECT_EQ(offer.port, 8081);
  EXPECT_EQ(offer.inc, 1700000000000u);
  EXPECT_TRUE(offer.is_relay);
}

TEST(WebSocketHandshake, TakesAForeignClientThatOnlyNamesItself) {
  UpgradeRequest request = good_request();
  request.upgrade = "WebSocket";
  request.connection = "upgrade";
  request.subprotocols = "";
  request.query = "token=x&node_id=probe%2D1";
  UpgradeOffer offer;
  ASSERT_FALSE(check_upgrade(request, offer).has_value());
  EXPECT_EQ(offer.node_id, "probe-1");
  EXPECT_EQ(offer.port, 0);
  EXPECT_EQ(offer.inc, 0u);
  EXPECT_FALSE(offer.is_relay);
}

TEST(WebSocketHandshake, NamesTheHeaderThatIsMissingOrWrong) {
  const auto verdict_with = [](auto change) {
    UpgradeRequest request = good_request();
    change(request);
    return verdict(request);
  };
  EXPECT_EQ(verdict_with([](UpgradeRequest& r) { r.upgrade = ""; }),
            "400 this is a WebSocket: 'Upgrade: websocket' is missing");
  EXPECT_EQ(verdict_with([](UpgradeRequest& r) { r.connection = "close"; }),
            "400 'Connection: Upgrade' is missing");
  EXPECT_EQ(verdict_with([](UpgradeRequest& r) { r.version = "8"; }), "426 Sec-WebSocket-Version must be 13");
  EXPECT_EQ(verdict_with([](UpgradeRequest& r) { r.has_origin = true; }),
            "403 web pages may not connect: the request has an Origin");
  for (const std::string_view key :
       {"", "abc", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ!=", "dGhlIHNhbXBsZSBub25jZQAA"}) {
    EXPECT_EQ(verdict_with([&](UpgradeRequest& r) { r.key = key; }),
              "400 Sec-WebSocket-Key must be 16 bytes in base64");
  }
}

TEST(WebSocketHandshake, NamesTheParameterThatIsMissingOrWrong) {
  const std::string no_id = "400 node_id is missing: connect to /ws/p2p?node_id=ID";
  const std::string bad_id = "400 node_id must have 1 to 64 of A-Z a-z 0-9 _ . - and not be 'rpc'";
  EXPECT_EQ(verdict_of_query(""), no_id);
  EXPECT_EQ(verdict_of_query("port=1"), no_id);
  EXPECT_EQ(verdict_of_query("node_id"), bad_id);
  EXPECT_EQ(verdict_of_query("node_id="), bad_id);
  EXPECT_EQ(verdict_of_query("node_id=rpc"), bad_id);
  EXPECT_EQ(verdict_of_query("node_id=a%20b"), bad_id);
  EXPECT_EQ(verdict_of_query("node_id=" + std::string(65, 'a')), bad_id);
  EXPECT_EQ(verdict_of_query("node_id=a%2"), "400 node_id has a bad percent escape");
  EXPECT_EQ(verdict_of_query("node_id=a&node_id=b"), "400 node_id is given twice");
  EXPECT_EQ(verdict_of_query("node_id=a&port=65536"), "400 port must be a number from 0 to 65535");
  EXPECT_EQ(verdict_of_query("node_id=a&port="), "400 port must be a number from 0 to 65535");
  EXPECT_EQ(verdict_of_query("node_id=a&inc=-1"), "400 inc must be a whole number");
  EXPECT_EQ(verdict_of_query("node_id=a&inc=1e3"), "400 inc must be a whole number");
}

TEST(WebSocketHandshake, AnswersWithTheNodesNameAndIncarnation) {
  EXPECT_EQ(upgrade_answer(kKey, true, "node1", 17),
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: relay.1\r\n"
            "X-Relay-Node-Id: node1\r\nX-Relay-Incarnation: 17\r\n\r\n");
  EXPECT_EQ(upgrade_answer(kKey, false, "node1", 17).find("Protocol:"), std::string::npos);
}

TEST(WebSocketHandshake, DialsWithItsNamePortAndIncarnation) {
  EXPECT_EQ(
      dial_request({"localhost:8080", "node2", 8081, 42, std::string(kKey)}),
      "GET /ws/p2p?node_id=node2&port=8081&inc=42 HTTP/1.1\r\nHost: localhost:8080\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: relay.1\r\n\r\n");
}

TEST(WebSocketHandshake, DrawsAnotherKeyForEachDial) {
  KeyFromZero random;
  const std::string first = dial_key(random);
  UpgradeRequest request = good_request();
  request.key = first;
  EXPECT_EQ(verdict(request), "");
  EXPECT_NE(dial_key(random), first);
}

TEST(WebSocketHandshake, ReadsWhomItReached) {
  EXPECT_EQ(reading(answer_head()), "node1 17 relay");
  EXPECT_EQ(reading(replaced(answer_head(), "X-Relay-Incarnation: 17", "x-other:1")), "node1 0 relay");
  const std::string foreign =
      "HTTP/1.1 101 X\r\nUPGRADE:websocket\r\nconnection:  upgrade \r\nsec-websocket-accept:" +
      accept_key(kKey) + "\r\n\r\n";
  EXPECT_EQ(reading(foreign), " 0 foreign");
}

// Some servers accept whatever subprotocol they are offered.
TEST(WebSocketHandshake, TakesAServerThatDoesNotNameItselfForAForeignOne) {
  EXPECT_EQ(reading(replaced(answer_head(), "X-Relay-Node-Id", "X-Other")), " 17 foreign");
}

TEST(WebSocketHandshake, GivesTheReasonOfARefusal) {
  EXPECT_EQ(
      reading("HTTP/1.1 409 Conflict\r\n\r\n", R"({"status":"error","error":"node1 is linked already"})"),
      "denied: refused: node1 is linked already");
  EXPECT_EQ(reading("HTTP/1.1 403 Forbidden\r\n\r\n", ""), "denied: refused: 403 Forbidden");
  EXPECT_EQ(reading("HTTP/1.1 400 Bad Request\r\n\r\n", "node_id is missing\r\nmore"),
            "denied: refused: node_id is missing");
  EXPECT_EQ(reading("HTTP/1.1 404 Not Found\r\n\r\n", "<html>"), "unreachable: it answered 404 Not Found");
  EXPECT_EQ(reading("HTTP/1.1 503 Busy\r\n\r\n", R"({"error":"too many links"})"),
            "unreachable: it answered 503 Busy: too many links");
  EXPECT_EQ(reading("HTTP/1.1 400 Bad Request\r\n\r\n", std::string(5000, 'x')),
            "denied: refused: " + std::string(300, 'x'));
}

TEST(WebSocketHandshake, RefusesAnswersThatAreNone) {
  EXPECT_EQ(reading("SSH-2.0-OpenSSH\r\n\r\n"), "parse: it does not speak HTTP");
  EXPECT_EQ(reading("HTTP/1.1 1x1 Odd\r\n\r\n"), "parse: it does not speak HTTP");
  EXPECT_EQ(reading("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
            "parse: its answer is no WebSocket handshake");
  EXPECT_EQ(reading(replaced(answer_head(), "s3pPLM", "s3pPLm")),
            "parse: its answer has a wrong Sec-WebSocket-Accept");
  EXPECT_EQ(reading(answer_head("Sec-WebSocket-Extensions: permessage-deflate\r\n")),
            "parse: its answer names an extension that was not offered");
  EXPECT_EQ(reading(replaced(answer_head(), "relay.1", "relay.2")),
            "parse: it chose a subprotocol that was not offered");
  EXPECT_EQ(reading(replaced(answer_head(), "node1", "node 1")),
            "parse: its X-Relay-Node-Id is no id of a node");
}

}  // namespace
}  // namespace relay::mesh
