#include "actor/wait_graph.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

using Place = WaitGraph::Place;

class WaitGraphTest : public ::testing::Test {
 protected:
  // a, b, c, d are the actors 1 to 4.
  std::string wait(char from, std::string_view method, char to, std::string_view called, WaitId id = {1, 0}) {
    return graph.add(number(from), {name(from), method}, id, number(to), {name(to), called});
  }
  static ActorId number(char server) { return static_cast<ActorId>(server - 'a' + 1); }
  static std::string_view name(char server) { return std::string_view("abcd").substr(static_cast<std::size_t>(server - 'a'), 1); }

  WaitGraph graph;
};

TEST_F(WaitGraphTest, AChainIsNoCycle) {
  EXPECT_EQ(wait('a', "x", 'b', "y"), "");
  EXPECT_EQ(wait('b', "y", 'c', "z"), "");
  EXPECT_EQ(graph.edge_count(), 2u);
}

TEST_F(WaitGraphTest, NamesTheCycleThatACallWouldClose) {
  EXPECT_EQ(wait('a', "x", 'b', "y"), "");
  EXPECT_EQ(wait('b', "y", 'a', "z"), "a.x -> b.y -> a.z");
  EXPECT_EQ(graph.edge_count(), 1u);
}

TEST_F(WaitGraphTest, FindsLongCyclesAndCallsToOneself) {
  EXPECT_EQ(wait('a', "x", 'a', "y"), "a.x -> a.y");
  EXPECT_EQ(wait('a', "x", 'b', "y"), "");
  EXPECT_EQ(wait('b', "y", 'c', "z"), "");
  EXPECT_EQ(wait('c', "z", 'a', "w"), "a.x -> b.y -> c.z -> a.w");
}

TEST_F(WaitGraphTest, AnAnswerOpensTheWay) {
  EXPECT_EQ(wait('a', "x", 'b', "y"), "");
  graph.remove(number('a'), {1, 0});
  EXPECT_EQ(wait('b', "y", 'a', "z"), "");
}

TEST_F(WaitGraphTest, ALateAnswerDoesNotOpenANewWait) {
  EXPECT_EQ(wait('a', "x", 'b', "y", {2, 0}), "");
  graph.remove(number('a'), {1, 0});
  EXPECT_EQ(graph.edge_count(), 1u);
}

TEST_F(WaitGraphTest, FollowsEachBranchOfManyCalls) {
  EXPECT_EQ(wait('a', "x", 'b', "y", {1, 0}), "");
  EXPECT_EQ(wait('a', "x", 'c', "y", {1, 1}), "");
  EXPECT_EQ(wait('a', "x", 'd', "y", {1, 2}), "");
  EXPECT_EQ(wait('c', "y", 'a', "z"), "a.x -> c.y -> a.z");
  graph.remove(number('a'), {1, 1});
  EXPECT_EQ(wait('c', "y", 'a', "z"), "");
  EXPECT_EQ(wait('d', "y", 'c', "z"), "c.y -> a.x -> d.y -> c.z");
}

TEST_F(WaitGraphTest, ForgetsAllWaitsOfOneAtOnce) {
  EXPECT_EQ(wait('a', "x", 'b', "y", {1, 0}), "");
  EXPECT_EQ(wait('a', "x", 'c', "y", {1, 1}), "");
  graph.remove_all(number('a'));
  EXPECT_EQ(graph.edge_count(), 0u);
}

}  // namespace
}  // namespace relay
