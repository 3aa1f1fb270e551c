#include "rpc/error_table.h"

#include <gtest/gtest.h>

#include "rpc_harness.h"

namespace relay::rpc {
namespace {

constexpr std::string_view kCall = R"({"jsonrpc":"2.0","method":"s.m","id":1})";

std::string error(const std::string& code, const std::string& message, const std::string& data) {
  return R"(200 {"jsonrpc":"2.0","error":{"code":)" + code + R"(,"message":")" + message + R"(","data":)" +
         data + R"(},"id":1})";
}

std::string answer_to(Failure failure, ErrorDetail detail = ErrorDetail::kHidden) {
  Bench bench(nullptr, {}, detail);
  bench.send(kCall);
  bench.reply(0, std::move(failure));
  return bench.shown();
}

Failure with_origin(Errc code) {
  Failure result = failure(code, "division by zero");
  result.error_kind = "arithmetic";
  result.origin = std::make_unique<FailureOrigin>();
  const auto file = std::make_shared<SourceFile>("blog.rl", "fn divide(a, b) {\n  a / b\n}\ndivide(1, 0)\n");
  result.origin->place = {file, {20, 25}};
  result.origin->trace = {{"divide", {file, {20, 25}}}, {"handler", {file, {28, 40}}}};
  return result;
}

TEST(ErrorTable, AnswersWhatIsNotFound) {
  EXPECT_EQ(answer_to(failure(Errc::kServerNotFound, "server 'x' not found")),
            error("-32601", "Method not found", R"("Server 'x' not found")"));
  EXPECT_EQ(answer_to(failure(Errc::kMethodNotFound, "method 'm' not found on server 'x'")),
            error("-32601", "Method not found", R"("Method 'm' not found on server 'x'")"));
}

TEST(ErrorTable, AnswersInvalidParams) {
  EXPECT_EQ(
      answer_to(failure(Errc::kInvalidParams, "method 's.m': parameter 'n' must be number, got string")),
      error("-32602", "Invalid params", R"("method 's.m': parameter 'n' must be number, got string")"));
}

TEST(ErrorTable, AnswersRuntimeErrorsWithTheirMessage) {
  EXPECT_EQ(answer_to(with_origin(Errc::kRuntime)),
            error("-32603", "Internal error", R"("division by zero")"));
  EXPECT_EQ(answer_to(failure(Errc::kDeadlock, "deadlock: a.x -> b.y -> a.z")),
            error("-32603", "Internal error", R"("deadlock: a.x -> b.y -> a.z")"));
}

TEST(ErrorTable, ShowsTheOriginOfARuntimeErrorOnlyWhenAsked) {
  EXPECT_EQ(answer_to(with_origin(Errc::kRuntime), ErrorDetail::kShown),
            error("-32603", "Internal error",
                  R"({"message":"division by zero","file":"blog.rl","line":2,)"
                  R"-("stack":["at divide (blog.rl:2:3)","at handler (blog.rl:4:1)"]})-"));
  EXPECT_EQ(answer_to(failure(Errc::kRuntime, "no origin"), ErrorDetail::kShown),
            error("-32603", "Internal error", R"("no origin")"));
  EXPECT_EQ(answer_to(with_origin(Errc::kInvalidParams), ErrorDetail::kShown),
            error("-32602", "Invalid params", R"("division by zero")"));
}

TEST(ErrorTable, AnswersAThrownValueAsItIs) {
  Failure thrown = failure(Errc::kApplication, "no such post");
  thrown.thrown_json = R"({"reason":"no such post","id":[7]})";
  EXPECT_EQ(answer_to(std::move(thrown)),
            error("-32000", "Application error", R"({"reason":"no such post","id":[7]})"));
}

TEST(ErrorTable, AnswersOverloadWithTheTimeToWait) {
  EXPECT_EQ(answer_to(failure(Errc::kOverloaded, "mailbox of 's' is full")),
            error("-32005", "Overloaded", R"({"message":"mailbox of 's' is full","retry_after_ms":100})"));
  Failure known = failure(Errc::kOverloaded, "full");
  known.retry_after = std::chrono::milliseconds(2500);
  EXPECT_EQ(answer_to(std::move(known)),
            error("-32005", "Overloaded", R"({"message":"full","retry_after_ms":2500})"));
}

TEST(ErrorTable, AnswersATimeout) {
  EXPECT_EQ(answer_to(failure(Errc::kTimeout, "no reply within 30 seconds")),
            error("-32002", "Timeout", R"("no reply within 30 seconds")"));
}

TEST(ErrorTable, AnswersFailuresOnTheWayWithTheirKind) {
  for (const Errc code : {Errc::kUnknownNode, Errc::kNoRoute, Errc::kUnreachable, Errc::kTtlExceeded,
                          Errc::kTooLarge, Errc::kDenied, Errc::kShuttingDown, Errc::kUnknownOutcome}) {
    Failure failed = failure(code, "why \"not\"");
    failed.ran = Ran::kUnknown;
    EXPECT_EQ(answer_to(std::move(failed)), error("-32603", "Internal error",
                                                  R"({"kind":")" + std::string(name(code)) +
                                                      R"(","message":"why \"not\"","ran":"unknown"})"));
  }
}

Failure elsewhere(Errc code, std::string message) {
  Failure result = failure(code, std::move(message));
  result.where = std::make_unique<FailurePath>(FailurePath{"node3", {"node1", "node2", "node3"}});
  return result;
}

TEST(ErrorTable, SaysOfFailuresElsewhereWhereTheyArose) {
  Failure unreachable = elsewhere(Errc::kUnreachable, "the link to 'node3' has ended");
  EXPECT_EQ(answer_to(std::move(unreachable)),
            error("-32603", "Internal error",
                  R"({"kind":"unreachable","message":"the link to 'node3' has ended","node":"node3",)"
                  R"("path":["node1","node2","node3"],"ran":"no"})"));
  Failure nowhere = failure(Errc::kUnknownNode, "node 'x' is unknown");
  nowhere.where = std::make_unique<FailurePath>(FailurePath{"node1", {}});
  EXPECT_EQ(answer_to(std::move(nowhere)),
            error("-32603", "Internal error",
                  R"({"kind":"unknown_node","message":"node 'x' is unknown","node":"node1","path":[],"ran":"no"})"));
}

TEST(ErrorTable, KeepsTheCodesOfFailuresElsewhere) {
  const std::string where = R"("node":"node3","path":["node1","node2","node3"],"ran":"no"})";
  EXPECT_EQ(answer_to(elsewhere(Errc::kServerNotFound, "server 'x' not found")),
            error("-32601", "Method not found",
                  R"({"kind":"server_not_found","message":"server 'x' not found",)" + where));
  EXPECT_EQ(answer_to(elsewhere(Errc::kInvalidParams, "too many")),
            error("-32602", "Invalid params", R"({"kind":"invalid_params","message":"too many",)" + where));
  EXPECT_EQ(answer_to(elsewhere(Errc::kTimeout, "late")),
            error("-32002", "Timeout", R"({"kind":"timeout","message":"late",)" + where));
}

TEST(ErrorTable, SaysOfAnErrorInAProgramElsewhereItsKindThere) {
  Failure runtime = elsewhere(Errc::kRuntime, "division by zero");
  runtime.error_kind = "arithmetic";
  runtime.ran = Ran::kYes;
  EXPECT_EQ(answer_to(std::move(runtime), ErrorDetail::kShown),
            error("-32603", "Internal error",
                  R"({"kind":"runtime","error_kind":"arithmetic","message":"division by zero","node":"node3",)"
                  R"("path":["node1","node2","node3"],"ran":"yes"})"));
}

TEST(ErrorTable, SaysOfAnOverloadElsewhereWhenToTryAgain) {
  EXPECT_EQ(answer_to(elsewhere(Errc::kOverloaded, "full")),
            error("-32005", "Overloaded",
                  R"({"kind":"overloaded","message":"full","node":"node3","path":["node1","node2","node3"],)"
                  R"("ran":"no","retry_after_ms":100})"));
}

TEST(ErrorTable, AnswersAValueThrownElsewhereAsItIs) {
  Failure thrown = elsewhere(Errc::kApplication, "no such post");
  thrown.thrown_json = R"({"reason":"no such post"})";
  EXPECT_EQ(answer_to(std::move(thrown)), error("-32000", "Application error", R"({"reason":"no such post"})"));
}

TEST(ErrorTable, AnswersBugsOfRelayItself) {
  EXPECT_EQ(answer_to(failure(Errc::kInternal, "something broke")),
            error("-32603", "Internal error", R"("something broke")"));
}

TEST(ErrorTable, AnswersBrokenTextWithThePlace) {
  Bench bench;
  EXPECT_EQ(bench.ask(R"({"jsonrpc":"2.0",})"),
            R"(400 {"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error",)"
            R"("data":"expected a key in quotes, found '}' at byte 17"},"id":null})");
  EXPECT_EQ(bench.ask(""), R"(400 {"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error",)"
                           R"("data":"expected a value, found the end at byte 0"},"id":null})");
}

TEST(ErrorTable, AnswersAWrongHttpMethod) {
  const Answer answer = wrong_http_method();
  EXPECT_EQ(answer.status, 405u);
  EXPECT_EQ(answer.body, R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request",)"
                         R"("data":"/rpc takes only POST"},"id":null})");
}

}  // namespace
}  // namespace relay::rpc
