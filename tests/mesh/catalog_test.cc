#include "mesh/catalog.h"

#include <gtest/gtest.h>

#include "mesh/map_fixture.h"

namespace relay::mesh {
namespace {

class CatalogTest : public testing::Test {
 protected:
  std::string pick(std::string_view server, std::string_view unreachable = "") {
    return catalog.pick(map.topology, server, [&](std::string_view node) { return node != unreachable; })
        .value_or("nobody");
  }
  MapFixture map{"me"};
  Catalog catalog{"me"};
};

TEST_F(CatalogTest, TakesTheNodesThatHaveTheServerInTurn) {
  map.serve("a", {"S"});
  map.serve("b", {"S", "T"});
  map.serve("c", {"S"});
  EXPECT_EQ(pick("S"), "a");
  EXPECT_EQ(pick("S"), "b");
  EXPECT_EQ(pick("T"), "b");
  EXPECT_EQ(pick("S"), "c");
  EXPECT_EQ(pick("S"), "a");
}

TEST_F(CatalogTest, PassesOverWhoCannotBeReached) {
  map.serve("a", {"S"});
  map.serve("b", {"S"});
  EXPECT_EQ(pick("S", "a"), "b");
  EXPECT_EQ(pick("S", "a"), "b");
  EXPECT_EQ(pick("S", "b"), "a");
  map.serve("c", {"T"});
  EXPECT_EQ(pick("T", "c"), "nobody");
}

TEST_F(CatalogTest, NeverTakesItself) {
  map.serve("me", {"S"});
  EXPECT_EQ(pick("S"), "nobody");
  EXPECT_TRUE(catalog.nodes_with(map.topology, "S").empty());
}

TEST_F(CatalogTest, FollowsTheMapAndGoesOnInTurn) {
  map.serve("a", {"S"});
  map.serve("b", {"S"});
  EXPECT_EQ(pick("S"), "a");
  map.serve("c", {"S"});
  EXPECT_EQ(pick("S"), "b");
  map.serve("c", {});
  EXPECT_EQ(pick("S"), "a");
  map.topology.forget("a");
  EXPECT_EQ(pick("S"), "b");
  map.topology.forget("b");
  EXPECT_EQ(pick("S"), "nobody");
}

TEST_F(CatalogTest, FollowsEachServerThatANodeAddsAndDrops) {
  map.serve("a", {"S", "T"});
  map.serve("b", {"S"});
  EXPECT_EQ(catalog.nodes_with(map.topology, "T"), (std::vector<std::string>{"a"}));
  map.serve("a", {"T", "U"});
  map.serve("b", {"S", "U"});
  EXPECT_EQ(catalog.nodes_with(map.topology, "S"), (std::vector<std::string>{"b"}));
  EXPECT_EQ(catalog.nodes_with(map.topology, "T"), (std::vector<std::string>{"a"}));
  EXPECT_EQ(catalog.nodes_with(map.topology, "U"), (std::vector<std::string>{"a", "b"}));
  map.topology.forget("a");
  map.serve("c", {"T"});
  EXPECT_EQ(catalog.nodes_with(map.topology, "T"), (std::vector<std::string>{"c"}));
  EXPECT_EQ(catalog.nodes_with(map.topology, "U"), (std::vector<std::string>{"b"}));
}

TEST_F(CatalogTest, GoesOnInTurnWhenOneComesInFront) {
  map.serve("b", {"S"});
  map.serve("c", {"S"});
  EXPECT_EQ(pick("S"), "b");
  map.serve("a", {"S"});
  EXPECT_EQ(pick("S"), "c");
  EXPECT_EQ(pick("S"), "a");
}

TEST_F(CatalogTest, NamesAllThatHaveTheServerOnce) {
  map.serve("b", {"S", "S"});
  map.serve("a", {"S"});
  EXPECT_EQ(catalog.nodes_with(map.topology, "S"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(catalog.nodes_with(map.topology, "T").empty());
}

}  // namespace
}  // namespace relay::mesh
