// What a connection may wait for, and how long, on a clock that the test holds in its hand.
#include <gtest/gtest.h>

#include "http_fixture.h"

namespace relay::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kMoment(1);

TEST(SessionTime, ClosesASilentNewConnection) {
  HttpFixture fixture;
  Client client = fixture.connect();
  fixture.loop.advance(seconds(15) - kMoment);
  EXPECT_FALSE(client.closed());
  fixture.loop.advance(kMoment);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(client.received(), "");
}

TEST(SessionTime, ClosesAnIdleConnection) {
  HttpFixture fixture;
  Client client = fixture.connect();
  fixture.loop.advance(seconds(10));
  EXPECT_EQ(client.send(get("/hello")).statuses(), "200");
  fixture.loop.advance(seconds(60) - kMoment);
  EXPECT_FALSE(client.closed());
  EXPECT_EQ(client.send(get("/hello")).statuses(), "200");
  fixture.loop.advance(seconds(60) - kMoment);
  EXPECT_FALSE(client.closed());
  fixture.loop.advance(kMoment);
  EXPECT_TRUE(client.closed());
}

TEST(SessionTime, RefusesAHeadThatComesTooSlowly) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/hello"));
  client.received();
  fixture.loop.advance(seconds(30));
  for (int second = 0; second < 15; ++second) {
    EXPECT_EQ(client.received(), "");
    client.send("a");
    fixture.loop.advance(seconds(1));
  }
  EXPECT_EQ(client.statuses(), "408");
  EXPECT_TRUE(client.ended());
}

TEST(SessionTime, CountsEachHeadAnew) {
  HttpFixture fixture;
  Client client = fixture.connect();
  // There is always half a head waiting, but never the same for long.
  std::string rest;
  for (int i = 0; i < 10; ++i) {
    client.send(rest + get("/hello").substr(0, 10));
    rest = get("/hello").substr(10);
    fixture.loop.advance(seconds(10));
  }
  client.send(rest);
  EXPECT_EQ(fixture.seen.size(), 10u);
  EXPECT_FALSE(client.ended());
}

TEST(SessionTime, RefusesABodyThatStands) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(all_but_the_end(post("/echo", "abc")));
  fixture.loop.advance(seconds(5) - kMoment);
  EXPECT_EQ(client.received(), "");
  fixture.loop.advance(kMoment);
  EXPECT_EQ(client.statuses(), "408");
  EXPECT_TRUE(client.ended());
}

TEST(SessionTime, RefusesABodyThatDrips) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(post("/echo", std::string(100'000, 'x')).substr(0, 60));
  for (int second = 0; second < 5; ++second) {
    client.send(std::string(1000, 'x'));
    EXPECT_EQ(client.received(), "");
    fixture.loop.advance(seconds(1));
  }
  EXPECT_EQ(client.statuses(), "408");
}

TEST(SessionTime, RefusesABodyThatStandsAfterAGoodStart) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(post("/echo", std::string(1'000'000, 'x')).substr(0, 900'000));
  fixture.loop.advance(seconds(5));
  EXPECT_EQ(client.received(), "");
  fixture.loop.advance(seconds(5));
  EXPECT_EQ(client.statuses(), "408");
}

TEST(SessionTime, TakesABodyThatIsJustFastEnough) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string request = post("/echo", std::string(100'000, 'x'));
  client.send(request.substr(0, 60));
  for (std::size_t at = 60; at < request.size(); at += 1024) {
    fixture.loop.advance(milliseconds(999));
    client.send(request.substr(at, 1024));
  }
  EXPECT_EQ(client.statuses(), "200");
}

TEST(SessionTime, AlsoMeasuresABodyThatItSkips) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(all_but_the_end(post("/nowhere", "abc")));
  fixture.loop.advance(seconds(5));
  EXPECT_EQ(client.statuses(), "408");
}

TEST(SessionTime, PutsATimeoutBehindTheAnswersBefore) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later") + all_but_the_end(post("/echo", "abc")));
  fixture.loop.advance(seconds(5));
  EXPECT_EQ(client.received(), "");
  fixture.answer_later(0, "first");
  EXPECT_EQ(client.settle().statuses(), "200 408");
}

TEST(SessionTime, WaitsForAnAnswerAsLongAsItTakes) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later"));
  fixture.loop.advance(seconds(3600));
  EXPECT_FALSE(client.closed());
  fixture.answer_later(0, "done");
  EXPECT_EQ(client.settle().statuses(), "200");
  fixture.loop.advance(seconds(60));
  EXPECT_TRUE(client.closed());
}

TEST(SessionTime, CutsAClientThatTakesNothing) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.wire().write_room = 10;
  client.send(get("/hello"));
  fixture.loop.advance(seconds(14));
  client.wire().write_room = 10;
  client.settle();
  fixture.loop.advance(seconds(15) - kMoment);
  EXPECT_FALSE(client.closed()) << "it took something 15 seconds ago";
  fixture.loop.advance(kMoment);
  EXPECT_TRUE(client.closed());
}

TEST(SessionTime, LingersForAMomentAfterTheLastAnswer) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send("BAD\r\n\r\n");
  client.send(std::string(100'000, 'x'));
  EXPECT_TRUE(client.wire().to_server.empty()) << "it reads on, so that no reset destroys the answer";
  EXPECT_FALSE(client.closed());
  fixture.loop.advance(seconds(2));
  EXPECT_TRUE(client.closed());
}

TEST(SessionTime, SetsHardlyAnyTimerForABusyConnection) {
  HttpFixture fixture;
  Client client = fixture.connect();
  for (int i = 0; i < 100; ++i) {
    client.send(get("/hello"));
    EXPECT_EQ(fixture.loop.timers(), 1u);
    fixture.loop.advance(milliseconds(100));
  }
}

}  // namespace
}  // namespace relay::http
