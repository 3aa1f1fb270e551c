// The small parts: output queue, input buffer, byte budget, routes, CORS and header flags, query values, error texts.
#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <random>

#include "http/byte_budget.h"
#include "http/cors.h"
#include "http/input_buffer.h"
#include "http/output_queue.h"
#include "http/request.h"
#include "http/response.h"
#include "http/routes.h"
#include "http/server_config.h"

namespace relay::http {
namespace {

// Sends everything in portions of at most `portion` bytes, with room for `width` pieces.
std::string drain(OutputQueue& queue, std::size_t portion, std::size_t width) {
  std::string sent;
  std::vector<std::string_view> pieces(width);
  while (!queue.empty()) {
    const std::size_t before = queue.size();
    const std::size_t count = queue.next_pieces(pieces);
    std::string gathered;
    for (std::size_t i = 0; i < count; ++i) gathered += pieces[i];
    gathered.resize(std::min(gathered.size(), portion));
    EXPECT_FALSE(gathered.empty());
    queue.consume(gathered.size());
    EXPECT_EQ(queue.size(), before - gathered.size());
    sent += gathered;
  }
  return sent;
}

TEST(OutputQueue, SendsEverythingInOrderInAnyPortions) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    OutputQueue queue;
    std::string expected;
    for (unsigned i = random() % 12; i > 0; --i) {
      const std::string text(random() % 50, static_cast<char>('a' + random() % 26));
      const std::string body(random() % 4000, static_cast<char>('A' + random() % 26));
      queue.text() += text;
      queue.append_body(body);
      expected += text + body;
    }
    EXPECT_EQ(queue.size(), expected.size());
    ASSERT_EQ(drain(queue, 1 + random() % 3000, 3 + random() % 6), expected);
    EXPECT_EQ(queue.size(), 0u);
  }
}

TEST(OutputQueue, DoesNotCopyALargeBody) {
  OutputQueue queue;
  std::string body(100'000, 'x');
  const char* const place = body.data();
  queue.text() += "head";
  queue.append_body(std::move(body));
  std::array<std::string_view, 8> pieces;
  ASSERT_EQ(queue.next_pieces(pieces), 2u);
  EXPECT_EQ(pieces[1].data(), place);
}

TEST(OutputQueue, ForgetsWhatWasSentToAClientThatNeverCatchesUp) {
  std::mt19937 random(7);
  OutputQueue queue;
  std::string expected;
  std::string sent;
  std::size_t most_text = 0;
  std::vector<std::string_view> pieces(8);
  for (int round = 0; round < 3000; ++round) {
    const std::string head(100 + random() % 100, static_cast<char>('a' + random() % 26));
    const std::string body(random() % 4000, static_cast<char>('A' + random() % 26));
    queue.text() += head;
    queue.append_body(body);
    expected += head + body;
    while (queue.size() > 50'000) {
      ASSERT_GT(queue.next_pieces(pieces), 0u);
      const std::string_view piece = pieces.front().substr(0, 1 + random() % 3000);
      sent += piece;
      queue.consume(piece.size());
    }
    most_text = std::max(most_text, queue.text().size());
  }
  EXPECT_EQ(sent + drain(queue, 3000, 8), expected);
  EXPECT_LE(most_text, 2u * 54'000);
}

TEST(OutputQueue, GivesTheRoomOfALongQueueBackBeforeItIsEmpty) {
  OutputQueue queue;
  queue.text() = std::string(4u << 20, 'x');
  queue.consume((4u << 20) - 20'000);
  EXPECT_EQ(queue.size(), 20'000u);
  EXPECT_LT(queue.text().capacity(), 100'000u);
}

TEST(InputBuffer, KeepsWhatIsNotDropped) {
  InputBuffer buffer;
  EXPECT_TRUE(buffer.empty());
  buffer.append("hello");
  buffer.append(" world");
  buffer.drop(6);
  EXPECT_EQ(buffer.view(), "world");
  buffer.append(std::string(10'000, 'x'));
  EXPECT_EQ(buffer.size(), 10'005u);
  EXPECT_EQ(buffer.view().substr(0, 6), "worldx");
  buffer.drop(10'005);
  EXPECT_TRUE(buffer.empty());
  buffer.append("again");
  EXPECT_EQ(buffer.view(), "again");
}

TEST(ByteBudget, IsExhaustedByWhatAllCoresHold) {
  SharedBudget shared(4'000'000);
  ByteBudget first(shared);
  ByteBudget second(shared);
  first.change(0, 2'000'000);
  EXPECT_FALSE(first.is_exhausted());
  second.change(0, 2'000'000);
  EXPECT_TRUE(first.is_exhausted());
  EXPECT_TRUE(second.is_exhausted());
  second.change(2'000'000, 500'000);
  EXPECT_FALSE(first.is_exhausted());
}

TEST(ByteBudget, LetsNoCoreHoldUpASmallBudgetByWhatItKeepsInStore) {
  SharedBudget shared(200'000);
  std::deque<ByteBudget> cores;
  for (int i = 0; i < 16; ++i) cores.emplace_back(shared).change(0, 10'000);
  for (ByteBudget& core : cores) core.change(10'000, 0);
  EXPECT_FALSE(shared.is_exhausted());
}

TEST(ByteBudget, GivesEverythingBackInTheEnd) {
  SharedBudget shared(600'000);
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    ByteBudget budget(shared);
    std::size_t held = 0;
    for (int i = 0; i < 100; ++i) {
      const std::size_t next = random() % 5'000'000;
      budget.change(held, next);
      held = next;
    }
    budget.change(held, 0);
  }
  ByteBudget last(shared);
  EXPECT_FALSE(last.is_exhausted());
  last.change(0, 600'000);
  EXPECT_TRUE(last.is_exhausted());
}

Route route(std::string method, std::string path) {
  return {std::move(method), std::move(path), [](Request&, Responder) {}};
}

TEST(Routes, FindsAMethodOfAPath) {
  Routes routes;
  routes.add(route("GET", "/a"));
  routes.add(route("POST", "/a"));
  routes.add(route("POST", "/b"));
  using Kind = Routes::Match::Kind;
  EXPECT_EQ(routes.find("GET", "/a").route->method, "GET");
  EXPECT_EQ(routes.find("HEAD", "/a").route->method, "GET");
  EXPECT_EQ(routes.find("POST", "/b").route->path, "/b");
  EXPECT_EQ(routes.find("HEAD", "/b").kind, Kind::kWrongMethod);
  EXPECT_EQ(routes.find("DELETE", "/a").allow, "POST, GET, HEAD, OPTIONS");
  EXPECT_EQ(routes.find("GET", "/a/").kind, Kind::kNoPath);
  EXPECT_EQ(routes.find("GET", "").kind, Kind::kNoPath);
  EXPECT_EQ(routes.find("OPTIONS", "/b").kind, Kind::kOptions);
}

TEST(Cors, ReadsItsFlag) {
  EXPECT_EQ(parse_cors("*").value().mode, Cors::Mode::kAny);
  EXPECT_EQ(parse_cors("off").value().mode, Cors::Mode::kOff);
  const Cors list = parse_cors("http://localhost:3000,https://a.example").value();
  EXPECT_EQ(list.origins, (std::vector<std::string>{"http://localhost:3000", "https://a.example"}));
  for (const char* bad : {"", "a.example", "https://", "https://a/path", "https://a.example,,https://b.example", "https://a b", "://a",
                          "https://a.example\r\nX: y"}) {
    EXPECT_FALSE(parse_cors(bad).has_value()) << bad;
  }
}

TEST(ResponseHeader, ReadsItsFlag) {
  EXPECT_EQ(parse_response_header("X-A: b c").value(), "X-A: b c\r\n");
  EXPECT_EQ(parse_response_header("X-A:").value(), "X-A: \r\n");
  for (const char* bad : {"", "X-A", ": b", "X A: b", "X: a\r\nY: b", "X: \x01", "content-length: 3", "Date: now",
                          "Transfer-Encoding: chunked", "Connection: close"}) {
    EXPECT_FALSE(parse_response_header(bad).has_value()) << bad;
  }
}

TEST(QueryValue, FindsAKey) {
  EXPECT_EQ(query_value("a=1&b=2", "b"), "2");
  EXPECT_EQ(query_value("a=1&a=2", "a"), "1");
  EXPECT_EQ(query_value("a&b=", "a"), "");
  EXPECT_EQ(query_value("a&b=", "b"), "");
  EXPECT_EQ(query_value("ab=1", "a"), std::nullopt);
  EXPECT_EQ(query_value("", "a"), std::nullopt);
  EXPECT_EQ(query_value("x=a=b", "x"), "a=b");
}

TEST(ErrorResponse, EscapesItsMessage) {
  EXPECT_EQ(error_response(400, "a\"b\\c\nd\x7f\xc3\xa9").body, "{\"error\":\"a\\\"b\\\\c\\u000ad\\u007f\xc3\xa9\"}");
}

TEST(ErrorResponse, HasAReasonForEachStatusThatIsSent) {
  for (const int status : {200, 204, 400, 404, 405, 408, 413, 415, 417, 431, 500, 503, 505}) {
    EXPECT_NE(reason_phrase(status), "Unknown") << status;
  }
}

}  // namespace
}  // namespace relay::http
