#include <gtest/gtest.h>

#include "rpc_harness.h"

namespace relay::rpc {
namespace {

std::string remote_call(std::string_view params) {
  return std::string(R"({"jsonrpc":"2.0","method":"remote_call","id":1,"params":)").append(params) + "}";
}

std::string refusal(std::string_view params) {
  Bench bench;
  const std::string answer = bench.ask(remote_call(params));
  EXPECT_TRUE(bench.port.calls.empty());
  const std::string before =
      R"(200 {"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":"remote_call)";
  if (!answer.starts_with(before)) return answer;
  return answer.substr(before.size(), answer.rfind("\"},\"id\":1}") - before.size());
}

TEST(RemoteCall, BecomesTheCallThatItDescribes) {
  Bench bench;
  bench.send(remote_call(
      R"({"args":[5,{"a":"b"}],"node_id":"node2","timeout":1.5,"server_name":"c","method":"add"})"));
  ASSERT_EQ(bench.port.calls.size(), 1u);
  const Call& call = bench.port.calls[0];
  EXPECT_EQ(call.node, "node2");
  EXPECT_EQ(call.server, "c");
  EXPECT_EQ(call.method, "add");
  EXPECT_EQ(args_json(call), R"([5,{"a":"b"}])");
  EXPECT_EQ(call.form, ArgsForm::kByPosition);
  EXPECT_EQ(call.source, ArgsSource::kJson);
  EXPECT_EQ(call.deadline, bench.clock.now() + std::chrono::milliseconds(1500));
}

TEST(RemoteCall, TakesArgumentsByNameOrNone) {
  Bench bench;
  bench.send(remote_call(R"({"node_id":"n","server_name":"c","method":"m","args":{"k":1}})"));
  bench.send(remote_call(R"({"node_id":"n","server_name":"c","method":"m"})"));
  EXPECT_EQ(bench.port.calls[0].form, ArgsForm::kByNameOrWhole);
  EXPECT_EQ(args_json(bench.port.calls[0]), R"({"k":1})");
  EXPECT_EQ(args_json(bench.port.calls[1]), "none");
  EXPECT_EQ(bench.port.calls[1].deadline, bench.clock.now() + std::chrono::seconds(30));
}

TEST(RemoteCall, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(refusal("[\"n\",\"s\",\"m\"]"), " takes its parameters by name, in an object");
  EXPECT_EQ(refusal("{}"), ": parameter 'node_id' is missing");
  EXPECT_EQ(refusal(R"({"node_id":1})"), ": parameter 'node_id' must be string, got number");
  EXPECT_EQ(refusal(R"({"node_id":""})"), ": parameter 'node_id' must not be empty");
  EXPECT_EQ(refusal(R"({"node_id":"n"})"), ": parameter 'server_name' is missing");
  EXPECT_EQ(refusal(R"({"node_id":"n","server_name":null})"),
            ": parameter 'server_name' must be string, got nil");
  EXPECT_EQ(refusal(R"({"node_id":"n","server_name":"s"})"), ": parameter 'method' is missing");
  EXPECT_EQ(refusal(R"({"node_id":"n","server_name":"s","method":[]})"),
            ": parameter 'method' must be string, got array");
  EXPECT_EQ(refusal(R"({"node_id":"n","server_name":"s","method":"m","args":3})"),
            ": parameter 'args' must be array or object, got number");
  EXPECT_EQ(refusal(R"({"node_id":"n","server_name":"s","method":"m","arguments":[]})"),
            ": unknown parameter 'arguments'");
}

TEST(RemoteCall, BoundsTheTimeout) {
  const auto with_timeout = [](const std::string& timeout) {
    return R"({"node_id":"n","server_name":"s","method":"m","timeout":)" + timeout + "}";
  };
  EXPECT_EQ(refusal(with_timeout("\"1\"")), ": parameter 'timeout' must be number, got string");
  for (const std::string timeout : {"0", "-1", "3600.5", "1e300"}) {
    EXPECT_EQ(refusal(with_timeout(timeout)),
              ": parameter 'timeout' must be above 0 and at most 3600 seconds");
  }
  Bench bench;
  bench.send(remote_call(with_timeout("3600")));
  bench.send(remote_call(with_timeout("1e-300")));
  EXPECT_EQ(bench.port.calls[0].deadline, bench.clock.now() + std::chrono::hours(1));
  EXPECT_EQ(bench.port.calls[1].deadline, bench.clock.now() + std::chrono::nanoseconds(1));
}

TEST(RemoteCall, IsCheckedWithoutParams) {
  Bench bench;
  EXPECT_EQ(bench.ask(R"({"jsonrpc":"2.0","method":"remote_call","id":1})"),
            R"(200 {"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params",)"
            R"("data":"remote_call takes its parameters by name, in an object"},"id":1})");
}

}  // namespace
}  // namespace relay::rpc
