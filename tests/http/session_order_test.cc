// Pipelining: answers leave in the order of the requests, as few writes as can be, and a full pipeline stops reading.
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "http_fixture.h"

namespace relay::http {
namespace {

// The bodies of the answers received, in order; each answer has a Content-Length.
std::string bodies(Client& client) {
  const std::string text = client.received();
  std::string found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t head_end = text.find("\r\n\r\n", at) + 4;
    const std::size_t length_at = text.find("Content-Length: ", at) + 16;
    const std::size_t length = std::stoul(text.substr(length_at));
    found += (found.empty() ? "" : " ") + text.substr(head_end, length);
    at = head_end + length;
  }
  return found;
}

std::string chunked_body(const std::string& body) {
  std::ostringstream text;
  text << std::hex << body.size() << "\r\n" << body << "\r\n0\r\n\r\n";
  return text.str();
}

// The body with which the `index`th request to /later came.
std::string later_body(const HttpFixture& fixture, std::size_t index) {
  const std::string prefix = "POST /later ";
  for (const std::string& seen : fixture.seen) {
    if (seen.rfind(prefix, 0) == 0 && index-- == 0) return seen.substr(prefix.size());
  }
  return "no such request";
}

TEST(SessionOrder, AnswersAPipelineInOneWrite) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(post("/echo", "a") + post("/echo", "b") + get("/hello"));
  EXPECT_EQ(client.wire().writes, 1);
  EXPECT_EQ(bodies(client), "a b hello");
}

TEST(SessionOrder, SendsAnswersInTheOrderOfTheRequests) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later") + get("/later") + get("/hello") + get("/later"));
  fixture.answer_later(2, "third");
  fixture.answer_later(1, "second");
  client.settle();
  EXPECT_EQ(bodies(client), "");
  fixture.answer_later(0, "first");
  client.settle();
  EXPECT_EQ(client.wire().writes, 1);
  EXPECT_EQ(bodies(client), "first second hello third");
}

TEST(SessionOrder, GathersTheAnswersOfARound) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later") + get("/later"));
  fixture.loop.post([&] { fixture.answer_later(0, "a"); });
  fixture.loop.post([&] { fixture.answer_later(1, "b"); });
  client.settle();
  EXPECT_EQ(client.wire().writes, 1);
  EXPECT_EQ(bodies(client), "a b");
}

TEST(SessionOrder, AnswersOnItsOwnCoreWithoutAPost) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later"));
  fixture.answer_later(0, "a");
  EXPECT_EQ(fixture.loop.posted(), 0u);
}

TEST(SessionOrder, TakesAnswersFromOtherCores) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later"));
  fixture.loop.as_foreign([&] { fixture.answer_later(0, "from afar"); });
  EXPECT_EQ(fixture.loop.posted(), 1u);
  EXPECT_EQ(bodies(client.settle()), "from afar");
}

TEST(SessionOrder, StopsReadingAtSixtyFourOpenRequestsAndGoesOn) {
  HttpFixture fixture;
  Client client = fixture.connect();
  std::string pipeline;
  for (int i = 0; i < 200; ++i) pipeline += get("/later");
  client.send(pipeline);
  EXPECT_EQ(fixture.later.size(), 64u);
  client.send(pipeline);
  EXPECT_EQ(client.wire().to_server.size(), pipeline.size()) << "a full pipeline leaves its input in the socket";
  std::string expected;
  for (std::size_t i = 0; i < 400; ++i) {
    ASSERT_LT(i, fixture.later.size());
    EXPECT_LE(fixture.later.size(), i + 64);
    fixture.answer_later(i, std::to_string(i));
    client.settle();
    expected += (i == 0 ? "" : " ") + std::to_string(i);
  }
  EXPECT_EQ(bodies(client), expected);
}

TEST(SessionOrder, ServesALongPipelineOfQuickRequestsWhole) {
  HttpFixture fixture;
  Client client = fixture.connect();
  std::string pipeline;
  for (int i = 0; i < 1000; ++i) pipeline += get("/hello");
  client.send(pipeline);
  EXPECT_EQ(fixture.seen.size(), 1000u);
  EXPECT_LE(client.wire().writes, 1000 / 64 + 2);
}

TEST(SessionOrder, AnswersADroppedRequestWith500) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/drop") + get("/hello"));
  EXPECT_EQ(client.statuses(), "500 200");
}

TEST(SessionOrder, DropsTheAnswerToAClientThatIsGone) {
  HttpFixture fixture;
  Client gone = fixture.connect();
  gone.send(get("/later"));
  gone.wire().failing_operation = gone.wire().operations;
  gone.send("x");
  EXPECT_TRUE(gone.closed());
  Client next = fixture.connect();
  fixture.answer_later(0, "too late");
  next.send(get("/hello"));
  EXPECT_EQ(bodies(next), "hello");
}

// Random pipelines, cut at random, answered in random order, taken by a client that reads in random portions: the
// answers are those of the requests, in order.
TEST(SessionOrder, HoldsInAnyHistory) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    HttpFixture fixture;
    Client client = fixture.connect();
    client.wire().write_room = 0;
    std::string input;
    std::string expected;
    const unsigned requests = 1 + random() % 100;
    for (unsigned i = 0; i < requests; ++i) {
      const std::string body = "b" + std::to_string(i) + std::string(random() % 8 == 0 ? 5000 : 0, 'x');
      const bool chunked = random() % 3 == 0;
      const char* path = random() % 2 == 0 ? "/later" : "/echo";
      input += chunked ? post_chunked(path, chunked_body(body)) : post(path, body);
      expected += (i == 0 ? "" : " ") + body;
    }
    std::vector<std::size_t> waiting;
    std::size_t known = 0;
    for (std::size_t at = 0; at < input.size() || known < fixture.later.size() || !waiting.empty();) {
      const std::size_t count = std::min<std::size_t>(1 + random() % 400, input.size() - at);
      client.send(std::string_view(input).substr(at, count));
      at += count;
      for (; known < fixture.later.size(); ++known) waiting.push_back(known);
      while (!waiting.empty() && random() % 3 != 0) {
        const std::size_t pick = random() % waiting.size();
        fixture.answer_later(waiting[pick], later_body(fixture, waiting[pick]));
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(pick));
      }
      client.wire().write_room += random() % 3000;
      client.settle();
    }
    client.wire().write_room = SIZE_MAX;
    client.settle();
    ASSERT_EQ(bodies(client), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace relay::http
