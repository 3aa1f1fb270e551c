#include "mesh/topology.h"

#include <gtest/gtest.h>

#include "mesh/instants.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

Announcement says(std::string node, std::uint64_t seq, std::map<std::string, std::uint32_t> neighbors = {}) {
  Announcement announcement;
  announcement.node = std::move(node);
  announcement.version = {1, seq};
  announcement.neighbors = std::move(neighbors);
  return announcement;
}

class TopologyTest : public testing::Test {
 protected:
  Topology::Heard hear(Announcement announcement, int when = 0) {
    return map.hear(std::move(announcement), at(when));
  }
  // With an interval of 10 s, three of which may be missed.
  std::vector<std::string> expire(int now, const std::string& kept = "") {
    return map.expire(at(now), std::chrono::seconds(10),
                      [&](const std::string& node) { return node == kept; });
  }
  Topology map{"me"};
};

using enum Topology::Heard;

TEST_F(TopologyTest, StoresWhatIsNewerAndRepeatsNothing) {
  EXPECT_EQ(hear(says("a", 2)), kNewer);
  EXPECT_EQ(hear(says("a", 2, {{"b", 1}})), kRepeated);
  EXPECT_EQ(hear(says("a", 1)), kRepeated);
  EXPECT_TRUE(map.find("a")->neighbors.empty());
  EXPECT_EQ(hear(says("a", 3, {{"b", 1}})), kNewer);
  EXPECT_EQ(map.find("a")->neighbors.size(), 1u);
}

TEST_F(TopologyTest, PutsTheIncarnationBeforeTheCount) {
  Announcement later = says("a", 1);
  later.version.inc = 2;
  EXPECT_EQ(hear(says("a", 900)), kNewer);
  EXPECT_EQ(hear(later), kNewer);
  EXPECT_EQ(hear(says("a", 901)), kRepeated);
}

TEST_F(TopologyTest, SaysWhenSomebodyKnowsANewerOneOfOurselves) {
  EXPECT_EQ(hear(says("me", 1)), kSelf);
  map.set_own(says("me", 5), at(0));
  EXPECT_EQ(hear(says("me", 5)), kRepeated);
  EXPECT_EQ(hear(says("me", 6, {{"liar", 1}})), kSelf);
  EXPECT_EQ(map.find("me")->version.seq, 5u);
}

TEST_F(TopologyTest, ForgetsWhoWasNotHeardOfAndNeverItself) {
  map.set_own(says("me", 1), at(0));
  (void)hear(says("a", 1), 0);
  (void)hear(says("b", 1), 0);
  (void)hear(says("a", 2), 50);
  EXPECT_EQ(hear(says("b", 1), 50), kRepeated);
  EXPECT_TRUE(expire(30).empty());
  EXPECT_EQ(expire(50), (std::vector<std::string>{"b"}));
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_NE(map.find("a"), nullptr);
  EXPECT_NE(map.find("me"), nullptr);
  EXPECT_EQ(map.heard_at("a"), at(50));
  EXPECT_EQ(map.heard_at("b"), Instant{});
}

TEST_F(TopologyTest, TakesNothingBackThatHasExpiredUnlessItIsNewer) {
  (void)hear(says("a", 7), 0);
  (void)expire(100);
  EXPECT_EQ(hear(says("a", 7), 101), kRepeated);
  EXPECT_EQ(map.find("a"), nullptr);
  EXPECT_EQ(hear(says("a", 8), 102), kNewer);
}

TEST_F(TopologyTest, TakesBackWhatItWasToldToForget) {
  (void)hear(says("a", 7));
  map.forget("a");
  map.forget("nobody");
  EXPECT_EQ(map.find("a"), nullptr);
  EXPECT_EQ(hear(says("a", 7)), kNewer);
}

TEST_F(TopologyTest, ChangesItsRevisionWithLinksServersAndAddressOnly) {
  (void)hear(says("a", 1, {{"b", 1}}));
  const std::uint64_t start = map.revision();
  const std::uint64_t links = map.links_revision();
  const std::uint64_t servers = map.servers_revision();
  (void)hear(says("a", 2, {{"b", 1}}), 9);
  EXPECT_EQ(map.revision(), start);
  EXPECT_EQ(map.heard_at("a"), at(9));

  (void)hear(says("a", 3, {{"b", 2}}));
  EXPECT_GT(map.revision(), start);
  EXPECT_GT(map.links_revision(), links);
  EXPECT_EQ(map.servers_revision(), servers);

  const std::uint64_t before_servers = map.revision();
  Announcement with_server = says("a", 4, {{"b", 2}});
  with_server.servers.push_back({"S", {"m"}, {}});
  (void)hear(with_server);
  EXPECT_GT(map.revision(), before_servers);
  EXPECT_GT(map.servers_revision(), servers);

  const std::uint64_t before_address = map.revision();
  with_server.version.seq = 5;
  with_server.address = "h:1";
  (void)hear(with_server);
  EXPECT_GT(map.revision(), before_address);

  const std::uint64_t before_foreign = map.links_revision();
  with_server.version.seq = 6;
  with_server.foreign.emplace("f", 1);
  (void)hear(with_server);
  EXPECT_GT(map.links_revision(), before_foreign);

  const std::uint64_t before_end = map.revision();
  map.forget("a");
  EXPECT_GT(map.revision(), before_end);
}

TEST_F(TopologyTest, TellsWhatSomebodyLacks) {
  map.set_own(says("me", 3), at(0));
  (void)hear(says("a", 2));
  (void)hear(says("b", 2));
  EXPECT_EQ(map.digest(), (std::map<std::string, Version>{{"a", {1, 2}}, {"b", {1, 2}}, {"me", {1, 3}}}));
  std::vector<std::string> lacking;
  for (const Announcement* each : map.lacking({{"a", {1, 2}}, {"b", {1, 1}}, {"x", {9, 9}}})) {
    lacking.push_back(each->node);
  }
  EXPECT_EQ(lacking, (std::vector<std::string>{"b", "me"}));
  EXPECT_TRUE(map.lacking(map.digest()).empty());
}

TEST_F(TopologyTest, RefusesMoreNodesThanItsBoundAndKeepsAPlaceForItself) {
  for (std::size_t i = 1; i < kMaxNodes; ++i) ASSERT_EQ(hear(says("n" + std::to_string(i), 1)), kNewer);
  EXPECT_EQ(hear(says("one too many", 1)), kFull);
  EXPECT_EQ(map.refused(), 1u);
  EXPECT_EQ(hear(says("n1", 2)), kNewer);
  map.set_own(says("me", 1), at(0));
  EXPECT_EQ(map.all().size(), kMaxNodes);
  EXPECT_EQ(hear(says("one too many", 1)), kFull);
  map.forget("n1");
  EXPECT_EQ(hear(says("one too many", 1)), kNewer);
}

TEST_F(TopologyTest, RefusesMoreBytesThanItsBoundAndCountsWhatIsReplaced) {
  const auto large = [](const std::string& node, std::uint64_t seq) {
    Announcement announcement = says(node, seq);
    announcement.servers.push_back({std::string(20u << 20, 's'), {}, {}});
    return announcement;
  };
  EXPECT_EQ(hear(large("a", 1)), kNewer);
  EXPECT_EQ(hear(large("b", 1)), kNewer);
  EXPECT_EQ(hear(large("c", 1)), kNewer);
  EXPECT_EQ(hear(large("d", 1)), kFull);
  EXPECT_EQ(hear(large("c", 2)), kNewer);
  EXPECT_EQ(hear(says("c", 3)), kNewer);
  EXPECT_EQ(hear(large("d", 1)), kNewer);
  map.set_own(large("me", 1), at(0));
  EXPECT_NE(map.find("me"), nullptr);
  EXPECT_EQ(map.refused(), 1u);
}

TEST_F(TopologyTest, RemembersNoMoreExpiredNodesThanItsBound) {
  (void)hear(says("first", 5), 0);
  (void)expire(31);
  for (std::size_t i = 0; i < kMaxNodes; ++i) {
    (void)hear(says("n" + std::to_string(i), 5), 31);
    (void)expire(62);
  }
  EXPECT_EQ(hear(says("n1", 5), 63), kRepeated);
  EXPECT_EQ(hear(says("first", 5), 63), kNewer);
}

TEST_F(TopologyTest, WaitsForThreeIntervalsOfANodeThatAnnouncesSeldom) {
  Announcement seldom = says("a", 1);
  seldom.every_ms = 60'000;
  (void)hear(seldom, 0);
  EXPECT_TRUE(expire(180).empty());
  EXPECT_EQ(expire(181), (std::vector<std::string>{"a"}));
}

TEST_F(TopologyTest, KeepsWhoIsToBeKept) {
  (void)hear(says("a", 1), 0);
  EXPECT_TRUE(expire(100, "a").empty());
  EXPECT_NE(map.find("a"), nullptr);
}

TEST_F(TopologyTest, KnowsTheNewestVersionOfWhatHasExpired) {
  (void)hear(says("a", 7), 0);
  EXPECT_EQ(map.newest("a"), (Version{1, 7}));
  (void)expire(100);
  EXPECT_EQ(map.newest("a"), (Version{1, 7}));
  EXPECT_EQ(map.newest("b"), (Version{0, 0}));
}

TEST_F(TopologyTest, KeepsNoHonestNodeOutBecauseALiarHasFilledIt) {
  const auto by = [this](const std::string& peer, const std::string& node, std::uint64_t seq = 1) {
    return map.hear(says(node, seq), at(0), peer);
  };
  EXPECT_EQ(by("honest", "first"), kNewer);
  for (std::size_t i = 0; i < 2 * kMaxNodes; ++i) (void)by("liar", "ghost " + std::to_string(i));
  EXPECT_EQ(map.all().size(), kMaxNodes - 1);
  for (std::size_t i = 0; i + 1 < kSureNodesOfLink; ++i) {
    ASSERT_EQ(by("honest", "n" + std::to_string(i)), kNewer) << i;
  }
  // Its sure share is used up: it pushes nobody out any more.
  EXPECT_EQ(by("honest", "one more"), kFull);
  EXPECT_EQ(by("liar", "another ghost"), kFull);
  EXPECT_NE(map.find("first"), nullptr);
  EXPECT_EQ(by("honest", "first", 2), kNewer);
  EXPECT_EQ(map.all().size(), kMaxNodes - 1);
}

TEST_F(TopologyTest, LetsTwoLiarsNotPushOutALargeHonestMesh) {
  for (std::size_t i = 1; i < kMaxNodes; ++i) {
    ASSERT_EQ(map.hear(says("n" + std::to_string(i), 1), at(0), "honest"), kNewer);
  }
  for (int i = 0; i < 2000; ++i) (void)map.hear(says("ghost " + std::to_string(i), 1), at(0), "liar");
  std::size_t kept = 0;
  for (std::size_t i = 1; i < kMaxNodes; ++i) kept += map.find("n" + std::to_string(i)) != nullptr ? 1 : 0;
  EXPECT_EQ(kept, kMaxNodes - 1 - kSureNodesOfLink);
}

TEST_F(TopologyTest, KeepsNoHonestNodeOutBecauseALiarHasFilledItsBytes) {
  const auto large = [](const std::string& node, std::size_t bytes) {
    Announcement announcement = says(node, 1);
    announcement.servers.push_back({std::string(bytes, 's'), {}, {}});
    return announcement;
  };
  for (int i = 0; i < 80; ++i) {
    (void)map.hear(large("ghost " + std::to_string(i), 1u << 20), at(0), "liar");
  }
  EXPECT_EQ(map.hear(large("a", 2u << 20), at(0), "honest"), kNewer);
  EXPECT_EQ(map.hear(large("b", 1u << 20), at(0), "honest"), kNewer);
  EXPECT_EQ(map.hear(large("c", 2u << 20), at(0), "honest"), kFull);
}

}  // namespace
}  // namespace relay::mesh
