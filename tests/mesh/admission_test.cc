#include "mesh/admission.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "mesh/mesh_fixture.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kOtherKey = "BBBBBBBBBBBBBBBBBBBBBB==";

// The word of a node about a connection.
std::string word(std::string_view from, std::string_view key, bool is_mine) {
  return MeshFixture::message(
      "pong", from,
      R"({"link":")" + std::string(key) + R"(","is_mine":)" + (is_mine ? "true" : "false") + "}");
}

TEST(Admission, AsksALinkedNodeWhetherAConnectionUnderItsIdIsItsOwn) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  first.received();
  FarPeer& second = node.dial_in({.node_id = "x", .inc = 7, .key = std::string(kOtherKey)});
  const auto asked = first.received(MessageType::kPing);
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_TRUE(says(asked[0], kOtherKey)) << asked[0];
  EXPECT_EQ(second.head(), "");
}

TEST(Admission, RefusesAnImpostorThatClaimsTheSameIncarnation) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  FarPeer& second = node.dial_in({.node_id = "x", .inc = 7, .key = std::string(kOtherKey)});
  first.send(word("x", kOtherKey, false));
  node.settle();
  EXPECT_TRUE(second.head().starts_with("HTTP/1.1 409")) << second.head();
  EXPECT_TRUE(says(second.body(), "says that this connection is not its own")) << second.body();
  EXPECT_TRUE(first.closes.empty());
}

TEST(Admission, KeepsTheOlderOfTwoConnectionsThatANodeCallsItsOwn) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  FarPeer& second = node.dial_in({.node_id = "x", .inc = 7, .key = std::string(kOtherKey)});
  first.send(word("x", kOtherKey, true));
  node.pass(1100ms);
  EXPECT_TRUE(second.is_linked());
  ASSERT_EQ(second.closes.size(), 1u);
  EXPECT_TRUE(second.closes[0].starts_with("close 4001")) << second.closes[0];
  EXPECT_TRUE(first.closes.empty());
}

TEST(Admission, RefusesAnotherStartOfALinkedNodeThatAnswers) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  FarPeer& second = node.dial_in({.node_id = "x", .inc = 8, .key = std::string(kOtherKey)});
  first.send(word("x", kOtherKey, false));
  node.settle();
  EXPECT_TRUE(second.head().starts_with("HTTP/1.1 409")) << second.head();
}

TEST(Admission, ReplacesALinkWhosePeerDoesNotAnswer) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  FarPeer& second = node.dial_in({.node_id = "x", .inc = 8, .key = std::string(kOtherKey)});
  node.pass(900ms);
  EXPECT_EQ(second.head(), "");
  node.pass(200ms);
  EXPECT_TRUE(second.is_linked());
  ASSERT_FALSE(first.closes.empty());
  EXPECT_TRUE(first.closes[0].starts_with("close 4001")) << first.closes[0];
}

TEST(Admission, TakesAConnectionAtOnceWhenTheLinkBeforeItEndsWhileItWaits) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  FarPeer& second = node.dial_in({.node_id = "x", .inc = 8, .key = std::string(kOtherKey)});
  first.hang_up();
  node.settle();
  node.pass(50ms);
  EXPECT_TRUE(second.is_linked());
}

TEST(Admission, LinksANodeThatIsReachedAnotherWayWhenItCallsTheConnectionItsOwn) {
  Behind node;
  FarPeer& direct = node.dial_in({.node_id = "x", .inc = 9, .key = std::string(kOtherKey)});
  const auto asked = node.b.received(MessageType::kPing);
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(parse_envelope(asked[0]).value().to, "x");
  EXPECT_EQ(direct.head(), "");
  node.b.send(MeshFixture::wrapped("b", word("x", kOtherKey, true)));
  node.settle();
  EXPECT_TRUE(direct.is_linked());
}

TEST(Admission, RefusesWhoTakesTheIdAndIncarnationOfANodeThatIsReachedAnotherWay) {
  Behind node;
  FarPeer& direct = node.dial_in({.node_id = "x", .inc = 9, .key = std::string(kOtherKey)});
  node.b.send(MeshFixture::wrapped("b", word("x", kOtherKey, false)));
  node.settle();
  EXPECT_TRUE(direct.head().starts_with("HTTP/1.1 409")) << direct.head();
  EXPECT_TRUE(says(direct.body(), "is reached over other nodes")) << direct.body();
}

TEST(Admission, TakesAYesOnlyFromWhereItHasAsked) {
  Behind node;
  FarPeer& liar = node.link("liar");
  FarPeer& direct = node.dial_in({.node_id = "x", .inc = 9, .key = std::string(kOtherKey)});
  liar.send(MeshFixture::wrapped("liar", word("x", kOtherKey, true)));
  node.settle();
  EXPECT_EQ(direct.head(), "");
  node.b.send(MeshFixture::wrapped("b", word("x", kOtherKey, false)));
  node.settle();
  EXPECT_TRUE(direct.head().starts_with("HTTP/1.1 409")) << direct.head();
}

TEST(Admission, LinksARestartedNodeAsSoonAsItsOldPlaceHasNotAnswered) {
  Behind node;
  FarPeer& direct = node.dial_in({.node_id = "x", .inc = 10, .key = std::string(kOtherKey)});
  node.pass(1050ms);
  EXPECT_TRUE(direct.is_linked());
}

TEST(Admission, LetsNoForeignPeerTakeTheIdOfALinkThatShowsASignOfLife) {
  MeshFixture node;
  FarPeer& first = node.dial_in({.node_id = "x", .is_relay = false});
  FarPeer& second = node.dial_in({.node_id = "x", .is_relay = false, .key = std::string(kOtherKey)});
  node.pass(50ms);
  EXPECT_EQ(second.head(), "");
  first.send(MeshFixture::message("ping", "x", "{}"));
  node.settle();
  node.pass(50ms);
  EXPECT_TRUE(second.head().starts_with("HTTP/1.1 409")) << second.head();
  EXPECT_TRUE(first.closes.empty());
}

TEST(Admission, ReplacesAForeignPeerThatIsSilent) {
  MeshFixture node;
  FarPeer& first = node.dial_in({.node_id = "x", .is_relay = false});
  first.be_silent();
  FarPeer& second = node.dial_in({.node_id = "x", .is_relay = false, .key = std::string(kOtherKey)});
  node.pass(1100ms);
  EXPECT_TRUE(second.is_linked());
}

// Node m with a link under the id x, and a neighbour b that tells of an x behind it.
struct Doubted : MeshFixture {
  Doubted() {
    x.send(news("x", "x", R"("inc":7,"seq":1)", R"("m":1024)"));
    settle();
    x.received();
    b.send(news("b", "x", R"("inc":8,"seq":1)", R"("b":1024)"));
    settle();
  }
  FarPeer& b = link("b");
  FarPeer& x = link("x");
};

TEST(Admission, AsksALinkedNodeOfWhichOthersTellNewerThingsWhetherTheLinkIsItsOwn) {
  Doubted node;
  const auto asked = node.x.received(MessageType::kPing);
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_TRUE(says(asked[0], MeshFixture::Hello().key)) << asked[0];
  node.x.send(word("x", MeshFixture::Hello().key, true));
  node.settle();
  node.pass(10s);
  EXPECT_TRUE(std::ranges::none_of(node.x.closes, [](const auto& close) { return close.starts_with("close"); }));
}

TEST(Admission, EndsALinkWhosePeerDoesNotCallItItsOwnThoughTheNodeIsHeardOfElsewhere) {
  Doubted node;
  node.b.send(word("x", MeshFixture::Hello().key, true));  // from elsewhere it counts nothing
  node.b.send(MeshFixture::wrapped("b", word("x", MeshFixture::Hello().key, true)));
  node.settle();
  node.pass(5900ms);
  EXPECT_TRUE(std::ranges::none_of(node.x.closes, [](const auto& close) { return close.starts_with("close"); }));
  node.pass(200ms);
  ASSERT_FALSE(node.x.closes.empty());
  EXPECT_TRUE(node.x.closes.back().starts_with("close 4001")) << node.x.closes.back();
}

TEST(Admission, GivesAnIdBackToItsOwnerWhoHasBeenCutOffFromHere) {
  Doubted node;
  node.pass(6100ms);
  node.x.hang_up();
  node.settle();
  node.b.send(MeshFixture::news("b", "b", R"("inc":7,"seq":1)", R"("m":1024,"x":1024)"));
  node.b.send(MeshFixture::news("b", "x", R"("inc":8,"seq":1)", R"("b":1024)"));
  node.settle();
  node.b.received();
  const auto ending = node.call("x");
  EXPECT_EQ(node.b.received(MessageType::kServerCall).size(), 1u);
}

TEST(Admission, SaysOfAConnectionThatItHasDialledThatItIsItsOwn) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  ASSERT_TRUE(node.mesh.add_peer("", "x:1").has_value());
  node.settle();
  // x is linked already, so it is dialled only when that link ends.
  ASSERT_TRUE(node.network.open.empty() || !first.received().empty());
  node.dial_in({.node_id = "x", .inc = 7, .key = std::string(kOtherKey)});
  first.received();
  first.send(MeshFixture::message("ping", "x", R"({"link":")" + std::string(kOtherKey) + R"("})"));
  first.send(MeshFixture::message("ping", "x", R"({"link":"AAAAAAAAAAAAAAAAAAAAAA=="})"));
  node.settle();
  const auto pongs = first.received(MessageType::kPong);
  ASSERT_EQ(pongs.size(), 2u);
  EXPECT_TRUE(says(pongs[0], R"("is_mine":false)")) << pongs[0];
  EXPECT_TRUE(says(pongs[1], R"("is_mine":true)")) << pongs[1];
}

TEST(Admission, DialsAgainWhenTheNodeItselfRefusesTheConnection) {
  MeshFixture node;
  FarPeer& first = node.link("x");
  ASSERT_TRUE(node.mesh.add_peer("alias", "elsewhere:1").has_value());
  node.settle();
  ASSERT_EQ(node.network.open.size(), 1u);
  node.answer_dial("x");
  first.send(word("x", node.dialled_key, false));
  node.settle();
  EXPECT_TRUE(says(node.mesh.peers_json(), "says that this connection is not its own"))
      << node.mesh.peers_json();
  node.pass(1s);
  EXPECT_EQ(node.network.open.size(), 1u);
}

TEST(Admission, LetsFewConnectionsWaitUnderOneId) {
  MeshFixture node;
  node.link("x");
  for (std::size_t i = 0; i < kMaxRivals; ++i) {
    EXPECT_EQ(node.dial_in({.node_id = "x", .inc = 7, .key = "key " + std::to_string(i)}).head(), "");
  }
  EXPECT_TRUE(node.dial_in({.node_id = "x", .inc = 7, .key = "last"}).head().starts_with("HTTP/1.1 503"));
}

}  // namespace
}  // namespace relay::mesh
