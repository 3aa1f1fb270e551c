#include "http/session.h"

#include <gtest/gtest.h>

#include "http_fixture.h"

namespace relay::http {
namespace {

using testing::AssertionResult;

AssertionResult contains(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no '" << part << "' in:\n" << text;
}

std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

TEST(Session, AnswersARequest) {
  HttpFixture fixture;
  Client client = fixture.connect();
  EXPECT_EQ(client.send(get("/hello")).received(),
            "HTTP/1.1 200 OK\r\n"
            "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
            "Access-Control-Allow-Origin: *\r\n"
            "Access-Control-Allow-Methods: POST, GET, OPTIONS\r\n"
            "Access-Control-Allow-Headers: Content-Type, Authorization\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 5\r\n"
            "\r\n"
            "hello");
  EXPECT_FALSE(client.ended());
}

TEST(Session, RenewsItsDateEachSecond) {
  HttpFixture fixture;
  Client client = fixture.connect();
  fixture.loop.advance(std::chrono::milliseconds(999));
  EXPECT_TRUE(contains(client.send(get("/hello")).received(), "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\n"));
  fixture.loop.advance(std::chrono::milliseconds(1));
  EXPECT_TRUE(contains(client.send(get("/hello")).received(), "Date: Mon, 01 Jan 2024 00:00:01 GMT\r\n"));
}

TEST(Session, ShowsTheRequestToItsHandler) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string answer = client.send(get("/see?a=1&b", "x-test: v w\r\n")).received();
  EXPECT_EQ(body_of(answer), "GET /see ?a=1&b 192.0.2.7:4711 Host=h X-Test=v w Authorization-");
}

TEST(Session, GivesTheBodyForKeeps) {
  HttpFixture fixture;
  Client client = fixture.connect();
  EXPECT_EQ(body_of(client.send(post("/take", "whole")).received()), "whole");
  client.send(post("/take", "in pieces").substr(0, 60));
  EXPECT_EQ(body_of(client.send(post("/take", "in pieces").substr(60)).received()), "in pieces");
  EXPECT_EQ(body_of(client.send(post_chunked("/take", "2\r\nch\r\n4\r\nunks\r\n0\r\n\r\n")).received()), "chunks");
}

TEST(Session, TakesABodyOfTheLargestSize) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string body(HttpLimits().body_bytes, 'x');
  EXPECT_EQ(body_of(client.send(post("/take", body)).received()), body);
  EXPECT_EQ(client.send(post("/echo", body + "x")).statuses(), "413");
}

TEST(Session, ClosesWhenTheClientAsks) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string answer = client.send(get("/hello", "Connection: close\r\n") + get("/hello")).received();
  EXPECT_TRUE(contains(answer, "Connection: close\r\n"));
  EXPECT_EQ(fixture.seen.size(), 1u);
  EXPECT_TRUE(client.wire().shut_down);
  EXPECT_FALSE(client.closed()) << "the client may still be reading";
  client.end();
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(fixture.closed_connections, 1);
}

TEST(Session, SpeaksHttp10) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string kept = client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").received();
  EXPECT_TRUE(contains(kept, "Connection: keep-alive\r\n"));
  const std::string last = client.send("GET /hello HTTP/1.0\r\n\r\n").received();
  EXPECT_TRUE(contains(last, "Connection: close\r\n"));
  EXPECT_TRUE(client.ended());
}

TEST(Session, AnswersHeadWithoutTheBody) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string answer = client.send("HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n").received();
  EXPECT_TRUE(contains(answer, "Content-Length: 5\r\n"));
  EXPECT_EQ(body_of(answer), "");
  const std::string missing = client.send("HEAD /nowhere HTTP/1.1\r\nHost: h\r\n\r\n").received();
  EXPECT_TRUE(contains(missing, "404"));
  EXPECT_EQ(body_of(missing), "");
}

TEST(Session, SendsNoLengthWithoutContent) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string answer = client.send(get("/none")).received();
  EXPECT_TRUE(contains(answer, "HTTP/1.1 204 No Content\r\n"));
  EXPECT_FALSE(contains(answer, "\nContent-"));
}

TEST(Session, SaysWhatIsNotThere) {
  HttpFixture fixture;
  Client client = fixture.connect();
  EXPECT_EQ(body_of(client.send(get("/no\"where")).received()), R"({"error":"there is nothing at /no\"where"})");
  const std::string wrong = client.send("PUT /hello HTTP/1.1\r\nHost: h\r\n\r\n").received();
  EXPECT_TRUE(contains(wrong, "HTTP/1.1 405 Method Not Allowed\r\n"));
  EXPECT_TRUE(contains(wrong, "Allow: GET, HEAD, OPTIONS\r\n"));
  EXPECT_EQ(body_of(wrong), R"({"error":"PUT is not served here, only GET, HEAD, OPTIONS"})");
  const std::string rpc = client.send(get("/json")).received();
  EXPECT_TRUE(contains(rpc, "Allow: POST, OPTIONS\r\n"));
  EXPECT_EQ(body_of(rpc), R"({"code":-32600})");
  EXPECT_EQ(client.send("get /hello HTTP/1.1\r\nHost: h\r\n\r\n").statuses(), "405");
}

TEST(Session, AnswersOptionsEverywhere) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const auto options = [&](std::string_view target) {
    return client.send("OPTIONS " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n\r\n").received();
  };
  const std::string known = options("/hello");
  EXPECT_TRUE(contains(known, "HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(contains(known, "Access-Control-Allow-Methods: POST, GET, OPTIONS\r\n"));
  EXPECT_TRUE(contains(known, "Allow: GET, HEAD, OPTIONS\r\n"));
  EXPECT_TRUE(contains(known, "Content-Length: 0\r\n"));
  EXPECT_TRUE(contains(options("*"), "HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(contains(options("/nowhere"), "HTTP/1.1 200 OK\r\n"));
}

TEST(Session, NarrowsCorsToItsList) {
  ServerConfig config;
  config.cors = parse_cors("https://a.example, https://b.example").value();
  HttpFixture fixture(config);
  Client client = fixture.connect();
  const std::string allowed = client.send(get("/hello", "Origin: https://b.example\r\n")).received();
  EXPECT_TRUE(contains(allowed, "Access-Control-Allow-Origin: https://b.example\r\n"));
  EXPECT_TRUE(contains(allowed, "Vary: Origin\r\n"));
  const std::string foreign = client.send(get("/hello", "Origin: https://evil.example\r\n")).received();
  EXPECT_FALSE(contains(foreign, "Access-Control"));
  EXPECT_TRUE(contains(foreign, "Vary: Origin\r\n"));
  EXPECT_FALSE(contains(client.send(get("/hello")).received(), "Access-Control"));
}

TEST(Session, SendsNoCorsHeadersWhenItIsOff) {
  ServerConfig config;
  config.cors = parse_cors("off").value();
  HttpFixture fixture(config);
  Client client = fixture.connect();
  const std::string answer = client.send(get("/hello", "Origin: https://a.example\r\n")).received();
  EXPECT_FALSE(contains(answer, "Access-Control"));
  EXPECT_FALSE(contains(answer, "Vary"));
}

TEST(Session, WantsJsonOnceCorsIsNarrowed) {
  for (const char* cors : {"off", "https://a.example"}) {
    ServerConfig config;
    config.cors = parse_cors(cors).value();
    HttpFixture fixture(config);
    Client client = fixture.connect();
    EXPECT_EQ(client.send(post("/json", "{}")).statuses(), "415");
    EXPECT_EQ(client.send(post("/json", "{}", "Content-Type: text/plain\r\n")).statuses(), "415");
    EXPECT_EQ(client.send(post("/json", "{}", "Content-Type: application/jsonx\r\n")).statuses(), "415");
    EXPECT_EQ(client.send(post("/json", "{}", "Content-Type: Application/JSON ; charset=utf-8\r\n")).statuses(), "200");
    EXPECT_EQ(client.send(post("/echo", "{}")).statuses(), "200");
    EXPECT_EQ(fixture.seen.size(), 2u);
  }
  HttpFixture open;
  Client client = open.connect();
  EXPECT_EQ(client.send(post("/json", "{}", "Content-Type: text/plain\r\n")).statuses(), "200");
}

TEST(Session, AddsTheOperatorsHeaders) {
  ServerConfig config;
  config.headers = parse_response_header("X-Frame-Options:  DENY ").value();
  HttpFixture fixture(config);
  Client client = fixture.connect();
  EXPECT_TRUE(contains(client.send(get("/hello")).received(), "X-Frame-Options: DENY\r\n"));
  EXPECT_TRUE(contains(client.send(get("/nowhere")).received(), "X-Frame-Options: DENY\r\n"));
}

TEST(Session, SaysContinueToAClientThatWaitsForIt) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string request = post("/echo", "body", "Expect: 100-continue\r\n");
  const std::string head = request.substr(0, request.size() - 4);
  EXPECT_EQ(client.send(head).received(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.send("body").statuses(), "200");
  EXPECT_EQ(client.send(request).statuses(), "200") << "who does not wait needs no invitation";
}

TEST(Session, SaysContinueOnlyAfterTheAnswersBefore) {
  HttpFixture fixture;
  Client client = fixture.connect();
  const std::string request = post("/echo", "body", "Expect: 100-continue\r\n");
  client.send(get("/later") + request.substr(0, request.size() - 4));
  EXPECT_EQ(client.received(), "");
  fixture.loop.advance(std::chrono::seconds(60));
  EXPECT_EQ(client.received(), "") << "a client that waits for us is not slow";
  fixture.answer_later(0, "first");
  EXPECT_EQ(client.settle().statuses(), "200 100");
  EXPECT_EQ(client.send("body").statuses(), "200");
}

TEST(Session, RefusesInsteadOfSayingContinue) {
  for (const char* path : {"/nowhere", "/hello"}) {
    HttpFixture fixture;
    Client client = fixture.connect();
    client.send("POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.statuses(), std::string(path) == "/hello" ? "405" : "404");
    EXPECT_TRUE(client.ended()) << "what comes next may be the body or a request";
  }
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.statuses(), "413");
}

TEST(Session, SkipsABodyThatNobodyWants) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(post("/nowhere", std::string(100'000, 'x')).substr(0, 50'000));
  EXPECT_EQ(client.received(), "");
  client.send(post("/nowhere", std::string(100'000, 'x')).substr(50'000) + get("/hello"));
  EXPECT_EQ(client.statuses(), "404 200");
  client.send(post_chunked("/nowhere", "3\r\nabc\r\n0\r\n\r\n") + get("/hello"));
  EXPECT_EQ(client.statuses(), "404 200");
}

TEST(Session, AnswersAClientThatSendsNoMore) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later")).end();
  EXPECT_FALSE(client.closed());
  fixture.answer_later(0, "still there");
  client.settle();
  EXPECT_EQ(body_of(client.received()), "still there");
  EXPECT_TRUE(client.closed());
}

TEST(Session, ClosesAtTheEndBetweenRequestsAndInsideAHead) {
  HttpFixture fixture;
  Client idle = fixture.connect();
  EXPECT_TRUE(idle.end().closed());
  Client half = fixture.connect();
  half.send("GET / HT").end();
  EXPECT_TRUE(half.closed());
  EXPECT_EQ(half.received(), "");
  EXPECT_EQ(fixture.table.size(), 0u);
}

TEST(Session, RefusesARequestThatEndsInsideItsBody) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(all_but_the_end(post("/echo", "abc"))).end();
  EXPECT_EQ(client.statuses(), "400");
  EXPECT_TRUE(client.closed());
  EXPECT_TRUE(fixture.seen.empty());
}

TEST(Session, WritesOnAsTheClientTakesMore) {
  for (std::size_t portion : {1u, 7u, 300u, 2500u}) {
    HttpFixture fixture;
    Client client = fixture.connect();
    client.wire().write_room = 0;
    const std::string large(10'000, 'L');
    client.send(post("/echo", "small") + post("/echo", large) + post("/echo", "end"));
    std::string all;
    while (client.wire().waits_writable) {
      client.wire().write_room = portion;
      all += client.settle().received();
    }
    HttpFixture at_once;
    Client other = at_once.connect();
    EXPECT_EQ(all, other.send(post("/echo", "small") + post("/echo", large) + post("/echo", "end")).received());
  }
}

TEST(Session, StopsReadingFromAClientThatDoesNotRead) {
  ServerConfig config;
  config.limits.connection_bytes = 100'000;
  HttpFixture fixture(config);
  Client client = fixture.connect();
  client.wire().write_room = 0;
  const std::string request = post("/echo", std::string(10'000, 'x'));
  for (int i = 0; i < 60; ++i) client.send(request);
  EXPECT_LT(fixture.seen.size(), 20u);
  EXPECT_GT(client.wire().to_server.size(), 400'000u);
  client.wire().write_room = SIZE_MAX;
  client.settle();
  EXPECT_EQ(fixture.seen.size(), 60u);
  EXPECT_TRUE(client.wire().to_server.empty());
}

// Fills the node with requests that are not answered, until it refuses one.
void hoard(HttpFixture& fixture, Client& hoarder) {
  for (int i = 0; i < 50 && hoarder.wire().from_server.empty(); ++i) {
    hoarder.send(post("/later", std::string(100'000, 'x')));
    // An answer that is ready shows only behind those before it.
    if (fixture.later.size() == static_cast<std::size_t>(i)) return;
  }
  FAIL() << "the node took everything";
}

TEST(Session, RefusesNewRequestsWhenTheNodeHoldsTooMuch) {
  ServerConfig config;
  config.limits.node_bytes = 2'000'000;
  HttpFixture fixture(config);
  Client hoarder = fixture.connect();
  hoard(fixture, hoarder);
  EXPECT_GT(fixture.later.size(), 10u);
  EXPECT_LE(fixture.later.size(), 20u);
  Client other = fixture.connect();
  const std::string refused = other.send(get("/hello")).received();
  EXPECT_TRUE(contains(refused, "HTTP/1.1 503 Service Unavailable\r\n"));
  EXPECT_TRUE(contains(refused, "Retry-After: 1\r\n"));
  EXPECT_TRUE(contains(refused, "-max-in-flight"));
  EXPECT_FALSE(other.ended());
  for (std::size_t i = 0; i < fixture.later.size(); ++i) fixture.answer_later(i, "done");
  hoarder.settle();
  EXPECT_EQ(other.send(get("/hello")).statuses(), "200");
}

TEST(Session, CutsABodyShortWhenTheNodeHoldsTooMuch) {
  ServerConfig config;
  config.limits.node_bytes = 2'000'000;
  HttpFixture fixture(config);
  Client late = fixture.connect();
  late.send(post("/echo", std::string(200'000, 'x')).substr(0, 1000));
  Client hoarder = fixture.connect();
  hoard(fixture, hoarder);
  EXPECT_EQ(late.send(std::string(1000, 'x')).statuses(), "503");
  EXPECT_TRUE(late.ended());
}

TEST(Session, GivesItsBytesBackWhenItEnds) {
  ServerConfig config;
  config.limits.node_bytes = 1'000'000;
  HttpFixture fixture(config);
  for (int i = 0; i < 20; ++i) {
    Client client = fixture.connect();
    client.send(post("/later", std::string(300'000, 'x')) + post("/echo", std::string(5000, 'y')).substr(0, 3000));
    client.wire().failing_operation = client.wire().operations;
    client.send("z");
    ASSERT_TRUE(client.closed());
  }
  Client last = fixture.connect();
  EXPECT_EQ(last.send(get("/hello")).statuses(), "200");
}

TEST(Session, HandsTheConnectionOver) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/upgrade") + "first frame");
  ASSERT_TRUE(fixture.taken.has_value());
  EXPECT_EQ(fixture.taken->unread, "first frame");
  EXPECT_FALSE(client.closed());
  EXPECT_EQ(fixture.table.size(), 0u);
  EXPECT_EQ(fixture.loop.timers(), 0u);
  EXPECT_EQ(client.received(), "");
  const std::string_view reply = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
  EXPECT_EQ(fixture.taken->stream->write({&reply, 1}).bytes, reply.size());
}

TEST(Session, HandsTheConnectionOverOnlyWhenNothingElseIsOwed) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later") + get("/upgrade"));
  EXPECT_TRUE(fixture.take_over_refused);
  fixture.answer_later(0, "first");
  EXPECT_EQ(client.settle().statuses(), "200 400");
  client.send(get("/hello") + get("/upgrade"));
  EXPECT_TRUE(fixture.taken.has_value());
  EXPECT_EQ(client.statuses(), "200");
}

TEST(Session, TellsAConnectionTooManyThatThereIsNoRoom) {
  HttpFixture fixture;
  Client client = fixture.connect(SessionTable::Kind::kRefused);
  const std::string answer = client.send(get("/hello")).received();
  EXPECT_TRUE(contains(answer, "HTTP/1.1 503 Service Unavailable\r\n"));
  EXPECT_TRUE(contains(answer, "Connection: close\r\n"));
  EXPECT_TRUE(fixture.seen.empty());
  EXPECT_TRUE(client.end().closed());
}

TEST(Session, DrainsByClosingWhenIdle) {
  HttpFixture fixture;
  Client idle = fixture.connect();
  Client busy = fixture.connect();
  Client half = fixture.connect();
  busy.send(get("/later") + get("/later"));
  half.send(get("/hello").substr(0, 10));
  bool empty = false;
  fixture.table.drain([&] { empty = true; });
  EXPECT_TRUE(idle.closed());
  fixture.answer_later(0, "a");
  const std::string first = busy.settle().received();
  EXPECT_FALSE(contains(first, "Connection: close"));
  fixture.answer_later(1, "b");
  const std::string last = busy.settle().received();
  EXPECT_TRUE(contains(last, "Connection: close"));
  EXPECT_TRUE(contains(half.send(get("/hello").substr(10)).received(), "Connection: close"));
  EXPECT_FALSE(empty);
  busy.end();
  half.end();
  EXPECT_TRUE(empty);
  Client late = fixture.connect();
  EXPECT_TRUE(late.closed());
}

TEST(Session, RunsNothingBehindTheAnswerThatEndsADrainingConnection) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later"));
  fixture.table.drain([] {});
  client.wire().write_room = 10;
  fixture.answer_later(0, "a");
  client.settle().send(get("/hello"));
  EXPECT_EQ(fixture.seen, (std::vector<std::string>{"GET /later "}));
  client.wire().write_room = SIZE_MAX;
  EXPECT_EQ(client.settle().statuses(), "200");
  EXPECT_TRUE(client.ended());
}

TEST(Session, HoldsNoTimerAndNoConnectionAfterItsEnd) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(get("/later") + all_but_the_end(post("/echo", "abc")));
  fixture.table.close_all();
  client.settle();
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(fixture.loop.timers(), 0u);
  EXPECT_EQ(fixture.table.size(), 0u);
  EXPECT_EQ(fixture.closed_connections, 1);
}

}  // namespace
}  // namespace relay::http
