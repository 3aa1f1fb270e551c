#include "mesh/route_json.h"

#include <gtest/gtest.h>

#include "mesh/mesh_fixture.h"

namespace relay::mesh {
namespace {

TEST(RouteJson, OfTheNodeItselfHasNoStep) {
  MeshFixture node;
  EXPECT_EQ(
      *node.mesh.route_json("m"),
      R"({"node":"m","asked":"m","from":"m","by":"self","hops":0,"cost_us":0,"path":["m"],"steps":[]})");
}

TEST(RouteJson, OfALinkHasNoCostUntilTheMapStatesIt) {
  MeshFixture node;
  node.link("x");
  EXPECT_EQ(*node.mesh.route_json("x"),
            R"({"node":"x","asked":"x","from":"m","by":"link","hops":1,"cost_us":null,"path":["m","x"],)"
            R"("steps":[{"from":"m","to":"x","cost_us":null}]})");
}

TEST(RouteJson, TakesTheDearerOfTheTwoCostsOfAnEdge) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "b", R"("inc":7,"seq":1)", R"("m":4096,"x":1024)"));
  b.send(MeshFixture::news("b", "x", R"("inc":7,"seq":1)", R"("b":2048)"));
  node.pass(std::chrono::seconds(2));
  EXPECT_EQ(*node.mesh.route_json("x"),
            R"({"node":"x","asked":"x","from":"m","by":"map","hops":2,"cost_us":6144,"path":["m","b","x"],)"
            R"("steps":[{"from":"m","to":"b","cost_us":4096},{"from":"b","to":"x","cost_us":2048}]})");
}

TEST(RouteJson, EndsWithTheHopToAForeignPeer) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "b", R"("inc":7,"seq":1)", R"("m":1024)", R"(,"foreign":{"f":512})"));
  node.pass(std::chrono::seconds(2));
  const Result<std::string> route = node.mesh.route_json("f");
  ASSERT_TRUE(route) << route.error().detail;
  EXPECT_NE(route->find(R"("path":["m","b","f"])"), std::string::npos) << *route;
  EXPECT_NE(route->find(R"({"from":"b","to":"f","cost_us":512})"), std::string::npos) << *route;
}

TEST(RouteJson, SaysWhyThereIsNoWay) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "x", R"("inc":7,"seq":1)", ""));
  node.settle();
  EXPECT_EQ(node.mesh.route_json("x").error().code, Errc::kNoRoute);
  EXPECT_EQ(node.mesh.route_json("nobody").error().code, Errc::kUnknownNode);
}

TEST(RouteJson, SendsNothing) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "b", R"("inc":7,"seq":1)", R"("m":1024,"x":1024)"));
  b.send(MeshFixture::news("b", "x", R"("inc":7,"seq":1)", R"("b":1024)"));
  node.pass(std::chrono::seconds(2));
  b.received();
  ASSERT_TRUE(node.mesh.route_json("x"));
  node.settle();
  EXPECT_TRUE(b.received().empty());
}

}  // namespace
}  // namespace relay::mesh
