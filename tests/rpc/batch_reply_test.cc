#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "rpc_harness.h"

namespace relay::rpc {
namespace {

std::string batch(int calls) {
  std::string body;
  for (int i = 0; i < calls; ++i) {
    body += (i == 0 ? "[" : ",") + (R"({"jsonrpc":"2.0","method":"s.m","id":)" + std::to_string(i) + "}");
  }
  return body + "]";
}

std::string results(int calls) {
  std::string body = "200 ";
  for (int i = 0; i < calls; ++i) {
    body += (i == 0 ? "[" : ",") + (R"({"jsonrpc":"2.0","result":)" + std::to_string(i * 10)) + R"(,"id":)" +
            std::to_string(i) + "}";
  }
  return body + "]";
}

TEST(BatchReply, KeepsTheOrderOfTheRequests) {
  Bench bench;
  bench.send(batch(4));
  ASSERT_EQ(bench.port.calls.size(), 4u);  // all are sent before any is awaited
  for (const int call : {2, 0, 3, 1}) {
    EXPECT_EQ(bench.shown(), "0 answers");
    bench.reply(static_cast<std::size_t>(call), std::to_string(call * 10));
  }
  EXPECT_EQ(bench.shown(), results(4));
}

TEST(BatchReply, AnswersWhenAllRepliesComeAtOnce) {
  int next = 0;
  Bench bench([&](const Call&) { return std::to_string(10 * next++); });
  EXPECT_EQ(bench.ask(batch(3)), results(3));
}

TEST(BatchReply, MixesResultsErrorsAndNotifications) {
  Bench bench;
  bench.send(R"([7, {"jsonrpc":"2.0","method":"s.a","id":1}, {"jsonrpc":"2.0","method":"s.b"},
                 {"jsonrpc":"2.0","method":"nodot"}, {"jsonrpc":"2.0","method":"nodot","id":2},
                 {"jsonrpc":"2.0","method":"s.c","id":"three"}])");
  ASSERT_EQ(bench.port.calls.size(), 3u);
  EXPECT_EQ(bench.port.calls[1].sink, nullptr);
  bench.reply(2, failure(Errc::kTimeout, "late"));
  bench.reply(0, std::string("null"));
  EXPECT_EQ(bench.shown(),
            R"(200 [{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request",)"
            R"("data":"a request must be an object"},"id":null},)"
            R"({"jsonrpc":"2.0","result":null,"id":1},)"
            R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found",)"
            R"("data":"'nodot' is not of the form server.method"},"id":2},)"
            R"({"jsonrpc":"2.0","error":{"code":-32002,"message":"Timeout","data":"late"},"id":"three"}])");
}

TEST(BatchReply, AnswersForDroppedCalls) {
  Bench bench;
  bench.send(batch(2));
  bench.reply(1, std::string("10"));
  bench.port.calls.clear();
  EXPECT_EQ(bench.shown(), R"(200 [{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error",)"
                           R"("data":"the call was dropped without an answer"},"id":0},)"
                           R"({"jsonrpc":"2.0","result":10,"id":1}])");
}

TEST(BatchReply, TakesAFullBatchAndRefusesOneCallMore) {
  Bench bench([](const Call&) { return std::string("1"); });
  EXPECT_TRUE(bench.ask(batch(1000)).starts_with("200 [{"));
  EXPECT_EQ(bench.port.calls.size(), 1000u);
  const std::string refused = R"( calls; at most 1000 are allowed"},"id":null})";
  EXPECT_TRUE(bench.ask(batch(1001)).ends_with("\"a batch of 1001" + refused));
  EXPECT_EQ(bench.answers[0].status, 400u);
  EXPECT_TRUE(bench.ask(batch(100'000)).ends_with("\"a batch of 100000" + refused));
  EXPECT_EQ(bench.port.calls.size(), 1000u);
}

TEST(BatchReply, RefusesBrokenTextBehindAFullBatch) {
  Bench bench;
  std::string body = batch(1500);
  body.back() = '}';
  EXPECT_NE(bench.ask(body).find("-32700"), std::string::npos);
  EXPECT_TRUE(bench.port.calls.empty());
}

TEST(BatchReply, BoundsTheResultsTogether) {
  Bench bench(nullptr, {.max_reply_bytes = 40, .max_batch_reply_bytes = 100});
  bench.send(batch(4));
  EXPECT_EQ(bench.port.calls[0].sink->max_json_bytes(), 40u);
  bench.reply(0, std::string(40, '1'));
  bench.reply(1, std::string(40, '2'));
  EXPECT_EQ(bench.port.calls[2].sink->max_json_bytes(), 20u);
  bench.reply(2, std::string(30, '3'));
  bench.reply(3, std::string(20, '4'));
  const std::string answer = bench.shown();
  EXPECT_NE(answer.find(std::string(40, '2')), std::string::npos);
  EXPECT_EQ(answer.find(std::string(30, '3')), std::string::npos);
  EXPECT_NE(answer.find(R"("kind":"too_large","message":"a reply of 30 bytes; at most 20 are allowed")"),
            std::string::npos);
  EXPECT_NE(answer.find(std::string(20, '4')), std::string::npos);
}

TEST(BatchReply, GivesEachCallTheSameDeadline) {
  Bench bench(nullptr, {.call_timeout = std::chrono::seconds(3)});
  bench.send(batch(2));
  EXPECT_EQ(bench.port.calls[0].deadline, bench.clock.now() + std::chrono::seconds(3));
  EXPECT_EQ(bench.port.calls[1].deadline, bench.port.calls[0].deadline);
}

// Counts its answers from whatever thread.
class CountingSink final : public AnswerSink {
 public:
  CountingSink(std::atomic<int>& answers, std::string& body) : answers_(answers), body_(body) {}
  void answer(Answer answer) override {
    body_ = std::move(answer.body);
    answers_.fetch_add(1, std::memory_order_release);
  }

 private:
  std::atomic<int>& answers_;
  std::string& body_;
};

TEST(BatchReply, JoinsRepliesFromManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kCalls = 200;
  for (int round = 0; round < 50; ++round) {
    std::atomic<int> answers = 0;
    std::string body;
    HandClock clock;
    FakePort port;
    Dispatcher dispatcher(port, clock, {}, ErrorDetail::kHidden, nullptr);
    dispatcher.dispatch(batch(kCalls), std::make_unique<CountingSink>(answers, body));
    std::barrier start(kThreads);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        start.arrive_and_wait();
        for (int i = t; i < kCalls; i += kThreads) {
          const auto sink = std::move(port.calls[static_cast<std::size_t>(i)].sink);
          if (i % 7 != 0) sink->answer(std::to_string(i * 10));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(answers.load(), 1);
    EXPECT_NE(body.find(R"({"jsonrpc":"2.0","result":1990,"id":199}])"), std::string::npos);
    EXPECT_NE(body.find(R"("data":"the call was dropped without an answer"},"id":196},{)"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace relay::rpc
