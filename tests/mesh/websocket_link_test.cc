#include "mesh/websocket_link.h"

#include <gtest/gtest.h>

#include <string>

#include "link_fixture.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;
using Kind = LinkFixture::Kind;

TEST(WebSocketLink, SendsARoundsMessagesAsOneArray) {
  LinkFixture fixture;
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"ping"});
  fixture.wire->writes = 0;
  fixture.send("{\"a\":1}");
  fixture.send("{\"b\":2}");
  fixture.send("{\"c\":3}");
  EXPECT_EQ(fixture.wire->writes, 0);
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"text [{\"a\":1},{\"b\":2},{\"c\":3}]"});
  EXPECT_EQ(fixture.wire->writes, 1);
}

TEST(WebSocketLink, SendsASingleMessageWithoutBrackets) {
  LinkFixture fixture;
  fixture.send("{\"a\":1}");
  fixture.settle();
  EXPECT_EQ(fixture.far.received_messages(), Events{"text {\"a\":1}"});
}

TEST(WebSocketLink, SendsAForeignPeerOneMessageAFrameInOneWrite) {
  LinkFixture fixture(Kind::kForeign);
  fixture.settle();
  fixture.wire->writes = 0;
  fixture.send("{\"a\":1}");
  fixture.send("{\"b\":2}");
  fixture.settle();
  EXPECT_EQ(fixture.far.received_messages(), (Events{"text {\"a\":1}", "text {\"b\":2}"}));
  EXPECT_EQ(fixture.wire->writes, 1);
}

TEST(WebSocketLink, MasksWhatItSendsWhenItDialled) {
  LinkFixture fixture(Kind::kDialled);
  const std::string large(100'000, 'x');
  fixture.send("{\"a\":1}");
  fixture.send("{\"b\":2}");
  fixture.send(large);
  fixture.settle();
  // The far end takes masked frames only.
  EXPECT_EQ(fixture.far.received_messages(), (Events{"text [{\"a\":1},{\"b\":2}]", "text " + large}));
}

TEST(WebSocketLink, ClosesAFrameAtItsBoundsOfMessagesAndBytes) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  for (std::size_t i = 0; i < kMaxFrameMessages + 1; ++i) fixture.send("1");
  fixture.settle();
  const Events by_count = fixture.far.received();
  ASSERT_EQ(by_count.size(), 2u);
  EXPECT_EQ(by_count[0].size(), 5 + 2 * kMaxFrameMessages + 1);
  EXPECT_EQ(by_count[1], "text 1");

  for (int i = 0; i < 40; ++i) fixture.send(std::string(10'000, 'x'));
  fixture.settle();
  const Events by_bytes = fixture.far.received();
  ASSERT_EQ(by_bytes.size(), 2u);
  EXPECT_LE(by_bytes[0].size(), 5 + kMaxFrameBytes);
  EXPECT_GT(by_bytes[0].size(), 5 + kMaxFrameBytes - 10'001);
}

TEST(WebSocketLink, KeepsTheOrderOfALaneAndPutsControlFirst) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.send("1", 0, Lane::kCall);
  fixture.send("2", 0, Lane::kReply);
  fixture.send("3", 0, Lane::kControl);
  fixture.send("4", 0, Lane::kCall);
  fixture.send("5", 0, Lane::kControl);
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"text [3,5,1,2,4]"});
}

TEST(WebSocketLink, DeliversWhatCameBehindTheHandshakeFirst) {
  std::string unread;
  append_frame(unread, WebSocketOpcode::kText, "early", 0x11223344);
  LinkFixture fixture(Kind::kAccepted, unread);
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.far.send_text("later");
  fixture.settle();
  EXPECT_EQ(fixture.heard.events, (Events{"text early", "text later"}));
}

TEST(WebSocketLink, AnswersPingsAtOnce) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.far.send(WebSocketOpcode::kPing, "abc");
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"pong abc"});
}

TEST(WebSocketLink, AnswersOnlyTheLastOfManyPings) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  for (int i = 0; i < 1000; ++i) fixture.far.send(WebSocketOpcode::kPing, std::to_string(i));
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"pong 999"});
}

TEST(WebSocketLink, LetsPingsAndPongsOvertakeDataBetweenFrames) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.wire->write_room = 5;
  const std::string first(20'000, '1');
  const std::string second(20'000, '2');
  fixture.send(first);
  fixture.send(second);
  fixture.settle();
  fixture.link->ping();
  fixture.far.send(WebSocketOpcode::kPing, "p");
  fixture.settle();
  fixture.wire->write_room = SIZE_MAX;
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), (Events{"text " + first, "pong p", "ping", "text " + second}));
}

TEST(WebSocketLink, PingsAtOnceAndEveryInterval) {
  LinkFixture fixture;
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"ping"});
  fixture.let_pass(1999ms);
  EXPECT_EQ(fixture.far.received(), Events{});
  fixture.let_pass(1ms);
  EXPECT_EQ(fixture.far.received(), Events{"ping"});
  fixture.let_pass(1s);
  fixture.link->ping();
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"ping"});
}

TEST(WebSocketLink, SmoothsTheRoundTripTime) {
  LinkFixture fixture;
  EXPECT_EQ(fixture.link->rtt(), Duration::zero());
  fixture.far.answers_pings = false;
  fixture.settle();
  const auto answer_after = [&](Duration pause) {
    fixture.far.answers_pings = true;
    static_cast<void>(fixture.far.received());
    fixture.loop.advance(pause);
    fixture.settle();
    fixture.link->ping();
    fixture.settle();
  };
  answer_after(80ms);
  EXPECT_EQ(fixture.link->rtt(), 80ms);
  answer_after(160ms);
  EXPECT_EQ(fixture.link->rtt(), 90ms);
}

TEST(WebSocketLink, IgnoresPongsThatAnswerNoPingOfIts) {
  LinkFixture fixture;
  fixture.far.answers_pings = false;
  fixture.settle();
  fixture.far.send(WebSocketOpcode::kPong, "").send(WebSocketOpcode::kPong, std::string(8, '\x7F'));
  fixture.far.send(WebSocketOpcode::kPong, std::string(100, 'x'));
  fixture.settle();
  EXPECT_EQ(fixture.link->rtt(), Duration::zero());
}

TEST(WebSocketLink, EndsAfterThreeIntervalsOfSilence) {
  LinkFixture fixture;
  fixture.settle();
  fixture.send("never read", 5);
  fixture.let_pass(5999ms);
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.let_pass(1ms);
  EXPECT_EQ(fixture.heard.events, Events{"closed silent for 6 s"});
  EXPECT_TRUE(fixture.wire->closed);
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(WebSocketLink, CountsAnyByteAsLife) {
  LinkFixture fixture;
  fixture.far.answers_pings = false;
  fixture.settle();
  fixture.far.send_text(std::string(100, 'x'));
  const std::string bytes = std::exchange(fixture.wire->to_server, {});
  for (int i = 0; i < 10; ++i) {
    fixture.wire->to_server = bytes.substr(static_cast<std::size_t>(i), 1);
    fixture.settle();
    fixture.let_pass(5s);
  }
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.let_pass(1s);
  EXPECT_EQ(fixture.heard.events, Events{"closed silent for 6 s"});
}

// As after the process was stopped for a while: the answer lies in the socket.
TEST(WebSocketLink, ReadsWhatHasComeBeforeItFindsAPeerSilent) {
  LinkFixture fixture;
  fixture.settle();
  fixture.far.send_text("waiting");
  fixture.loop.advance(6s);
  EXPECT_EQ(fixture.heard.events, Events{"text waiting"});
}

TEST(WebSocketLink, LivesAsLongAsPingsAreAnswered) {
  LinkFixture fixture;
  fixture.let_pass_answered(60s);
  EXPECT_TRUE(fixture.heard.events.empty());
  EXPECT_EQ(fixture.link->last_heard(), fixture.loop.round_time());
}

TEST(WebSocketLink, EndsAtOnceWithItsConnection) {
  LinkFixture fixture;
  fixture.settle();
  fixture.wire->client_ended = true;
  fixture.settle();
  EXPECT_EQ(fixture.heard.events, Events{"closed the peer ended the connection"});
  EXPECT_EQ(fixture.link->send("late", Lane::kReply, 1), Link::Sent::kClosed);
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(WebSocketLink, TellsWhatWasNotWrittenInOrder) {
  LinkFixture fixture;
  fixture.settle();
  fixture.send("written", 1);
  fixture.settle();
  fixture.wire->write_room = 3;
  fixture.send(std::string(20'000, 'x'), 2, Lane::kCall);
  fixture.send("3", 3);
  fixture.send("untagged", 0);
  fixture.settle();
  fixture.send("4", 4);
  fixture.wire->client_ended = true;
  fixture.settle();
  EXPECT_EQ(fixture.heard.events,
            (Events{"unwritten 2", "unwritten 3", "unwritten 4", "closed the peer ended the connection"}));
}

TEST(WebSocketLink, RefusesCallsPastItsBoundButNotReplies) {
  LinkFixture fixture;
  fixture.settle();
  fixture.wire->write_room = 0;
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 16; ++i) {
    fixture.send(megabyte, 0, Lane::kCall);
    EXPECT_EQ(fixture.last_sent, Link::Sent::kQueued) << i;
  }
  fixture.send("x", 0, Lane::kCall);
  EXPECT_EQ(fixture.last_sent, Link::Sent::kOverloaded);
  fixture.send("x", 0, Lane::kReply);
  EXPECT_EQ(fixture.last_sent, Link::Sent::kQueued);
  fixture.wire->write_room = SIZE_MAX;
  for (int i = 0; i < 100; ++i) fixture.settle();
  fixture.send(megabyte, 0, Lane::kCall);
  EXPECT_EQ(fixture.last_sent, Link::Sent::kQueued);
}

TEST(WebSocketLink, ClosesAPeerThatTakesNothingForFiveSeconds) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.wire->write_room = 1;
  fixture.send("0123456789", 9);
  const auto speak = [&](Duration pause) {
    fixture.far.send_text("alive");
    fixture.let_pass(pause);
    fixture.heard.events.clear();
  };
  speak(4s);
  fixture.wire->write_room = 1;  // progress
  fixture.settle();
  speak(4s);
  fixture.let_pass(999ms);
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.let_pass(1ms);
  EXPECT_EQ(fixture.heard.events,
            (Events{"unwritten 9", "closed closed by this node (1013): too slow, 10 bytes waited"}));
  EXPECT_TRUE(fixture.wire->closed);
}

TEST(WebSocketLink, ClosesAPeerThatLetsTooMuchPileUp) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.wire->write_room = 0;
  const std::string chunk(8 << 20, 'x');
  for (std::uint64_t i = 1; i <= 8; ++i) fixture.send(chunk, i);
  fixture.settle();
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.send("x", 9);
  fixture.wire->write_room = 200;
  fixture.loop.run();
  ASSERT_EQ(fixture.heard.events.size(), 10u);
  EXPECT_EQ(fixture.heard.events[8], "unwritten 9");
  EXPECT_EQ(fixture.heard.events[9], "closed closed by this node (1013): too slow, 67108865 bytes waited");
  EXPECT_EQ(fixture.far.received(), Events{"close 1013 too slow, 67108865 bytes waited"});
}

TEST(WebSocketLink, TakesWhateverOneRoundSendsToAPeerThatKeepsUp) {
  LinkFixture fixture;
  fixture.settle();
  const std::string chunk(8 << 20, 'x');
  for (int i = 0; i < 8; ++i) fixture.send(chunk);
  fixture.send("x");
  for (int i = 0; i < 20; ++i) fixture.settle();
  EXPECT_TRUE(fixture.heard.events.empty());
  EXPECT_EQ(fixture.far.received_messages().size(), 9u);
}

TEST(WebSocketLink, WritesWhatIsQueuedBeforeItCloses) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.send("last");
  fixture.link->close(CloseCode::kReplaced, "another link");
  EXPECT_EQ(fixture.link->send("late", Lane::kReply, 1), Link::Sent::kClosed);
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), (Events{"text last", "close 4001 another link"}));
  fixture.far.send_text("still heard").send_close(CloseCode::kReplaced, "");
  fixture.settle();
  EXPECT_EQ(fixture.heard.events,
            (Events{"text still heard", "closed closed by this node (4001): another link"}));
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(WebSocketLink, HearsNothingMoreOfAPeerThatWasRemoved) {
  LinkFixture fixture;
  fixture.settle();
  fixture.link->close(CloseCode::kRemoved, "removed by the operator");
  fixture.far.send_text("late");
  fixture.settle();
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.far.send_close(CloseCode::kRemoved, "");
  fixture.settle();
  EXPECT_EQ(fixture.heard.events, Events{"closed closed by this node (4002): removed by the operator"});
}

TEST(WebSocketLink, WaitsOneSecondForTheAnswerToItsClose) {
  LinkFixture fixture;
  fixture.settle();
  fixture.link->close(CloseCode::kNormal, "bye");
  fixture.settle();
  fixture.let_pass(999ms);
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.let_pass(1ms);
  EXPECT_EQ(fixture.heard.events, Events{"closed closed by this node (1000): bye"});
}

TEST(WebSocketLink, WaitsOnlyAMomentForAPeerThatTakesNothingWhenTheNodeStops) {
  LinkFixture fixture;
  fixture.settle();
  fixture.wire->write_room = 0;
  fixture.send("last", 9);
  fixture.link->close(CloseCode::kReplaced, "another link");
  fixture.settle();
  fixture.link->close(CloseCode::kGoingAway, "the node shuts down");
  fixture.settle();
  fixture.let_pass(kStopGrace - 1ms);
  EXPECT_TRUE(fixture.heard.events.empty());
  fixture.let_pass(1ms);
  EXPECT_EQ(fixture.heard.events,
            (Events{"unwritten 9", "closed closed by this node (4001): another link"}));
}

TEST(WebSocketLink, AnswersThePeersClose) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.send("not read any more", 3);
  fixture.far.send_close(CloseCode::kGoingAway, "stopping");
  fixture.wire->pump();
  EXPECT_EQ(fixture.heard.events, (Events{"unwritten 3", "closed closed by the peer (1001): stopping"}));
  EXPECT_EQ(fixture.far.received(), Events{"close 1001 "});

  LinkFixture without_code;
  without_code.settle();
  without_code.far.send(WebSocketOpcode::kClose, "");
  without_code.settle();
  EXPECT_EQ(without_code.heard.events, Events{"closed closed by the peer (1005)"});
  EXPECT_EQ(without_code.far.received_messages(), Events{"close 1000 "});
}

TEST(WebSocketLink, ClosesOnAFaultAndWaitsForTheEndOfTheConnection) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.far.send(WebSocketOpcode::kBinary, "b").send_text("never heard");
  fixture.settle();
  EXPECT_EQ(fixture.far.received(), Events{"close 1003 a binary frame"});
  EXPECT_TRUE(fixture.wire->shut_down);
  EXPECT_TRUE(fixture.heard.events.empty());
  EXPECT_EQ(fixture.link->send("late", Lane::kReply, 1), Link::Sent::kClosed);
  fixture.wire->to_server = std::string(1000, 'x');
  fixture.wire->client_ended = true;
  fixture.settle();
  EXPECT_EQ(fixture.heard.events, Events{"closed closed by this node (1003): a binary frame"});
}

TEST(WebSocketLink, EndsAFaultyPeerThatGoesOn) {
  LinkFixture fixture;
  fixture.settle();
  fixture.send("never read", 4);
  fixture.wire->to_server = "\xFF";
  fixture.wire->pump();
  for (int i = 0; i < 10; ++i) {
    fixture.wire->to_server = std::string(1000, 'x');
    fixture.let_pass(100ms);
  }
  EXPECT_EQ(fixture.heard.events,
            (Events{"unwritten 4", "closed closed by this node (1002): a reserved bit is set"}));
}

TEST(WebSocketLink, MayBeAskedAnythingWhileItTells) {
  LinkFixture fixture;
  fixture.settle();
  static_cast<void>(fixture.far.received());
  fixture.heard.then = [&](Link& link) {
    static_cast<void>(link.send("answer", Lane::kReply, 0));
    link.ping();
    link.close(CloseCode::kNormal, "enough");
  };
  fixture.far.send_text("question").send_close(CloseCode::kNormal, "");
  fixture.settle();
  EXPECT_EQ(fixture.heard.events, (Events{"text question", "closed closed by this node (1000): enough"}));
  EXPECT_FALSE(fixture.far.has_fault());
}

TEST(WebSocketLink, CanBeDestroyedAtAnyTime) {
  LinkFixture fixture;
  fixture.settle();
  fixture.send("never sent", 1);
  fixture.link.reset();
  fixture.settle();
  EXPECT_TRUE(fixture.heard.events.empty());
  EXPECT_TRUE(fixture.wire->closed);
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(WebSocketLink, TellsOnceThatItIsClosing) {
  LinkFixture fixture;
  fixture.settle();
  EXPECT_TRUE(fixture.link->is_open());
  fixture.link->close(CloseCode::kReplaced, "another link");
  EXPECT_FALSE(fixture.link->is_open());
  EXPECT_TRUE(fixture.link->hears());
  fixture.settle();
  fixture.let_pass(100ms);
  EXPECT_EQ(fixture.heard.closings, 1);
}

TEST(WebSocketLink, HearsNothingMoreOnceItIsClosedForAFault) {
  LinkFixture fixture;
  fixture.settle();
  fixture.link->close(CloseCode::kPolicy, "too many wrong messages");
  EXPECT_FALSE(fixture.link->hears());
}

}  // namespace
}  // namespace relay::mesh
