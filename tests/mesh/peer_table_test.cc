#include "mesh/peer_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

WallTime wall(int s) {
  return WallTime(std::chrono::seconds(s));
}

// The table of node "me", and the words of its tests.
class PeerTableTest : public testing::Test {
 protected:
  std::string add(std::string_view alias, std::string_view address) {
    Result<std::string> name = peers.add(alias, address);
    return name ? *name : "error: " + name.error().detail;
  }
  void dial(std::string_view name, std::string_view id) { peers.linked(name, id, "", wall(1)); }
  void dials_in(std::string_view id, std::string_view address = "") {
    peers.linked("", id, address, wall(1));
  }
  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const PeerEntry* entry : peers.all()) all.push_back(entry->name);
    return all;
  }
  using Names = std::vector<std::string>;

  PeerTable peers{"me"};
};

TEST_F(PeerTableTest, StandsUnderTheAliasAndShowsTheRealIdOnceKnown) {
  EXPECT_EQ(add("node1", "http://localhost:8080"), "node1");
  ASSERT_NE(peers.find("node1"), nullptr);
  EXPECT_EQ(peers.find("node1")->node_id, "");
  EXPECT_EQ(peers.find("node1")->address, "localhost:8080");
  EXPECT_FALSE(peers.find("node1")->is_healthy);
  dial("node1", "a1b2");
  EXPECT_EQ(names(), (Names{"node1"}));
  EXPECT_EQ(peers.find("node1")->node_id, "a1b2");
  EXPECT_TRUE(peers.find("node1")->is_healthy);
  EXPECT_EQ(peers.find("a1b2"), peers.find("node1"));
  EXPECT_EQ(peers.resolve("node1"), "a1b2");
  EXPECT_EQ(peers.resolve("a1b2"), "a1b2");
}

TEST_F(PeerTableTest, StandsUnderItsAddressUntilItsIdIsKnown) {
  EXPECT_EQ(add("", "http://localhost:8080"), "localhost:8080");
  EXPECT_EQ(names(), (Names{"localhost:8080"}));
  dial("localhost:8080", "b");
  EXPECT_EQ(names(), (Names{"b"}));
  EXPECT_EQ(peers.resolve("localhost:8080"), "b");
  EXPECT_EQ(peers.find("b")->dial_names, (Names{"localhost:8080"}));
}

TEST_F(PeerTableTest, TakesANameThatNobodyHasAsAnId) {
  EXPECT_EQ(peers.resolve("far-away"), "far-away");
  EXPECT_EQ(peers.find("far-away"), nullptr);
  add("node1", "h:1");
  EXPECT_EQ(peers.resolve("node1"), "node1");
}

TEST_F(PeerTableTest, RefusesToAddItselfAndWhatIsNoNameOrAddress) {
  EXPECT_EQ(peers.add("me", "h:1").error().code, Errc::kDenied);
  EXPECT_EQ(peers.add("a b", "h:1").error().code, Errc::kParse);
  EXPECT_EQ(peers.add("rpc", "h:1").error().code, Errc::kParse);
  EXPECT_EQ(peers.add("a", "h").error().code, Errc::kParse);
  EXPECT_TRUE(peers.all().empty());
}

TEST_F(PeerTableTest, ChangesTheAddressWhenTheSameAliasIsAddedAgain) {
  add("node1", "h:1");
  dial("node1", "b");
  EXPECT_EQ(add("node1", "h:2"), "node1");
  EXPECT_EQ(peers.find("b")->address, "h:2");
  EXPECT_EQ(names(), (Names{"node1"}));
}

TEST_F(PeerTableTest, KnowsAPeerByEveryNameThatItWasGiven) {
  add("one", "h:1");
  EXPECT_EQ(add("two", "h:1"), "one");
  EXPECT_EQ(add("", "h:1"), "one");
  dial("one", "b");
  EXPECT_EQ(names(), (Names{"one"}));
  EXPECT_EQ(peers.resolve("two"), "b");
  EXPECT_EQ(peers.resolve("one"), "b");
}

TEST_F(PeerTableTest, GivesAPeerThatWasAddedByAddressTheNameThatItGetsLater) {
  add("", "h:1");
  dial("h:1", "b");
  EXPECT_EQ(add("node1", "h:1"), "node1");
  EXPECT_EQ(names(), (Names{"node1"}));
  EXPECT_EQ(peers.find("node1")->node_id, "b");
  EXPECT_EQ(peers.find("node1")->dial_names, (Names{"h:1"}));
}

TEST_F(PeerTableTest, MakesOneOfTwoEntriesThatTurnOutToBeTheSameNode) {
  dials_in("b", "192.0.2.1:9");
  add("node1", "h:1");
  EXPECT_EQ(names(), (Names{"b", "node1"}));
  dial("node1", "b");
  EXPECT_EQ(names(), (Names{"node1"}));
  EXPECT_EQ(peers.find("node1")->address, "h:1");
  EXPECT_EQ(peers.healthy_count(), 1u);
}

TEST_F(PeerTableTest, KeepsBothNamesAndDialNamesOfTwoAliasesOfOneNode) {
  add("one", "h:1");
  add("two", "h:2");
  dial("one", "b");
  dial("two", "b");
  EXPECT_EQ(names(), (Names{"one"}));
  EXPECT_EQ(peers.resolve("two"), "b");
  EXPECT_EQ(peers.find("b")->dial_names, (Names{"one", "two"}));
  EXPECT_EQ(peers.find_dialled("two"), peers.find("b"));
  EXPECT_EQ(peers.find("b")->address, "h:1");
}

TEST_F(PeerTableTest, TakesTheAddressThatLeadsToThePeerWhenTheOtherOneDoesNot) {
  add("one", "h:1");
  add("two", "h:2");
  dial("one", "b");
  peers.unlinked("b", wall(2));
  dial("two", "b");
  EXPECT_EQ(peers.find("b")->address, "h:2");
}

TEST_F(PeerTableTest, LetsARealIdBeatAnAliasOfTheSameName) {
  add("node1", "h:1");
  dial("node1", "b");
  dials_in("node1", "192.0.2.1:9");
  EXPECT_EQ(names(), (Names{"b", "node1"}));
  EXPECT_EQ(peers.resolve("node1"), "node1");
  EXPECT_EQ(peers.find("node1")->address, "192.0.2.1:9");
  EXPECT_FALSE(peers.find("node1")->is_configured);
  EXPECT_EQ(peers.find("b")->address, "h:1");
  EXPECT_EQ(peers.find_dialled("node1"), peers.find("b"));
}

TEST_F(PeerTableTest, GivesTheAliasOfANodeThatNobodyKnowsYetToWhoDialsInUnderIt) {
  add("node1", "h:1");
  dials_in("node1", "192.0.2.1:9");
  EXPECT_EQ(names(), (Names{"node1"}));
  EXPECT_EQ(peers.find("node1")->address, "h:1");
  EXPECT_TRUE(peers.find("node1")->is_configured);
  EXPECT_TRUE(peers.find("node1")->is_healthy);
}

TEST_F(PeerTableTest, TellsWhoDialledInFromWhoIsDialledWhenTheyDifferAfterAll) {
  add("node1", "h:1");
  dials_in("node1");
  dial("node1", "b");
  EXPECT_EQ(names(), (Names{"b", "node1"}));
  EXPECT_TRUE(peers.find("node1")->is_healthy);
  EXPECT_FALSE(peers.find("node1")->is_configured);
  EXPECT_TRUE(peers.find("b")->is_configured);
  EXPECT_EQ(peers.healthy_count(), 2u);
}

TEST_F(PeerTableTest, FollowsAPeerThatStartsAgainUnderANewId) {
  add("node1", "h:1");
  add("", "h:2");
  dial("node1", "b");
  dial("h:2", "c");
  peers.unlinked("b", wall(2));
  peers.unlinked("c", wall(2));
  dial("node1", "b2");
  dial("h:2", "c2");
  EXPECT_EQ(names(), (Names{"c2", "node1"}));
  EXPECT_EQ(peers.resolve("node1"), "b2");
  EXPECT_EQ(peers.find("b"), nullptr);
  EXPECT_EQ(peers.find("c"), nullptr);
  EXPECT_EQ(peers.healthy_count(), 2u);
}

TEST_F(PeerTableTest, LeavesNothingOfAnOldIdWhenTheNewOneHadDialledIn) {
  add("node1", "h:1");
  dial("node1", "b");
  peers.unlinked("b", wall(2));
  dials_in("b2");
  dial("node1", "b2");
  EXPECT_EQ(names(), (Names{"node1"}));
  EXPECT_EQ(peers.find("b"), nullptr);
  EXPECT_EQ(peers.find("node1")->node_id, "b2");
}

TEST_F(PeerTableTest, RefusesARemovedPeerUntilItIsAddedAgain) {
  add("node1", "h:1");
  dial("node1", "b");
  const Result<PeerEntry> removed = peers.remove("node1");
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->node_id, "b");
  EXPECT_EQ(removed->dial_names, (Names{"node1"}));
  EXPECT_TRUE(peers.is_refused("b"));
  EXPECT_FALSE(peers.is_refused("node1"));
  EXPECT_TRUE(peers.all().empty());
  EXPECT_EQ(peers.resolve("node1"), "node1");
  add("node1", "h:7");
  EXPECT_FALSE(peers.is_refused("b"));
}

TEST_F(PeerTableTest, TakesAnIdBackByAnyOfItsNames) {
  for (const auto& [alias, address] : std::vector<std::pair<std::string, std::string>>{
           {"b", "h:9"}, {"one", "h:9"}, {"", "h:1"}, {"new", "h:1"}}) {
    PeerTable table("me");
    ASSERT_TRUE(table.add("one", "h:1"));
    table.linked("one", "b", "", wall(1));
    ASSERT_TRUE(table.remove("b"));
    ASSERT_TRUE(table.is_refused("b"));
    ASSERT_TRUE(table.add(alias, address));
    EXPECT_FALSE(table.is_refused("b")) << alias << ' ' << address;
  }
}

TEST_F(PeerTableTest, WantsARemovedNodeThatIsAddedUnderAnotherNameAndAddress) {
  dials_in("b");
  ASSERT_TRUE(peers.remove("b"));
  add("other", "h:5");
  EXPECT_TRUE(peers.is_refused("b"));
  EXPECT_FALSE(peers.is_refused("b", "other"));
  dial("other", "b");
  EXPECT_FALSE(peers.is_refused("b"));
}

TEST_F(PeerTableTest, GoesOnRefusingWhatWasRemovedAfterTheOtherNameWasAdded) {
  add("other", "h:5");
  dials_in("b");
  ASSERT_TRUE(peers.remove("b"));
  EXPECT_TRUE(peers.is_refused("b", "other"));
}

TEST_F(PeerTableTest, RefusesTheAliasOfAPeerWhoseIdIsNotKnown) {
  add("node1", "h:1");
  ASSERT_TRUE(peers.remove("node1"));
  EXPECT_TRUE(peers.is_refused("node1"));
  add("", "h:2");
  ASSERT_TRUE(peers.remove("h:2"));
  EXPECT_EQ(peers.remove("h:2").error().code, Errc::kUnknownNode);
}

TEST_F(PeerTableTest, RemovesByIdAliasOrAddress) {
  for (const char* name : {"node1", "b", "h:1"}) {
    add("node1", "h:1");
    dial("node1", "b");
    EXPECT_TRUE(peers.remove(name)) << name;
    EXPECT_TRUE(peers.all().empty());
  }
  EXPECT_EQ(peers.remove("nobody").error().code, Errc::kUnknownNode);
}

TEST_F(PeerTableTest, KeepsWhoWasAddedAndForgetsWhoOnlyDialledIn) {
  add("node1", "h:1");
  dial("node1", "b");
  dials_in("c");
  dials_in("d");
  peers.unlinked("b", wall(10));
  peers.unlinked("c", wall(10));
  peers.forget(wall(10));
  EXPECT_EQ(names(), (Names{"c", "d", "node1"}));
  peers.forget(wall(11));
  EXPECT_EQ(names(), (Names{"d", "node1"}));
  EXPECT_FALSE(peers.find("node1")->is_healthy);
  EXPECT_EQ(peers.healthy_count(), 1u);
}

TEST_F(PeerTableTest, RecordsWhenAPeerWasSeenAndWhereItSaysThatItIs) {
  dials_in("c", "192.0.2.1:9");
  peers.heard("c", wall(5));
  peers.heard("nobody", wall(6));
  EXPECT_EQ(peers.find("c")->last_seen, wall(5));
  EXPECT_EQ(peers.find("192.0.2.1:9"), peers.find("c"));
  dials_in("c", "192.0.2.1:10");
  EXPECT_EQ(peers.find("c")->address, "192.0.2.1:10");
  peers.set_state("c", "closing");
  EXPECT_EQ(peers.find("c")->state, "closing");
}

TEST_F(PeerTableTest, RefusesMoreConfiguredPeersThanItsBound) {
  for (std::size_t i = 0; i < kMaxConfiguredPeers; ++i) {
    ASSERT_TRUE(peers.add("n" + std::to_string(i), "h:" + std::to_string(i + 1)));
  }
  EXPECT_EQ(peers.add("more", "x:1").error().code, Errc::kOverloaded);
  EXPECT_EQ(peers.add("", "x:1").error().code, Errc::kOverloaded);
  EXPECT_TRUE(peers.add("n5", "x:1"));
  EXPECT_EQ(peers.all().size(), kMaxConfiguredPeers);
}

TEST_F(PeerTableTest, ForgetsTheOldestRefusalPastItsBound) {
  for (std::size_t i = 0; i <= kMaxRefusedIds; ++i) {
    dials_in("n" + std::to_string(i));
    ASSERT_TRUE(peers.remove("n" + std::to_string(i)));
  }
  EXPECT_FALSE(peers.is_refused("n0"));
  EXPECT_TRUE(peers.is_refused("n1"));
  EXPECT_TRUE(peers.is_refused("n" + std::to_string(kMaxRefusedIds)));
}

TEST_F(PeerTableTest, IsNotFilledByPeersThatComeUnderEverNewIds) {
  add("node1", "h:1");
  dials_in("stays");
  for (int i = 0; i < 7000; ++i) {
    const std::string id = "n" + std::to_string(i);
    dials_in(id);
    peers.unlinked(id, wall(10 + i));
  }
  EXPECT_LE(peers.all().size(), kMaxConfiguredPeers + kMaxLinks);
  EXPECT_NE(peers.find("node1"), nullptr);
  EXPECT_NE(peers.find("stays"), nullptr);
  EXPECT_NE(peers.find("n6999"), nullptr);
  EXPECT_EQ(peers.find("n0"), nullptr);
}

// Whatever operators and peers do, one entry a real id, each found by what it is called.
RC_GTEST_PROP(PeerTable, HasOneEntryANodeAndFindsEachByItsNames, ()) {
  PeerTable peers("me");
  const std::vector<std::string> ids{"a", "b", "c"};
  const std::vector<std::string> addresses{"h:1", "h:2", "h:3"};
  const auto id = [&] { return *rc::gen::elementOf(ids); };
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
  for (const int step : steps) {
    std::vector<std::string> dialled;
    for (const PeerEntry* entry : peers.all()) {
      dialled.insert(dialled.end(), entry->dial_names.begin(), entry->dial_names.end());
    }
    if (step == 0) (void)peers.add(id(), *rc::gen::elementOf(addresses));
    if (step == 1) (void)peers.add("", *rc::gen::elementOf(addresses));
    if (step == 2) (void)peers.remove(id());
    if (step == 3) peers.linked("", id(), *rc::gen::elementOf(addresses), wall(1));
    if (step == 4 && !dialled.empty()) peers.linked(*rc::gen::elementOf(dialled), id(), "", wall(1));
    if (step == 5) peers.unlinked(id(), wall(2));
    std::set<std::string> seen;
    for (const PeerEntry* entry : peers.all()) {
      if (!entry->node_id.empty()) {
        RC_ASSERT(seen.insert(entry->node_id).second);
        RC_ASSERT(peers.find(entry->node_id) == entry);
        RC_ASSERT(peers.resolve(entry->name) == entry->node_id);
      }
      RC_ASSERT(!entry->name.empty());
      RC_ASSERT(entry->is_configured == !entry->dial_names.empty());
      RC_ASSERT(!entry->is_healthy || !entry->node_id.empty());
      for (const std::string& name : entry->dial_names) RC_ASSERT(peers.find_dialled(name) == entry);
    }
  }
}

}  // namespace
}  // namespace relay::mesh
