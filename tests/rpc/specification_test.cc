#include <gtest/gtest.h>

#include "rpc_harness.h"
#include "value/array.h"
#include "value/object.h"

namespace relay::rpc {
namespace {

// The exchanges of section 7 of the JSON-RPC 2.0 specification. The methods live on server `m`, since every
// method here has one, and `data` says more than the specification's answers do; `without_data` takes it
// away.

double argument(const Call& call, std::size_t position, std::string_view name) {
  const Value& args = call.args.value();
  return args.is_array() ? array::at(args, position).as_number() : object::find(args, name)->as_number();
}

Reply handle(const Call& call) {
  if (call.server != "m") return failure(Errc::kServerNotFound, "Server '" + call.server + "' not found");
  if (call.method == "subtract") {
    return std::to_string(int(argument(call, 0, "minuend") - argument(call, 1, "subtrahend")));
  }
  if (call.method == "sum") {
    int sum = 0;
    for (std::size_t i = 0; i < array::size(call.args.value()); ++i) sum += int(argument(call, i, ""));
    return std::to_string(sum);
  }
  if (call.method == "get_data") return R"(["hello",5])";
  return failure(Errc::kMethodNotFound, "Method '" + call.method + "' not found on server 'm'");
}

std::string without_data(std::string answer) {
  for (std::size_t at; (at = answer.find(",\"data\":")) != std::string::npos;) {
    answer.erase(at, answer.find("},\"id\"", at) - at);
  }
  return answer;
}

std::string asked(std::string_view body) {
  Bench bench(handle);
  return without_data(bench.ask(body));
}

TEST(Specification, CallsWithPositionalParameters) {
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": "m.subtract", "params": [42, 23], "id": 1})"),
            R"(200 {"jsonrpc":"2.0","result":19,"id":1})");
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": "m.subtract", "params": [23, 42], "id": 2})"),
            R"(200 {"jsonrpc":"2.0","result":-19,"id":2})");
}

TEST(Specification, CallsWithNamedParameters) {
  EXPECT_EQ(
      asked(
          R"({"jsonrpc": "2.0", "method": "m.subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3})"),
      R"(200 {"jsonrpc":"2.0","result":19,"id":3})");
  EXPECT_EQ(
      asked(
          R"({"jsonrpc": "2.0", "method": "m.subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4})"),
      R"(200 {"jsonrpc":"2.0","result":19,"id":4})");
}

TEST(Specification, DoesNotAnswerNotifications) {
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": "m.update", "params": [1,2,3,4,5]})"), "204");
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": "foobar"})"), "204");
}

TEST(Specification, AnswersACallOfAMethodThatDoesNotExist) {
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": "foobar", "id": "1"})"),
            R"(200 {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"1"})");
}

TEST(Specification, AnswersInvalidJson) {
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz])"),
            R"(400 {"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null})");
}

TEST(Specification, AnswersAnInvalidRequest) {
  EXPECT_EQ(asked(R"({"jsonrpc": "2.0", "method": 1, "params": "bar"})"),
            R"(400 {"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null})");
}

TEST(Specification, AnswersABatchOfInvalidJson) {
  EXPECT_EQ(asked(R"([
    {"jsonrpc": "2.0", "method": "m.sum", "params": [1,2,4], "id": "1"},
    {"jsonrpc": "2.0", "method"
  ])"),
            R"(400 {"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null})");
}

TEST(Specification, AnswersAnEmptyBatch) {
  EXPECT_EQ(asked("[]"),
            R"(400 {"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null})");
}

TEST(Specification, AnswersInvalidBatches) {
  const std::string invalid =
      R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null})";
  EXPECT_EQ(asked("[1]"), "200 [" + invalid + "]");
  EXPECT_EQ(asked("[1,2,3]"), "200 [" + invalid + "," + invalid + "," + invalid + "]");
}

TEST(Specification, AnswersAMixedBatch) {
  EXPECT_EQ(asked(R"([
        {"jsonrpc": "2.0", "method": "m.sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method": "m.notify_hello", "params": [7]},
        {"jsonrpc": "2.0", "method": "m.subtract", "params": [42,23], "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "m.get_data", "id": "9"}
    ])"),
            R"(200 [{"jsonrpc":"2.0","result":7,"id":"1"},)"
            R"({"jsonrpc":"2.0","result":19,"id":"2"},)"
            R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null},)"
            R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"5"},)"
            R"({"jsonrpc":"2.0","result":["hello",5],"id":"9"}])");
}

TEST(Specification, DoesNotAnswerABatchOfNotifications) {
  EXPECT_EQ(asked(R"([
        {"jsonrpc": "2.0", "method": "m.notify_sum", "params": [1,2,4]},
        {"jsonrpc": "2.0", "method": "m.notify_hello", "params": [7]}
    ])"),
            "204");
}

}  // namespace
}  // namespace relay::rpc
