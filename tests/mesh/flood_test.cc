// Calls for ids that are not on the map, where foreign neighbours say that they lead on.
#include <gtest/gtest.h>

#include "mesh/call_message.h"
#include "mesh/mesh_fixture.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;

struct Leading : MeshFixture {
  FarPeer& leader(const std::string& id) {
    FarPeer& peer = dial_in({.node_id = id, .is_relay = false});
    peer.send(message("registry_sync", id, R"({"leads_on":true})"));
    settle();
    return peer;
  }
  // The response_id of the call that a peer has got in a wrapper.
  static std::string asked(FarPeer& peer) {
    const auto calls = peer.received(MessageType::kServerCall);
    if (calls.size() != 1) return std::to_string(calls.size()) + " calls";
    return *response_id_of(parse_envelope(calls[0]).value().data);
  }
  static std::string reply(std::string_view from, std::string_view id, std::string_view rest,
                           std::string_view to = "m") {
    return message("server_response", from,
                   R"({"response_id":")" + std::string(id) + R"(",)" + std::string(rest) + "}", to);
  }
};

TEST(Flood, FailsAtOnceWhereNobodyLeadsOn) {
  MeshFixture node;
  FarPeer& plain = node.dial_in({.node_id = "plain", .is_relay = false});
  const auto ending = node.call("nowhere");
  ASSERT_TRUE(ending->failure.has_value());
  EXPECT_EQ(ending->failure->code, Errc::kUnknownNode);
  EXPECT_TRUE(plain.received().empty());
}

TEST(Flood, AsksEveryForeignNeighbourThatLeadsOnAndTakesTheFirstThatHasIt) {
  Leading node;
  FarPeer& first = node.leader("first");
  FarPeer& second = node.leader("second");
  const auto ending = node.call("far");
  const std::string id = Leading::asked(first);
  EXPECT_EQ(Leading::asked(second), id);
  first.send(Leading::reply("first", id, R"("success":false,"kind":"unknown_node","error":"no","ran":"no")"));
  node.settle();
  EXPECT_TRUE(ending->is_open());
  second.send(Leading::reply("second", id, R"("success":true,"result":6)"));
  node.settle();
  EXPECT_EQ(ending->value, "6");
}

TEST(Flood, EndsWithTheLastOneThatDoesNotHaveIt) {
  Leading node;
  FarPeer& only = node.leader("only");
  const auto ending = node.call("far");
  only.send(Leading::reply("only", Leading::asked(only),
                           R"("success":false,"kind":"unknown_node","error":"no","ran":"no")"));
  node.settle();
  ASSERT_TRUE(ending->failure.has_value());
  EXPECT_EQ(ending->failure->code, Errc::kUnknownNode);
}

TEST(Flood, DoesNotKnowTheOutcomeWhenWhoWasAskedIsGone) {
  Leading node;
  FarPeer& only = node.leader("only");
  const auto ending = node.call("far");
  only.hang_up();
  node.settle();
  ASSERT_TRUE(ending->failure.has_value());
  EXPECT_EQ(ending->failure->code, Errc::kUnknownOutcome);
}

TEST(Flood, IsBoundedForEachOrigin) {
  Leading node;
  FarPeer& leader = node.leader("leader");
  for (int i = 0; i < 3 * kMaxFloodsPerSecond; ++i) (void)node.call("far");
  EXPECT_EQ(leader.received(MessageType::kServerCall).size(), static_cast<std::size_t>(kMaxFloodsPerSecond));
  EXPECT_TRUE(says(node.mesh.health_json(), R"("excess_floods":20)")) << node.mesh.health_json();
  node.pass(1s);
  (void)node.call("far");
  EXPECT_EQ(leader.received(MessageType::kServerCall).size(), 1u);
}

TEST(Flood, LeadsTheCallOfAnotherOnButNotBackAndNotTwice) {
  Leading node;
  FarPeer& caller = node.leader("caller");
  FarPeer& leader = node.leader("leader");
  const std::string call = MeshFixture::message(
      "server_call", "caller", R"({"response_id":"c1","call":{"server_name":"s","method":"m"}})", "far");
  caller.send(call);
  node.settle();
  EXPECT_EQ(Leading::asked(leader), "c1");
  EXPECT_TRUE(caller.received(MessageType::kServerCall).empty());
  leader.send(Leading::reply("leader", "c1", R"("success":true,"result":6)", "caller"));
  node.settle();
  const auto replies = caller.received(MessageType::kServerResponse);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(says(replies[0], R"("result":6)")) << replies[0];
  caller.send(call);
  node.settle();
  EXPECT_TRUE(leader.received(MessageType::kServerCall).empty());
}

}  // namespace
}  // namespace relay::mesh
