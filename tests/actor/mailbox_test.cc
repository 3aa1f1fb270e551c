#include "actor/mailbox.h"

#include <gtest/gtest.h>

#include "value/string.h"

namespace relay {
namespace {

constexpr Instant kStart = Instant(std::chrono::hours(1));
const bytecode::Method kMethods[4];

Message make_message(int number, Instant deadline = kNoDeadline, std::size_t bytes = 0) {
  Message message;
  message.method = &kMethods[number];
  message.deadline = deadline;
  if (bytes != 0) message.args = std::move(*pack(string::make(std::string(bytes, 'x'))));
  return message;
}

class MailboxTest : public ::testing::Test {
 protected:
  Mailbox::Push push(int number, Instant deadline = kNoDeadline, std::size_t bytes = 0) {
    Message message = make_message(number, deadline, bytes);
    return mailbox.push(message);
  }
  Mailbox::Push answer(std::uint64_t wait) {
    Control control{Control::Answer{{wait, 0}, Control::Room{}}};
    return mailbox.push(control);
  }
  // The numbers of the messages taken, in order.
  std::vector<int> taken() {
    std::vector<int> numbers;
    while (!inbox.messages.empty()) {
      numbers.push_back(static_cast<int>(inbox.messages.back().method - kMethods));
      inbox.messages.pop_back();
    }
    return numbers;
  }
  void begin() { (void)mailbox.begin_turn(inbox, kStart); }
  Mailbox::Taken suspend(Instant deadline) { return mailbox.suspend(inbox, deadline, alarm); }

  Mailbox mailbox{{.messages = 4, .bytes = 4096}};
  Mailbox::Inbox inbox;
  Instant alarm = kNoDeadline;
};

using Push = Mailbox::Push;
using Taken = Mailbox::Taken;

TEST_F(MailboxTest, SaysRunItOnceAnIdlePeriod) {
  EXPECT_EQ(push(0), Push::kRunIt);
  EXPECT_EQ(push(1), Push::kQueued);
  begin();
  EXPECT_EQ(push(2), Push::kQueued);
  EXPECT_EQ(taken(), (std::vector{0, 1}));
  EXPECT_EQ(mailbox.take_or_rest(inbox), Taken::kSomething);
  EXPECT_EQ(taken(), (std::vector{2}));
  EXPECT_EQ(mailbox.take_or_rest(inbox), Taken::kNothing);
  EXPECT_EQ(mailbox.state(), Mailbox::State::kIdle);
  EXPECT_EQ(push(3), Push::kRunIt);
}

TEST_F(MailboxTest, RefusesWhenFullAndTakesAgainWhenWorkIsDone) {
  for (int i = 0; i < 4; ++i) EXPECT_NE(push(i), Push::kFull);
  EXPECT_EQ(push(0), Push::kFull);
  begin();
  EXPECT_EQ(push(0), Push::kFull);  // taken, but not finished
  taken();
  EXPECT_EQ(mailbox.take_or_rest(inbox), Taken::kNothing);
  EXPECT_EQ(push(0), Push::kRunIt);
}

TEST_F(MailboxTest, RefusesMoreBytesThanItsBound) {
  EXPECT_EQ(push(0, kNoDeadline, 3000), Push::kRunIt);
  EXPECT_EQ(push(1, kNoDeadline, 3000), Push::kFull);
  EXPECT_EQ(push(2, kNoDeadline, 100), Push::kQueued);
}

TEST_F(MailboxTest, ARefusedMessageStaysWithItsSender) {
  for (int i = 0; i < 4; ++i) push(i);
  Message message = make_message(3, kNoDeadline, 10);
  EXPECT_EQ(mailbox.push(message), Push::kFull);
  EXPECT_EQ(string::text(message.args.value()), "xxxxxxxxxx");
}

TEST_F(MailboxTest, MessagesWaitWhileTheActorWaitsForAnAnswer) {
  push(0);
  begin();
  taken();
  EXPECT_EQ(suspend(kNoDeadline), Taken::kNothing);
  EXPECT_EQ(alarm, kNoDeadline);
  EXPECT_EQ(push(1), Push::kQueued);
  EXPECT_EQ(answer(1), Push::kRunIt);
  EXPECT_EQ(answer(1), Push::kQueued);
  begin();
  EXPECT_EQ(inbox.controls.size(), 2u);
}

TEST_F(MailboxTest, AnAnswerThatCameBeforeTheSuspensionIsNotLost) {
  push(0);
  begin();
  taken();
  EXPECT_EQ(answer(1), Push::kQueued);
  EXPECT_EQ(suspend(kNoDeadline), Taken::kSomething);
  EXPECT_EQ(inbox.controls.size(), 1u);
  EXPECT_EQ(mailbox.state(), Mailbox::State::kRunning);
}

TEST_F(MailboxTest, AnAnswerToAnIdleActorIsNotTaken) { EXPECT_EQ(answer(1), Push::kClosed); }

TEST_F(MailboxTest, AsksForAnAlarmOnlyWhenNoneGoesOffBefore) {
  push(0);
  begin();
  taken();
  EXPECT_EQ(suspend(kStart + std::chrono::seconds(10)), Taken::kNothing);
  EXPECT_EQ(alarm, kStart + std::chrono::seconds(10));
  EXPECT_EQ(push(1, kStart + std::chrono::seconds(20)), Push::kQueued);
  EXPECT_EQ(push(2, kStart + std::chrono::seconds(5)), Push::kSetAlarm);
  answer(1);
  begin();
  inbox.controls.clear();
  taken();
  // Both alarms still stand: a wait with a later deadline needs no other.
  EXPECT_EQ(suspend(kStart + std::chrono::seconds(30)), Taken::kNothing);
  EXPECT_EQ(alarm, kNoDeadline);
}

TEST_F(MailboxTest, AnAlarmWakesTheActorOnlyWhenItsTimeHasCome) {
  push(0);
  begin();
  taken();
  EXPECT_EQ(suspend(kStart + std::chrono::seconds(10)), Taken::kNothing);
  answer(1);
  begin();
  inbox.controls.clear();
  EXPECT_EQ(suspend(kStart + std::chrono::seconds(30)), Taken::kNothing);
  Instant next = kNoDeadline;
  EXPECT_EQ(mailbox.alarm(kStart + std::chrono::seconds(10), next), Push::kSetAlarm);
  EXPECT_EQ(next, kStart + std::chrono::seconds(30));
  EXPECT_EQ(mailbox.alarm(next, next), Push::kRunIt);
}

TEST_F(MailboxTest, GivesOutTheMessagesThatWaitedTooLong) {
  push(0, kStart + std::chrono::seconds(60));
  begin();
  taken();
  EXPECT_EQ(suspend(kNoDeadline), Taken::kNothing);
  push(1, kStart + std::chrono::seconds(1));
  push(2, kStart + std::chrono::seconds(3));
  push(3, kStart + std::chrono::seconds(1));
  std::vector<Message> expired;
  mailbox.take_expired(kStart + std::chrono::seconds(2), inbox, expired);
  ASSERT_EQ(expired.size(), 2u);
  EXPECT_EQ(expired[0].method, &kMethods[1]);
  EXPECT_EQ(expired[1].method, &kMethods[3]);
  expired.clear();
  mailbox.take_expired(kStart + std::chrono::seconds(2), inbox, expired);
  EXPECT_TRUE(expired.empty());
  EXPECT_EQ(mailbox.size(), 2u);  // the one in hand and the one that still has time
}

TEST_F(MailboxTest, GivesOutTheMessagesThatWaitedTooLongAfterTheyWereTaken) {
  for (int i = 0; i < 4; ++i) push(i, kStart + std::chrono::seconds(i));
  begin();
  std::vector<Message> expired;
  mailbox.take_expired(kStart + std::chrono::seconds(1), inbox, expired);
  ASSERT_EQ(expired.size(), 2u);
  EXPECT_EQ(expired[0].method, &kMethods[0]);
  EXPECT_EQ(taken(), (std::vector{2, 3}));
}

TEST_F(MailboxTest, SaysAtATurnThatSomeHaveWaitedTooLong) {
  push(0);
  begin();
  taken();
  EXPECT_EQ(suspend(kNoDeadline), Taken::kNothing);
  push(1, kStart + std::chrono::seconds(1));
  answer(1);
  inbox.messages.push_back(make_message(2));  // so that the turn takes no other
  EXPECT_FALSE(mailbox.begin_turn(inbox, kStart));
  mailbox.yield();
  inbox.controls.clear();
  EXPECT_TRUE(mailbox.begin_turn(inbox, kStart + std::chrono::seconds(1)));
}

TEST_F(MailboxTest, AfterItsEndItGivesOutWhatIsLeftAndTakesNothing) {
  push(0);
  begin();
  taken();
  push(1);
  push(2);
  std::vector<Message> left;
  mailbox.close(left);
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[0].method, &kMethods[1]);
  EXPECT_EQ(push(3), Push::kClosed);
  EXPECT_EQ(answer(1), Push::kClosed);
}

TEST_F(MailboxTest, KeepsTheOrderOverManyTakes) {
  Mailbox large({.messages = 1000, .bytes = 1u << 20});
  std::vector<bytecode::Method> methods(500);
  for (const bytecode::Method& method : methods) {
    Message message;
    message.method = &method;
    (void)large.push(message);
  }
  (void)large.begin_turn(inbox, kStart);
  std::size_t expected = 0;
  do {
    while (!inbox.messages.empty()) {
      ASSERT_EQ(inbox.messages.back().method, &methods[expected++]);
      inbox.messages.pop_back();
    }
  } while (large.take_or_rest(inbox) == Taken::kSomething);
  EXPECT_EQ(expected, methods.size());
  EXPECT_EQ(large.size(), 0u);
}

TEST_F(MailboxTest, GivesBackOneMessageWhereverItStands) {
  const auto numbered = [](int number) { return [=](const Message& message) { return message.method == &kMethods[number]; }; };
  EXPECT_EQ(push(0), Push::kRunIt);
  EXPECT_EQ(push(1), Push::kQueued);
  begin();
  EXPECT_EQ(push(2), Push::kQueued);
  EXPECT_EQ(push(3), Push::kQueued);
  EXPECT_TRUE(mailbox.take_first(inbox, numbered(1)).has_value());
  EXPECT_TRUE(mailbox.take_first(inbox, numbered(2)).has_value());
  EXPECT_FALSE(mailbox.take_first(inbox, numbered(2)).has_value());
  EXPECT_EQ(mailbox.size(), 3u);
  EXPECT_EQ(taken(), (std::vector{0}));
  EXPECT_EQ(mailbox.take_or_rest(inbox), Taken::kSomething);
  EXPECT_EQ(taken(), (std::vector{3}));
  EXPECT_EQ(mailbox.take_or_rest(inbox), Taken::kNothing);
  EXPECT_EQ(mailbox.size(), 0u);
  EXPECT_EQ(push(0, kNoDeadline, 3000), Push::kRunIt);
}

}  // namespace
}  // namespace relay
