#include <gtest/gtest.h>

#include "rpc_harness.h"
#include "value/array.h"
#include "value/heap.h"

namespace relay::rpc {
namespace {

constexpr std::string_view kCallX = R"({"jsonrpc":"2.0","method":"s.m","id":"x"})";

TEST(SingleReply, AnswersOnceTheReplyIsThere) {
  Bench bench;
  bench.send(kCallX);
  EXPECT_EQ(bench.shown(), "0 answers");
  bench.reply(0, std::string("{\"a\":1}"));
  EXPECT_EQ(bench.shown(), R"(200 {"jsonrpc":"2.0","result":{"a":1},"id":"x"})");
}

TEST(SingleReply, WritesAValueThatWasNotWrittenYet) {
  Heap heap;
  HeapScope scope(heap);
  Bench bench;
  bench.send(kCallX);
  Value list = array::make();
  array::push(list, Value(1.0));
  bench.reply(0, pack(std::move(list)).value());
  EXPECT_EQ(bench.shown(), R"(200 {"jsonrpc":"2.0","result":[1],"id":"x"})");
}

TEST(SingleReply, WritesAThrownValueThatWasNotWrittenYet) {
  Heap heap;
  HeapScope scope(heap);
  Bench bench;
  bench.send(kCallX);
  Failure thrown = failure(Errc::kApplication, "[1]");
  Value list = array::make();
  array::push(list, Value(1.0));
  thrown.thrown = pack(std::move(list)).value();
  bench.reply(0, std::move(thrown));
  EXPECT_EQ(bench.shown(), R"(200 {"jsonrpc":"2.0","error":{"code":-32000,"message":"Application error","data":[1]},"id":"x"})");
}

TEST(SingleReply, AnswersForACallThatWasDropped) {
  Bench bench;
  bench.send(kCallX);
  bench.port.calls.clear();
  EXPECT_EQ(bench.shown(), R"(200 {"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error",)"
                           R"("data":"the call was dropped without an answer"},"id":"x"})");
}

TEST(SingleReply, AsksForJsonWithinTheLimit) {
  Bench bench(nullptr, {.max_reply_bytes = 10});
  bench.send(kCallX);
  EXPECT_EQ(bench.port.calls[0].sink->form(), ReplySink::Form::kJson);
  EXPECT_EQ(bench.port.calls[0].sink->max_json_bytes(), 10u);
}

TEST(SingleReply, RefusesAReplyPastTheLimit) {
  const auto ask = [](std::size_t bytes) {
    Bench bench(nullptr, {.max_reply_bytes = 10});
    bench.send(kCallX);
    bench.reply(0, std::string(bytes, '1'));
    return bench.shown();
  };
  EXPECT_EQ(ask(10), R"(200 {"jsonrpc":"2.0","result":1111111111,"id":"x"})");
  EXPECT_EQ(ask(11),
            R"(200 {"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error","data":{"kind":)"
            R"("too_large","message":"a reply of 11 bytes; at most 10 are allowed","ran":"yes"}},"id":"x"})");
}

TEST(SingleReply, RefusesAThrownValuePastTheLimit) {
  Bench bench(nullptr, {.max_reply_bytes = 10});
  bench.send(kCallX);
  Failure thrown = failure(Errc::kApplication, "large");
  thrown.thrown_json = std::string(11, '1');
  bench.reply(0, std::move(thrown));
  EXPECT_NE(bench.shown().find(R"("kind":"too_large")"), std::string::npos);
}

}  // namespace
}  // namespace relay::rpc
