// Calls of other nodes: whose they are, and that each runs once.
#include "mesh/served_calls.h"

#include <gtest/gtest.h>

#include "mesh/mesh_fixture.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;

std::string call_of(std::string_view from, std::uint64_t inc, std::uint64_t n) {
  const std::string id = "r" + std::to_string(n);
  return MeshFixture::message("server_call", from,
                              R"({"response_id":")" + id +
                                  R"(","call":{"server_name":"counter","method":"add"},"inc":)" +
                                  std::to_string(inc) + R"(,"n":)" + std::to_string(n) + "}");
}

// And peer c.
struct BehindAndBeside : Behind {
  BehindAndBeside() { c.received(); }
  FarPeer& c = link("c");
};

TEST(ServedCalls, RunsARepeatOnceWhicheverWayItComes) {
  BehindAndBeside node;
  node.b.send(MeshFixture::wrapped("b", call_of("x", 9, 1)));
  node.c.send(MeshFixture::wrapped("c", call_of("x", 9, 1)));
  node.settle();
  ASSERT_EQ(node.local.calls.size(), 1u);
  node.local.answer("6");
  node.settle();
  // The answer goes the way of the newest attempt.
  EXPECT_EQ(node.c.received(MessageType::kServerResponse).size(), 1u);
}

TEST(ServedCalls, RefusesACallUnderAStartOfItsOriginThatIsNotKnown) {
  BehindAndBeside node;
  node.c.send(MeshFixture::wrapped("c", call_of("x", 10, 1)));
  node.c.send(MeshFixture::wrapped("c", call_of("nobody", 1, 1)));
  node.settle();
  EXPECT_TRUE(node.local.calls.empty());
  const auto replies = node.c.received(MessageType::kServerResponse);
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_TRUE(says(replies[0], R"("kind":"unreachable")") && says(replies[0], R"("ran":"no")")) << replies[0];
  EXPECT_TRUE(says(node.mesh.health_json(), R"("doubted_calls":2)"));
}

TEST(ServedCalls, RefusesACallWhoseChainDoesNotEndWithItsOwnNumberedEntry) {
  BehindAndBeside node;
  const auto call = [](const std::string& id, const std::string& last) {
    return MeshFixture::message("server_call", "b",
                                R"({"response_id":")" + id + R"(","call":{"server_name":"counter","method":"add"},"inc":7,"n":)" + id +
                                    R"(,"chain":[{"node":"x","server":"s","method":"m","call":1},)" + last + "]}");
  };
  node.b.send(call("1", R"({"node":"x","server":"s","method":"m","call":2})"));
  node.b.send(call("2", R"({"node":"b","server":"s","method":"m","call":0})"));
  node.settle();
  EXPECT_TRUE(node.local.calls.empty());
  const auto replies = node.b.received(MessageType::kServerResponse);
  ASSERT_EQ(replies.size(), 2u);
  for (const std::string& reply : replies) EXPECT_TRUE(says(reply, "the last entry of 'chain'")) << reply;
  node.b.send(call("3", R"({"node":"b","server":"s","method":"m","call":3})"));
  node.settle();
  EXPECT_EQ(node.local.calls.size(), 1u);
}

TEST(ServedCalls, TakesCallsOfALinkedNodeOverItsOwnLinkOnly) {
  BehindAndBeside node;
  FarPeer& x = node.dial_in({.node_id = "x", .inc = 9});
  node.b.send(MeshFixture::wrapped(
      "b", MeshFixture::message("pong", "x", R"({"link":"AAAAAAAAAAAAAAAAAAAAAA==","is_mine":true})")));
  node.settle();
  ASSERT_TRUE(x.is_linked());
  node.c.send(MeshFixture::wrapped("c", call_of("x", 9, 1)));
  node.settle();
  EXPECT_TRUE(node.local.calls.empty());
  x.send(call_of("x", 9, 1));
  node.settle();
  EXPECT_EQ(node.local.calls.size(), 1u);
}

TEST(ServedCalls, HearsALinkedNodeAnotherWayWhenItsLinkIsSilent) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  FarPeer& x = node.link("x");
  x.send(MeshFixture::news("x", "x", R"("inc":7,"seq":1)", R"("b":1024)"));
  node.settle();
  x.be_silent();
  node.pass(4500ms);
  b.send(MeshFixture::wrapped("b", call_of("x", 7, 1)));
  node.settle();
  EXPECT_EQ(node.local.calls.size(), 1u);
}

TEST(ServedCalls, RemembersTheIdsOfAForeignPeerUntilTheirDeadline) {
  MeshFixture node;
  FarPeer& f = node.dial_in({.node_id = "f", .is_relay = false});
  const std::string call = MeshFixture::message(
      "server_call", "f",
      R"({"response_id":"1","inc":99,"n":1,"call":{"server_name":"counter","method":"add","timeout":600}})");
  f.send(call);
  node.settle();
  node.pass(5min, 1s);
  f.send(call);
  node.settle();
  EXPECT_EQ(node.local.calls.size(), 1u);
  node.pass(5min, 1s);
  f.send(call);
  node.settle();
  EXPECT_EQ(node.local.calls.size(), 2u);
}

}  // namespace
}  // namespace relay::mesh
