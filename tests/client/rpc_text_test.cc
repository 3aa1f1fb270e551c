#include "client/rpc_text.h"

#include <gtest/gtest.h>

#include "client/rpc_failure.h"

namespace relay::client {
namespace {

TEST(RpcText, WritesARequest) {
  EXPECT_EQ(request_text("a.b\"", "[1]", 7), R"({"jsonrpc":"2.0","method":"a.b\"","params":[1],"id":7})");
}

TEST(RpcText, ReadsAResultAndAnError) {
  const auto replies = read_replies(
      R"([{"jsonrpc":"2.0","result":{"a": 1},"id":2},{"error":{"code":-32000,"message":"m","data":[1]},"id":null}])");
  ASSERT_TRUE(replies);
  ASSERT_EQ(replies->size(), 2u);
  EXPECT_EQ(replies->at(0).result, R"({"a": 1})");
  EXPECT_EQ(replies->at(0).id, 2u);
  EXPECT_FALSE(replies->at(0).error);
  EXPECT_EQ(replies->at(1).error->code, -32000);
  EXPECT_EQ(replies->at(1).error->data, "[1]");
  EXPECT_FALSE(replies->at(1).id);
}

TEST(RpcText, ReadsAResultThatIsNull) {
  EXPECT_EQ(read_replies(R"({"id":1,"result":null})")->at(0).result, "null");
}

TEST(RpcText, RefusesWhatIsNoReply) {
  for (const char* text : {"", "{", "<html>", "5", "{}", "[5]", "[[]]", R"({"result":1,"error":{"code":1}})",
                           R"({"error":{"message":"no code"}})", R"({"error":{"code":"1"}})",
                           R"({"error":5,"id":1})", R"({"result":1} x)"}) {
    EXPECT_FALSE(read_replies(text)) << text;
  }
}

TEST(RpcFailure, TellsTheFactsOfAFailureElsewhere) {
  const RpcError error{
      -32603, "Internal error",
      R"({"kind":"unreachable","message":"the link ended","node":"b","path":["a","b"],"ran":"no"})"};
  EXPECT_EQ(
      failure_text(error, 80),
      "Internal error (-32603): the link ended\n  kind: unreachable\n  node: b\n  path: a -> b\n  ran: no\n");
  EXPECT_EQ(failure_sentence(error), "the link ended");
}

TEST(RpcFailure, TellsTheStackOfANodeInDevelopment) {
  const RpcError error{-32603, "Internal error",
                       R"_({"message":"m","file":"a.rl","line":3,"stack":["at f (a.rl:3:1)"]})_"};
  EXPECT_EQ(failure_text(error, 80),
            "Internal error (-32603): m\n  file: a.rl\n  line: 3\n  at f (a.rl:3:1)\n");
}

TEST(RpcFailure, ShowsAThrownValueAsAValue) {
  const RpcError error{-32000, "Application error", R"({"message":"mine","node":5})"};
  EXPECT_EQ(failure_text(error, 80), "Application error (-32000):\n  {message: \"mine\", node: 5}\n");
}

TEST(RpcFailure, ShowsATextAndNoDataAtAll) {
  EXPECT_EQ(failure_text({-32603, "Internal error", R"({"message":"no","path":[],"ran":"no"})"}, 80),
            "Internal error (-32603): no\n  ran: no\n");
  EXPECT_EQ(failure_text({-32602, "Invalid params", R"("a\nb")"}, 80), "Invalid params (-32602): a\\nb\n");
  EXPECT_EQ(failure_text({-1, "m", ""}, 80), "m (-1)\n");
  EXPECT_EQ(failure_json({-1, "m", "[1]"}), R"({"code":-1,"message":"m","data":[1]})");
}

}  // namespace
}  // namespace relay::client
