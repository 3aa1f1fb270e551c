#include "mesh/forward_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "mesh/instants.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

ForwardTable::Entry entry(std::string origin, std::string id, LinkId out = 2, Instant deadline = at(30),
                          std::uint64_t tag = 0) {
  return {.origin = std::move(origin),
          .id = std::move(id),
          .target = "t",
          .in = 1,
          .out = out,
          .deadline = deadline,
          .tag = tag};
}

TEST(ForwardTable, FindsTheWayBackOfACallByItsOriginAndId) {
  ForwardTable table;
  ASSERT_NE(table.add(entry("a", "1")), nullptr);
  ASSERT_NE(table.add(entry("b", "1", 3)), nullptr);
  EXPECT_EQ(table.find("a", "1")->out, 2u);
  EXPECT_EQ(table.find("b", "1")->out, 3u);
  EXPECT_EQ(table.find("a", "2"), nullptr);
  EXPECT_EQ(table.find("a1", ""), nullptr);
  EXPECT_EQ(table.take("a", "1")->origin, "a");
  EXPECT_FALSE(table.take("a", "1"));
  EXPECT_EQ(table.size(), 1u);
}

TEST(ForwardTable, FindsWhatTheOutLinkGaveBackByItsTag) {
  ForwardTable table;
  (void)table.add(entry("a", "1", 2, at(30), 77));
  table.find_tag(77)->is_unwritten = true;
  EXPECT_TRUE(table.find("a", "1")->is_unwritten);
  EXPECT_EQ(table.find_tag(78), nullptr);
  (void)table.take("a", "1");
  EXPECT_EQ(table.find_tag(77), nullptr);
  (void)table.add(entry("a", "2"));
  EXPECT_EQ(table.find_tag(0), nullptr);
}

TEST(ForwardTable, GivesBackWhatWentOutByALinkInItsOrder) {
  ForwardTable table;
  (void)table.add(entry("a", "1", 7));
  (void)table.add(entry("a", "2", 8));
  (void)table.add(entry("b", "3", 7));
  EXPECT_EQ(table.count_on(7), 2u);
  const std::vector<ForwardTable::Entry> lost = table.take_out_link(7);
  ASSERT_EQ(lost.size(), 2u);
  EXPECT_EQ(lost[0].id, "1");
  EXPECT_EQ(lost[1].id, "3");
  EXPECT_TRUE(table.take_out_link(7).empty());
  EXPECT_EQ(table.size(), 1u);
}

TEST(ForwardTable, DropsWhatIsOver) {
  ForwardTable table;
  (void)table.add(entry("a", "1", 2, at(10), 1));
  (void)table.add(entry("a", "2", 2, at(5), 2));
  (void)table.add(entry("a", "3", 2, kNoDeadline, 3));
  EXPECT_EQ(table.next_deadline(), at(5));
  EXPECT_EQ(table.expire(at(4)), 0u);
  EXPECT_EQ(table.expire(at(10)), 2u);
  EXPECT_EQ(table.find_tag(1), nullptr);
  EXPECT_EQ(table.count_on(2), 1u);
  EXPECT_EQ(table.next_deadline(), kNoDeadline);
}

TEST(ForwardTable, KeepsOneOfTwoWithTheSameOriginAndId) {
  ForwardTable table;
  (void)table.add(entry("a", "1", 2, at(5), 1));
  (void)table.add(entry("a", "1", 3, at(9), 2));
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(table.find("a", "1")->out, 3u);
  EXPECT_EQ(table.find_tag(1), nullptr);
  EXPECT_EQ(table.count_on(2), 0u);
}

TEST(ForwardTable, RefusesWhenFullAndHasRoomAgainAfterAReply) {
  ForwardTable table;
  for (std::size_t i = 0; i < kMaxForwarded; ++i)
    ASSERT_NE(table.add(entry("a", std::to_string(i))), nullptr);
  EXPECT_EQ(table.add(entry("b", "one too many")), nullptr);
  EXPECT_EQ(table.find("b", "one too many"), nullptr);
  (void)table.take("a", "5");
  EXPECT_NE(table.add(entry("b", "one too many")), nullptr);
}

// A map of everything, searched through.
RC_GTEST_PROP(ForwardTable, DoesWhatASearchThroughAllWouldDo, ()) {
  ForwardTable table;
  std::map<std::pair<std::string, std::string>, ForwardTable::Entry> model;
  std::uint64_t tag = 0;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
  for (const int step : steps) {
    const std::string origin(1, static_cast<char>('a' + step % 3));
    const std::string id = std::to_string(step / 3 % 5);
    const LinkId link = 1 + step / 15 % 3;
    const Instant when = at(step % 7);
    switch (step / 100) {
      case 0: {
        const auto taken = table.take(origin, id);
        RC_ASSERT(taken.has_value() == (model.erase({origin, id}) != 0));
        break;
      }
      case 1: {
        const std::size_t dropped = table.expire(when);
        RC_ASSERT(dropped ==
                  std::erase_if(model, [&](const auto& each) { return each.second.deadline <= when; }));
        break;
      }
      case 2: {
        const auto lost = table.take_out_link(link);
        RC_ASSERT(lost.size() ==
                  std::erase_if(model, [&](const auto& each) { return each.second.out == link; }));
        break;
      }
      default: {
        const ForwardTable::Entry made = entry(origin, id, link, when, ++tag);
        RC_ASSERT(table.add(made) != nullptr);
        model[{origin, id}] = made;
      }
    }
    RC_ASSERT(table.size() == model.size());
    std::map<LinkId, std::size_t> on_link;
    for (const auto& [key, expected] : model) {
      const ForwardTable::Entry* found = table.find(key.first, key.second);
      RC_ASSERT(found != nullptr);
      RC_ASSERT(found->tag == expected.tag);
      RC_ASSERT(table.find_tag(expected.tag) == found);
      ++on_link[expected.out];
    }
    for (LinkId each = 1; each <= 3; ++each) RC_ASSERT(table.count_on(each) == on_link[each]);
  }
}

}  // namespace
}  // namespace relay::mesh
