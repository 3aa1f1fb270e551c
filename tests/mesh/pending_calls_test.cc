#include "mesh/pending_calls.h"

#include <gtest/gtest.h>

#include <set>

#include "mesh/instants.h"
#include "mesh/mesh_limits.h"
#include "mesh/message_ids.h"

namespace relay::mesh {
namespace {

using std::chrono::milliseconds;

PendingCall call_to(std::string target, Instant deadline = kNoDeadline, LinkId out = 0) {
  PendingCall call;
  call.target = std::move(target);
  call.deadline = deadline;
  call.out = out;
  return call;
}

// Words that differ, for as long as the program runs.
class Words final : public RandomSource {
 public:
  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = last_ += 0x9E3779B97F4A7C15u;
  }

 private:
  std::uint64_t last_ = 0;
};
Words random;

std::vector<std::string> targets(const std::vector<PendingCall>& calls) {
  std::vector<std::string> names;
  names.reserve(calls.size());
  for (const PendingCall& call : calls) names.push_back(call.target);
  return names;
}

TEST(PendingCalls, FindsACallByItsIdAndByTheTextOfItsId) {
  PendingCalls calls(random);
  const PendingCalls::Id id = calls.add(call_to("b"));
  ASSERT_NE(calls.find(id), nullptr);
  EXPECT_EQ(calls.find(id)->target, "b");
  EXPECT_EQ(calls.find(calls.text(id)), calls.find(id));
  EXPECT_EQ(calls.find(id)->id, id);
}

TEST(PendingCalls, KnowsNoIdOfAnotherStartNorOfAnotherForm) {
  PendingCalls calls(random);
  PendingCalls earlier(random);
  const PendingCalls::Id id = calls.add(call_to("b"));
  const std::string text = calls.text(id);
  EXPECT_EQ(calls.find(earlier.text(earlier.add(call_to("b")))), nullptr);
  const std::string number = text.substr(0, text.find('.'));
  const std::string secret = text.substr(text.find('.'));
  for (const std::string& other : {text + " ", number, number + ".", secret, "-" + text, number + ".-1",
                                   number + ".zzzzzzzzzzzzzzzzzzzz", std::string()}) {
    EXPECT_EQ(calls.find(other), nullptr) << other;
  }
  EXPECT_EQ(calls.find(PendingCalls::Id{0}), nullptr);
}

TEST(PendingCalls, TakesNoReplyOfOneWhoGuesses) {
  PendingCalls calls(random);
  const std::string text = calls.text(calls.add(call_to("b")));
  const std::string number = text.substr(0, text.find('.') + 1);
  EXPECT_NE(calls.find(text), nullptr);
  for (int guess = 0; guess < 1000; ++guess) EXPECT_EQ(calls.find(number + std::to_string(guess)), nullptr);
}

TEST(PendingCalls, MakesNoIdThatAMessageOfThisNodeCanHave) {
  PendingCalls calls(random);
  MessageIds ids(random);
  EXPECT_EQ(calls.text(calls.add(call_to("b"))).find('-'), std::string::npos);
  EXPECT_NE(ids.next().find('-'), std::string::npos);
  EXPECT_NE(ids.next(), ids.next());
}

TEST(PendingCalls, NeverMeetsALateReplyWithAYoungerCall) {
  PendingCalls calls(random);
  const PendingCalls::Id first = calls.add(call_to("b"));
  ASSERT_TRUE(calls.take(first));
  const PendingCalls::Id second = calls.add(call_to("c"));
  EXPECT_NE(first, second);
  EXPECT_EQ(calls.find(first), nullptr);
  EXPECT_FALSE(calls.take(first));
  EXPECT_EQ(calls.find(second)->target, "c");
}

TEST(PendingCalls, GivesEachCallToOneTakerOnly) {
  PendingCalls calls(random);
  const PendingCalls::Id id = calls.add(call_to("b", at_ms(5), 3));
  EXPECT_EQ(calls.take(id)->target, "b");
  EXPECT_FALSE(calls.take(id));
  EXPECT_FALSE(calls.take_expired(at_ms(100)));
  EXPECT_TRUE(calls.take_out_link(3).empty());
  EXPECT_EQ(calls.size(), 0u);
}

TEST(PendingCalls, ExpiresTheEarliestDeadlineFirstAndKeepsWhatHasNone) {
  PendingCalls calls(random);
  (void)calls.add(call_to("late", at_ms(30)));
  (void)calls.add(call_to("never"));
  (void)calls.add(call_to("soon", at_ms(10)));
  EXPECT_EQ(calls.next_deadline(), at_ms(10));
  EXPECT_FALSE(calls.take_expired(at_ms(9)));
  EXPECT_EQ(calls.take_expired(at_ms(10))->target, "soon");
  EXPECT_EQ(calls.next_deadline(), at_ms(30));
  EXPECT_EQ(calls.take_expired(at_ms(40))->target, "late");
  EXPECT_FALSE(calls.take_expired(at_ms(1'000'000)));
  EXPECT_EQ(calls.next_deadline(), kNoDeadline);
  EXPECT_EQ(calls.size(), 1u);
}

TEST(PendingCalls, GivesBackWhatWentOutByALinkInTheOrderSent) {
  PendingCalls calls(random);
  (void)calls.add(call_to("a", kNoDeadline, 7));
  const PendingCalls::Id moved = calls.add(call_to("b", kNoDeadline, 8));
  (void)calls.add(call_to("c", kNoDeadline, 7));
  calls.sent_by(moved, 7);
  EXPECT_EQ(calls.count_on(7), 3u);
  EXPECT_EQ(calls.count_on(8), 0u);
  EXPECT_EQ(calls.find(moved)->out, 7u);
  EXPECT_EQ(targets(calls.take_out_link(7)), (std::vector<std::string>{"a", "c", "b"}));
  EXPECT_EQ(calls.count_on(7), 0u);
  EXPECT_EQ(calls.size(), 0u);
}

TEST(PendingCalls, LosesNothingOfALinkWhenACallInTheMiddleIsAnswered) {
  PendingCalls calls(random);
  std::vector<PendingCalls::Id> ids;
  for (const char* name : {"a", "b", "c", "d"}) ids.push_back(calls.add(call_to(name, kNoDeadline, 7)));
  EXPECT_TRUE(calls.take(ids[1]));
  EXPECT_TRUE(calls.take(ids[3]));
  EXPECT_EQ(calls.count_on(7), 2u);
  EXPECT_EQ(targets(calls.take_out_link(7)), (std::vector<std::string>{"a", "c"}));
}

TEST(PendingCalls, RefusesWhenFullAndLeavesTheCallToItsOwner) {
  PendingCalls calls(random);
  for (std::size_t i = 0; i < kMaxPendingCalls; ++i) ASSERT_NE(calls.add(call_to("b")), 0u);
  PendingCall one_more = call_to("still here");
  EXPECT_EQ(calls.add(std::move(one_more)), 0u);
  EXPECT_EQ(one_more.target, "still here");
  const PendingCalls::Id some =
      calls.find(calls.take_all().front().id) == nullptr ? calls.add(std::move(one_more)) : 0;
  EXPECT_NE(some, 0u);
  EXPECT_EQ(calls.size(), 1u);
}

TEST(PendingCalls, GivesEverythingBackAtTheEnd) {
  PendingCalls calls(random);
  (void)calls.add(call_to("a", at_ms(5), 1));
  (void)calls.take(calls.add(call_to("b", at_ms(6), 1)));
  (void)calls.add(call_to("c"));
  std::set<std::string> seen;
  calls.each([&](const PendingCall& call) { seen.insert(call.target); });
  EXPECT_EQ(seen, (std::set<std::string>{"a", "c"}));
  EXPECT_EQ(targets(calls.take_all()), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(calls.size(), 0u);
  EXPECT_EQ(calls.next_deadline(), kNoDeadline);
}

TEST(PendingCalls, KeepsACallWhereItIsWhileOthersComeAndGo) {
  PendingCalls calls(random);
  const PendingCalls::Id id = calls.add(call_to("b"));
  const PendingCall* before = calls.find(id);
  for (int i = 0; i < 1000; ++i) (void)calls.add(call_to("other", at_ms(i)));
  while (calls.take_expired(at_ms(10'000))) {
  }
  EXPECT_EQ(calls.find(id), before);
  EXPECT_EQ(before->target, "b");
}

}  // namespace
}  // namespace relay::mesh
