#include "mesh/remembered_ids.h"

#include <gtest/gtest.h>

#include "mesh/instants.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

struct Remembering {
  bool first_time(const std::string& id, int deadline = 100, int now = 0, const std::string& by = "p") {
    return ids.first_time(by, "f", id, at(deadline), at(now));
  }
  RememberedIds ids{{kMaxForeignIdsOfPeer, kMaxForeignIds}};
};

TEST(RememberedIds, RemembersAnIdUntilItsDeadline) {
  Remembering fixture;
  EXPECT_TRUE(fixture.first_time("x", 3600));
  EXPECT_FALSE(fixture.first_time("x", 3600, 3599));
  EXPECT_TRUE(fixture.first_time("x", 7200, 3600));
  EXPECT_FALSE(fixture.first_time("x", 7200, 3601));
}

TEST(RememberedIds, ForgetsAnIdThatIsOverAlthoughAnOlderOneIsNot) {
  Remembering fixture;
  EXPECT_TRUE(fixture.first_time("long", 3600));
  EXPECT_TRUE(fixture.first_time("short", 1));
  EXPECT_TRUE(fixture.first_time("short", 5, 2));
  EXPECT_FALSE(fixture.first_time("short", 9, 4));
}

TEST(RememberedIds, KnowsARepeatThatComesByAnotherPeer) {
  Remembering fixture;
  EXPECT_TRUE(fixture.first_time("x"));
  EXPECT_FALSE(fixture.first_time("x", 100, 0, "another"));
}

TEST(RememberedIds, TellsOriginsApart) {
  RememberedIds ids{{kMaxForeignIdsOfPeer, kMaxForeignIds}};
  EXPECT_TRUE(ids.first_time("p", "f", "x", at(9), at(0)));
  EXPECT_TRUE(ids.first_time("p", "g", "x", at(9), at(0)));
}

TEST(RememberedIds, ForgetsTheOldestOfAPeerPastItsBound) {
  Remembering fixture;
  for (std::size_t i = 0; i <= kMaxForeignIdsOfPeer; ++i) ASSERT_TRUE(fixture.first_time(std::to_string(i)));
  EXPECT_EQ(fixture.ids.size(), kMaxForeignIdsOfPeer);
  EXPECT_FALSE(fixture.first_time("1"));
  EXPECT_TRUE(fixture.first_time("0"));
}

TEST(RememberedIds, LetsNoPeerMakeTheIdsOfOthersGo) {
  Remembering fixture;
  EXPECT_TRUE(fixture.first_time("honest", 100, 0, "honest"));
  for (int liar = 0; liar < 6; ++liar) {
    const std::string by = "liar " + std::to_string(liar);
    for (std::size_t i = 0; i < kMaxForeignIdsOfPeer; ++i) {
      ASSERT_TRUE(fixture.first_time(by + std::to_string(i), 100, 0, by));
    }
  }
  EXPECT_EQ(fixture.ids.size(), kMaxForeignIds);
  EXPECT_FALSE(fixture.first_time("honest"));
}

}  // namespace
}  // namespace relay::mesh
