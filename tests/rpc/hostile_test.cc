#include <gtest/gtest.h>

#include "rpc_harness.h"

namespace relay::rpc {
namespace {

// The code of the one answer to `body`.
std::string code(std::string_view body) {
  Bench bench([](const Call&) { return std::string("1"); });
  const std::string answer = bench.ask(body);
  const std::size_t at = answer.find("\"code\":");
  return at == std::string::npos ? answer : answer.substr(at + 7, 6);
}

TEST(Hostile, BracketsWithoutEnd) {
  EXPECT_EQ(code(std::string(1 << 20, '[')), "-32700");
  EXPECT_EQ(code(std::string(1 << 20, '{')), "-32700");
  EXPECT_EQ(code(R"({"params":)" + std::string(1 << 20, '[')), "-32700");
}

TEST(Hostile, DepthCountsFromTheOutside) {
  const auto request = [](std::size_t depth) {
    return R"({"jsonrpc":"2.0","method":"s.m","id":1,"params":)" + std::string(depth, '[') +
           std::string(depth, ']') + "}";
  };
  EXPECT_EQ(code(request(127)), R"(200 {"jsonrpc":"2.0","result":1,"id":1})");
  EXPECT_EQ(code(request(128)), "-32700");
  EXPECT_EQ(code("[" + request(127) + "]"), "-32700");
}

TEST(Hostile, HugeNumbers) {
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","method":"s.m","id":1,"params":[1e400]})"), "-32700");
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","method":"s.m","id":1,"params":[)" + std::string(1 << 20, '9') + "]}"),
            "-32700");
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","method":"s.m","id":1,"params":[0.)" + std::string(1 << 20, '9') + "]}"),
            R"(200 {"jsonrpc":"2.0","result":1,"id":1})");
}

TEST(Hostile, BytesThatAreNoText) {
  EXPECT_EQ(code(std::string_view("\0\0\0", 3)), "-32700");
  EXPECT_EQ(code("\xFF\xFE{}"), "-32700");
  EXPECT_EQ(code("{\"jsonrpc\":\"2.0\",\"method\":\"s.\xC3\x28\",\"id\":1}"), "-32700");
  EXPECT_EQ(code("{\"jsonrpc\":\"2.0\",\"method\":\"s.m\",\"id\":1}\xFF"), "-32700");
  EXPECT_EQ(code(std::string(1 << 20, ' ')), "-32700");
}

TEST(Hostile, ControlCharactersInNamesDoNotReachTheAnswerBare) {
  Bench bench;
  const std::string answer = bench.ask(R"({"jsonrpc":"2.0","method":"\u0000\r\n\"","id":1})");
  EXPECT_NE(answer.find(R"('\u0000\r\n\"' is not of the form server.method)"), std::string::npos);
}

TEST(Hostile, ManyMembersAndLongNames) {
  std::string body = R"({"jsonrpc":"2.0","method":"s.m","id":1)";
  for (int i = 0; i < 20'000; ++i) body += ",\"x" + std::to_string(i) + "\":{}";
  EXPECT_EQ(code(body + "}"), R"(200 {"jsonrpc":"2.0","result":1,"id":1})");
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","method":")" + std::string(1 << 20, '.') + R"(","id":1})"), "-32601");
}

TEST(Hostile, EveryCutOfABatchIsAnsweredOnceAndCallsNothing) {
  const std::string body =
      R"([{"jsonrpc":"2.0","method":"s.m","params":{"a":["\u00e9",-1.5e3]},"id":"x"},{"id":1}])";
  for (std::size_t size = 0; size < body.size(); ++size) {
    Bench bench;
    const std::string cut = body.substr(0, size);
    EXPECT_TRUE(bench.ask(cut).starts_with(R"(400 {"jsonrpc":"2.0","error":{"code":-32700)")) << cut;
    EXPECT_TRUE(bench.port.calls.empty());
  }
}

}  // namespace
}  // namespace relay::rpc
