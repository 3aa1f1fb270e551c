#include "actor/wait_graph.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

using Place = WaitGraph::Place;

class WaitGraphTest : public ::testing::Test {
 protected:
  // a, b, c, d are the actors 1 to 4.
  std::string wait(char from, std::string_view method, char to, std::string_view called, WaitId id = {1, 0}) {
    return graph.add(number(from), {name(from), method}, id, number(to), {name(to), called}).cycle;
  }
  std::uint64_t leave(char from, std::string_view method, WaitId id = {1, 0}) {
    return graph.add_remote(number(from), {name(from), method}, id);
  }
  // A call of chain [n1's call `first`, n2.far.m] comes for target.method.
  std::string arrive(std::uint64_t first, char target, std::string_view method, Place caller = {}) {
    const std::vector<ChainEntry> chain{{"n0", "top", "m", first}, {"n1", "x", "x", first}, {"n2", "far", "m", first}};
    return graph.find_cycle(chain, caller, number(target), {name(target), method});
  }
  static ActorId number(char server) { return static_cast<ActorId>(server - 'a' + 1); }
  static std::string_view name(char server) { return std::string_view("abcd").substr(static_cast<std::size_t>(server - 'a'), 1); }

  WaitGraph graph{"n1"};
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

TEST_F(WaitGraphTest, FindsTheCallToAnotherNodeThatWaitsForWhatComes) {
  const std::uint64_t call = leave('a', "x");
  EXPECT_EQ(arrive(call, 'a', "z"), "x.x@n1 -> far.m@n2 -> a.z@n1");
  EXPECT_EQ(arrive(call, 'b', "z"), "");
  EXPECT_EQ(arrive(call + 1, 'a', "z"), "");
}

TEST_F(WaitGraphTest, FindsItBehindWaitsWithinTheNode) {
  EXPECT_EQ(wait('a', "x", 'b', "y"), "");
  EXPECT_EQ(wait('b', "y", 'c', "z"), "");
  const std::uint64_t call = leave('c', "z");
  EXPECT_EQ(arrive(call, 'a', "w"), "a.x@n1 -> b.y@n1 -> x.x@n1 -> far.m@n2 -> a.w@n1");
  EXPECT_EQ(arrive(call, 'b', "w", {"d", "v"}), "b.y@n1 -> x.x@n1 -> far.m@n2 -> d.v@n1 -> b.w@n1");
}

TEST_F(WaitGraphTest, ACallToAnotherNodeThatIsOverIsInNoCycle) {
  const std::uint64_t first = leave('a', "x", {1, 0});
  const std::uint64_t second = leave('a', "x", {1, 1});
  graph.remove(number('a'), {1, 0});
  EXPECT_EQ(arrive(first, 'a', "z"), "");
  EXPECT_NE(arrive(second, 'a', "z"), "");
  graph.remove_all(number('a'));
  EXPECT_EQ(arrive(second, 'a', "z"), "");
  EXPECT_EQ(graph.edge_count(), 0u);
}

TEST_F(WaitGraphTest, NumbersOfAnEarlierStartMeanNothing) {
  WaitGraph later("n1", 1000);
  const std::uint64_t call = later.add_remote(1, {"a", "x"}, {1, 0});
  EXPECT_EQ(call, 1001u);
  EXPECT_EQ(later.find_cycle({{"n1", "a", "x", 1}}, {}, 1, {"a", "z"}), "");
}

TEST_F(WaitGraphTest, ForgetsAllWaitsOfOneAtOnce) {
  EXPECT_EQ(wait('a', "x", 'b', "y", {1, 0}), "");
  EXPECT_EQ(wait('a', "x", 'c', "y", {1, 1}), "");
  graph.remove_all(number('a'));
  EXPECT_EQ(graph.edge_count(), 0u);
}

}  // namespace
}  // namespace relay
