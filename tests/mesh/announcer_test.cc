// What a mesh tells of itself and believes of others.
#include "mesh/announcer.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <vector>

#include "mesh/mesh_fixture.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;

// What a peer was told of a node, last.
std::optional<Announcement> told(FarPeer& peer, std::string_view node) {
  std::optional<Announcement> found;
  for (const std::string& message : peer.received(MessageType::kRegistrySync)) {
    SyncMessage sync = parse_sync(parse_envelope(message).value().data).value();
    for (Announcement& each : sync.nodes) {
      if (each.node == node) found = std::move(each);
    }
  }
  return found;
}

std::string digest(std::string_view from, std::string_view members = "") {
  return MeshFixture::message("registry_sync", from, R"({"digest":{)" + std::string(members) + "}}");
}

TEST(Announcer, TellsItsStartAndItsInterval) {
  MeshFixture node({.discovery_interval = 7s});
  FarPeer& b = node.link("b");
  b.send(digest("b"));
  node.settle();
  const auto own = told(b, "m");
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->start, 5u);
  EXPECT_EQ(own->every_ms, 7000u);
}

TEST(Announcer, AnswersFewDigestsASecond) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.received();
  for (int i = 0; i < 50; ++i) b.send(digest("b"));
  node.settle();
  std::size_t answers = 0;
  for (const std::string& message : b.received(MessageType::kRegistrySync))
    answers += says(message, "nodes") ? 1 : 0;
  EXPECT_LE(answers, 3u);
  EXPECT_GE(answers, 1u);
  EXPECT_TRUE(says(node.mesh.health_json(), R"("excess_news":48)")) << node.mesh.health_json();
  node.pass(1s);
  b.received();
  b.send(digest("b"));
  node.settle();
  EXPECT_TRUE(told(b, "m").has_value());
}

TEST(Announcer, TakesNoMoreNewsOfALinkThanItsAllowance) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  for (int i = 1; i <= 2 * kNewsAtOnce; ++i) {
    b.send(MeshFixture::news("b", "x", R"("inc":9,"seq":)" + std::to_string(i), ""));
  }
  node.settle();
  const std::string expected = R"("excess_news":)" + std::to_string(kNewsAtOnce);
  EXPECT_TRUE(says(node.mesh.health_json(), expected)) << node.mesh.health_json();
}

TEST(Announcer, TakesNoMoreChangesOfLinksThanTheirAllowance) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  int seq = 0;
  const auto send_changes = [&](int count) {
    for (int i = 0; i < count; ++i) {
      ++seq;
      b.send(MeshFixture::news("b", "x", R"("inc":9,"seq":)" + std::to_string(seq),
                               R"("b":)" + std::to_string(seq)));
    }
    node.settle();
  };
  const auto excess = [&](int expected) {
    return says(node.mesh.health_json(), R"("excess_news":)" + std::to_string(expected));
  };
  send_changes(kNewsAtOnce);
  EXPECT_TRUE(excess(0)) << node.mesh.health_json();
  node.pass(1s);
  send_changes(kChangesPerSecond + 50);
  EXPECT_TRUE(excess(50)) << node.mesh.health_json();
}

TEST(Announcer, RefusesASyncThatIsTooLarge) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.received();
  b.send(MeshFixture::message("registry_sync", "b", R"({"x":")" + std::string(kMaxSyncBytes, 'x') + "\"}"));
  node.settle();
  EXPECT_EQ(b.received(MessageType::kError).size(), 1u);
}

TEST(Announcer, SaysHowManyOfItsServersDoNotFit) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.received();
  std::vector<ServerEntry> servers;
  for (int i = 0; i < 20'000; ++i) servers.push_back({"s" + std::to_string(i), {"method"}, {}});
  node.mesh.set_servers(servers);
  node.pass(1s);
  const auto own = told(b, "m");
  ASSERT_TRUE(own.has_value());
  const std::string expected =
      R"("unannounced_servers":)" + std::to_string(servers.size() - own->servers.size());
  EXPECT_TRUE(says(node.mesh.health_json(), expected)) << expected << node.mesh.health_json();
  EXPECT_GT(own->servers.size(), 1000u);
  EXPECT_LT(own->servers.size(), servers.size());
}

// Somebody says of m itself what is newer than all before.
struct Contested : MeshFixture {
  void claim(std::uint64_t start) {
    b.send(news("b", "m",
                R"("inc":)" + std::to_string(++inc) + R"(,"seq":1,"start":)" + std::to_string(start), ""));
    settle();
    pass(1s);
    ++inc;
  }
  FarPeer& b = link("b");
  std::uint64_t inc = 100;
};

TEST(Announcer, AnswersWhatIsNewerAboutItselfWithSomethingNewerStill) {
  Contested node;
  node.b.received();
  node.claim(9);
  const auto own = told(node.b, "m");
  ASSERT_TRUE(own.has_value());
  EXPECT_GT(own->version.inc, 101u);
  EXPECT_EQ(own->start, 5u);
}

TEST(Announcer, LeavesTheMeshWhenALaterStartKeepsUsingItsId) {
  Contested node;
  for (int i = 0; i < kMaxSelfCorrections; ++i) {
    EXPECT_TRUE(node.b.closes.empty()) << i;
    node.claim(9);
  }
  ASSERT_FALSE(node.b.closes.empty());
  EXPECT_TRUE(node.b.closes[0].starts_with("close 4003")) << node.b.closes[0];
}

TEST(Announcer, StaysWhenAnEarlierStartUsesItsId) {
  Contested node;
  for (int i = 0; i < 3 * kMaxSelfCorrections; ++i) node.claim(4);
  EXPECT_TRUE(node.b.closes.empty());
}

TEST(Announcer, IsNotMadeToLeaveAgainAndAgain) {
  Contested node;
  for (int i = 0; i < kMaxSelfCorrections; ++i) node.claim(9);
  node.pass(2s);
  FarPeer& c = node.link("c");
  for (int i = 0; i < 2 * kMaxSelfCorrections; ++i) {
    c.send(MeshFixture::news("c", "m", R"("inc":)" + std::to_string(1000 + 2 * i) + R"(,"seq":1,"start":9)",
                             ""));
    node.settle();
    node.pass(1s);
  }
  EXPECT_TRUE(c.closes.empty());
}

TEST(Announcer, CorrectsACountThatALiarHasNearlyUsedUp) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.received();
  b.send(MeshFixture::news("b", "m", R"("inc":5,"seq":1000000000)", ""));
  node.settle();
  node.pass(1s);
  const auto own = told(b, "m");
  ASSERT_TRUE(own.has_value());
  EXPECT_GT(own->version.inc, 5u);
  EXPECT_LT(own->version.seq, 1000u);
}

TEST(Announcer, TellsTheServersOfAForeignPeerThatWasElsewhereBefore) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "f", R"("inc":0,"seq":57)", "", R"(,"servers":{"old":{}})"));
  node.settle();
  FarPeer& f = node.dial_in({.node_id = "f", .is_relay = false});
  node.pass(1s);
  b.received();
  f.send(MeshFixture::message("registry_sync", "f", R"({"servers":{"new":{"methods":["m"]}}})"));
  node.settle();
  node.pass(1s);
  const auto foreign = told(b, "f");
  ASSERT_TRUE(foreign.has_value());
  EXPECT_GT(foreign->version, (Version{0, 57}));
  ASSERT_EQ(foreign->servers.size(), 1u);
  EXPECT_EQ(foreign->servers[0].name, "new");
  EXPECT_TRUE(says(node.mesh.servers_json(), R"("f.new")"));
}

TEST(Announcer, CorrectsWhatIsSaidOfAForeignPeerHere) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  FarPeer& f = node.dial_in({.node_id = "f", .is_relay = false});
  f.send(MeshFixture::message("registry_sync", "f", R"({"servers":{"mine":{}}})"));
  node.pass(2s);
  b.received();
  b.send(MeshFixture::news("b", "f", R"("inc":3,"seq":9)", "", R"(,"servers":{"forged":{}})"));
  node.settle();
  node.pass(1s);
  const auto foreign = told(b, "f");
  ASSERT_TRUE(foreign.has_value());
  EXPECT_GT(foreign->version, (Version{3, 9}));
  EXPECT_EQ(foreign->servers[0].name, "mine");
}

TEST(Announcer, KeepsALinkedNodeThatAnnouncesNothing) {
  MeshFixture node({.discovery_interval = 1s});
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "b", R"("inc":7,"seq":1,"every":1000)", R"("m":1024)",
                           R"(,"servers":{"s":{}})"));
  b.send(MeshFixture::news("b", "gone", R"("inc":7,"seq":1,"every":1000)", R"("b":1024)"));
  node.pass(10s);
  EXPECT_TRUE(says(node.mesh.servers_json(), R"("b.s")"));
  EXPECT_FALSE(node.mesh.view()->nodes.contains("gone"));
}

TEST(Announcer, AsksAnewWhenALinkEndsOfWhichOthersHaveToldNewerThings) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  FarPeer& x = node.link("x");
  x.send(MeshFixture::news("x", "x", R"("inc":7,"seq":1)", R"("m":1024)"));
  b.send(MeshFixture::news("b", "x", R"("inc":8,"seq":1)", R"("b":1024)"));
  node.settle();
  b.received();
  x.hang_up();
  node.settle();
  bool has_asked = false;
  for (const std::string& message : b.received(MessageType::kRegistrySync))
    has_asked |= says(message, "digest");
  EXPECT_TRUE(has_asked);
}

TEST(Announcer, DoesNotMakeTheViewAnewForEveryNews) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  node.pass(100ms);
  b.send(MeshFixture::news("b", "n0", R"("inc":7,"seq":1)", ""));
  node.settle();
  const auto before = node.mesh.view();
  EXPECT_TRUE(before->nodes.contains("n0"));
  for (int i = 1; i < 50; ++i) {
    b.send(MeshFixture::news("b", "n" + std::to_string(i), R"("inc":7,"seq":1)", ""));
    node.settle();
  }
  EXPECT_EQ(node.mesh.view(), before);
  node.loop.advance(kViewGap);
  EXPECT_TRUE(node.mesh.view()->nodes.contains("n49"));
}

TEST(Announcer, ShowsALinkAtOnceThoughNewsHaveComeAMomentAgo) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  node.pass(100ms);
  b.send(MeshFixture::news("b", "n1", R"("inc":1,"seq":1)", R"("b":1024)"));
  node.settle();
  node.pass(1ms);
  node.link("c");
  EXPECT_TRUE(node.mesh.view()->nodes.contains("c"));
}

TEST(Announcer, DoesNotMakeTheViewAnewForEveryLinkThatComesOrGoes) {
  MeshFixture node;
  std::vector<FarPeer*> peers;
  node.pass(100ms);
  std::set<std::shared_ptr<const MeshView>> views;
  for (int i = 0; i < 50; ++i) {
    peers.push_back(&node.link("p" + std::to_string(i)));
    views.insert(node.mesh.view());
  }
  EXPECT_LE(views.size(), 2u);
  node.pass(100ms);
  EXPECT_TRUE(node.mesh.view()->nodes.contains("p49"));
  views.clear();
  for (FarPeer* peer : peers) {
    peer->hang_up();
    node.settle();
    views.insert(node.mesh.view());
  }
  EXPECT_LE(views.size(), 2u);
}

TEST(Announcer, ShowsNoNewsThatTheViewDoesNotHave) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  node.pass(100ms);
  for (int i = 0; i < 2; ++i) {
    b.send(MeshFixture::news("b", "n" + std::to_string(i), R"("inc":7,"seq":1)", ""));
    node.settle();
  }
  EXPECT_FALSE(node.mesh.view()->nodes.contains("n1"));
  EXPECT_FALSE(node.mesh.servers_json().empty());
  EXPECT_TRUE(node.mesh.view()->nodes.contains("n1"));
}

}  // namespace
}  // namespace relay::mesh
