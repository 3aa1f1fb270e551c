#include "mesh/route_table.h"

#include <gtest/gtest.h>

#include "mesh/map_fixture.h"

namespace relay::mesh {
namespace {

using Path = std::vector<std::string>;

class RouteTableTest : public testing::Test {
 protected:
  Path path(std::string_view target, const std::vector<std::string>& avoid = {}) {
    const auto route = routes.find(map.topology, target, avoid);
    if (!route) return {};
    EXPECT_EQ(route->next, route->path.at(1));
    EXPECT_EQ(route->hops, static_cast<int>(route->path.size()) - 1);
    return route->path;
  }
  MapFixture map{"a"};
  RouteTable routes{"a"};
};

TEST(EdgeCost, IsOneMillisecondAndTheRoundTripRoundedUpToAPowerOfTwo) {
  using std::chrono::microseconds;
  EXPECT_EQ(edge_cost(microseconds(0)), 1024u);
  EXPECT_EQ(edge_cost(microseconds(-5)), 1024u);
  EXPECT_EQ(edge_cost(microseconds(24)), 1024u);
  EXPECT_EQ(edge_cost(microseconds(25)), 2048u);
  EXPECT_EQ(edge_cost(microseconds(1048)), 2048u);
  EXPECT_EQ(edge_cost(microseconds(1049)), 4096u);
  EXPECT_EQ(edge_cost(std::chrono::hours(1000)), 1u << 31);
}

TEST_F(RouteTableTest, TakesTheCheapestPathWhateverItsHops) {
  map.link("a", "d", 10);
  map.link("a", "b", 3);
  map.link("b", "c", 3);
  map.link("c", "d", 3);
  EXPECT_EQ(path("d"), (Path{"a", "b", "c", "d"}));
  EXPECT_EQ(routes.find(map.topology, "d", {})->cost, 9u);
  EXPECT_EQ(routes.hops_to(map.topology, "d"), 3);
}

TEST_F(RouteTableTest, PrefersFewerHopsAndThenTheSmallerIdAtTheSameCost) {
  map.link("a", "b", 2);
  map.link("b", "z", 2);
  map.link("a", "c", 2);
  map.link("c", "z", 2);
  EXPECT_EQ(path("z"), (Path{"a", "b", "z"}));
  map.link("a", "z", 4);
  EXPECT_EQ(path("z"), (Path{"a", "z"}));
}

TEST_F(RouteTableTest, ComparesEquallyLongPathsFromTheirBeginning) {
  // a-b-y-z and a-c-x-z: x is smaller than y, but b comes first.
  map.link("a", "b");
  map.link("b", "y");
  map.link("y", "z");
  map.link("a", "c");
  map.link("c", "x");
  map.link("x", "z");
  EXPECT_EQ(path("z"), (Path{"a", "b", "y", "z"}));
}

TEST_F(RouteTableTest, CountsAnEdgeOnlyWhenBothEndsStateIt) {
  map.half_link("a", "b");
  map.link("a", "c", 5);
  map.link("c", "b", 5);
  EXPECT_EQ(path("b"), (Path{"a", "c", "b"}));
  map.half_link("b", "a");
  EXPECT_EQ(path("b"), (Path{"a", "b"}));
}

TEST_F(RouteTableTest, TakesTheLargerOfTheTwoCostsOfAnEdge) {
  map.link("a", "b", 1, 9);
  EXPECT_EQ(routes.find(map.topology, "b", {})->cost, 9u);
}

TEST_F(RouteTableTest, TakesThePathOfFewestHopsWhereTheCheapestHasMoreThanAMessageMayMake) {
  for (const auto& [from, to] : {std::pair("a", "b"), {"b", "c"}, {"c", "d"}, {"d", "z"}}) map.link(from, to, 1);
  map.link("a", "x", 100);
  map.link("x", "z", 100);
  const auto next = [&](int most_hops, const std::vector<std::string>& avoid = {}) {
    return routes.find_step(map.topology, "z", avoid, most_hops)->next;
  };
  EXPECT_EQ(next(4), "b");
  EXPECT_EQ(next(3), "x");
  EXPECT_EQ(next(2), "x");
  // No path is short enough: the cheapest, as far as it leads.
  EXPECT_EQ(next(1), "b");
  EXPECT_EQ(next(2, {"x"}), "b");
  map.foreign("z", "browser", 1);
  EXPECT_EQ(routes.find_step(map.topology, "browser", {}, 3)->next, "x");
}

TEST_F(RouteTableTest, KeepsToTheCheapestDetourWhereNoPathIsShortEnough) {
  for (const auto& [from, to] : {std::pair("a", "m"), {"m", "z"}}) map.link(from, to, 1);
  for (const auto& [from, to] : {std::pair("a", "b"), {"b", "c"}, {"c", "d"}, {"d", "z"}}) map.link(from, to, 1);
  for (const auto& [from, to] : {std::pair("a", "x"), {"x", "y"}, {"y", "z"}}) map.link(from, to, 100);
  const auto step = [&](int most_hops) { return *routes.find_step(map.topology, "z", {"m"}, most_hops); };
  EXPECT_EQ(step(4).next, "b");
  EXPECT_EQ(step(3).next, "x");
  EXPECT_EQ(step(2).next, "b");
  EXPECT_EQ(step(2).hops, 4);
}

TEST_F(RouteTableTest, ReachesAForeignPeerByItsRelayEndAsTheLastHop) {
  map.link("a", "b", 4);
  map.foreign("b", "browser", 2);
  EXPECT_EQ(path("browser"), (Path{"a", "b", "browser"}));
  EXPECT_EQ(routes.find(map.topology, "browser", {})->cost, 6u);
  map.foreign("a", "near");
  EXPECT_EQ(path("near"), (Path{"a", "near"}));
  EXPECT_EQ(routes.find_step(map.topology, "near", {})->next, "near");
}

TEST_F(RouteTableTest, TakesTheNearestOfTheNodesThatAForeignPeerIsLinkedTo) {
  map.link("a", "b", 4);
  map.link("a", "c", 4);
  map.foreign("c", "f", 1);
  EXPECT_EQ(path("f"), (Path{"a", "c", "f"}));
  map.foreign("b", "f", 1);
  EXPECT_EQ(path("f"), (Path{"a", "b", "f"}));
  EXPECT_EQ(path("f", {"b"}), (Path{"a", "c", "f"}));
}

TEST_F(RouteTableTest, LeadsNothingThroughAForeignPeer) {
  map.link("a", "b");
  map.link("c", "d");
  map.foreign("b", "f");
  map.foreign("c", "f");
  EXPECT_EQ(path("c"), Path{});
  EXPECT_EQ(path("f"), (Path{"a", "b", "f"}));
}

TEST_F(RouteTableTest, NeverTakesAForeignPeerForTheRelayNodeOfThatName) {
  map.link("a", "b");
  map.link("b", "c");
  map.link("c", "victim");
  map.foreign("a", "victim");
  EXPECT_EQ(path("victim"), (Path{"a", "b", "c", "victim"}));
  EXPECT_EQ(path("victim", {"c"}), Path{});
}

TEST_F(RouteTableTest, FindsAForeignPeerWhoseServersStandOnTheMap) {
  map.link("a", "b");
  map.foreign("b", "f");
  map.serve("f", {"S"});
  EXPECT_EQ(path("f"), (Path{"a", "b", "f"}));
}

TEST_F(RouteTableTest, AvoidsWhatItMust) {
  map.link("a", "b");
  map.link("b", "z");
  map.link("a", "c", 5);
  map.link("c", "z", 5);
  EXPECT_EQ(path("z", {"b"}), (Path{"a", "c", "z"}));
  EXPECT_EQ(path("z", {"c"}), (Path{"a", "b", "z"}));
  EXPECT_EQ(path("z", {"b", "c"}), Path{});
  EXPECT_EQ(path("z", {"z"}), Path{});
  EXPECT_EQ(path("z", {"a", "nobody"}), (Path{"a", "b", "z"}));
}

TEST_F(RouteTableTest, HasNoPathToItselfToTheUnknownAndBehindAPartition) {
  map.link("a", "b");
  map.link("c", "d");
  EXPECT_EQ(path("a"), Path{});
  EXPECT_EQ(path("nobody"), Path{});
  EXPECT_EQ(path("d"), Path{});
  EXPECT_EQ(routes.hops_to(map.topology, "a"), 0);
  EXPECT_EQ(routes.hops_to(map.topology, "b"), 1);
  EXPECT_EQ(routes.hops_to(map.topology, "d"), -1);
}

TEST_F(RouteTableTest, HasNoPathBeforeItKnowsItself) {
  EXPECT_EQ(path("b"), Path{});
  map.link("b", "c");
  EXPECT_EQ(path("b"), Path{});
}

TEST_F(RouteTableTest, FollowsTheMapAsItChanges) {
  map.link("a", "b");
  map.link("b", "c");
  EXPECT_EQ(path("c"), (Path{"a", "b", "c"}));
  map.link("a", "c");
  EXPECT_EQ(path("c"), (Path{"a", "c"}));
  map.unlink("a", "c");
  map.unlink("b", "c");
  EXPECT_EQ(path("c"), Path{});
}

TEST_F(RouteTableTest, CountsAnEdgeOfNoCostAsOne) {
  map.link("a", "b", 0);
  map.link("a", "a", 0);
  EXPECT_EQ(routes.find(map.topology, "b", {})->cost, 1u);
}

TEST_F(RouteTableTest, GivesTheSameStepAsTheWholeRoute) {
  map.link("a", "b");
  map.link("b", "c", 3);
  const auto step = routes.find_step(map.topology, "c", {});
  ASSERT_TRUE(step);
  EXPECT_EQ(step->next, "b");
  EXPECT_EQ(step->hops, 2);
  EXPECT_EQ(step->cost, 4u);
}

}  // namespace
}  // namespace relay::mesh
