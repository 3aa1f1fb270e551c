#include <gtest/gtest.h>

#include "rpc/target.h"
#include "rpc_harness.h"

namespace relay::rpc {
namespace {

Reply one(const Call&) {
  return std::string("1");
}

std::string invalid(std::string_view what, std::string_view id = "null") {
  std::string out = R"(400 {"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":")";
  return out.append(what).append(R"("},"id":)").append(id) + "}";
}

std::string ask(std::string_view body) {
  Bench bench(one);
  return bench.ask(body);
}

// The id that comes back for `id`.
std::string echo(const std::string& id) {
  const std::string answer = ask(R"({"jsonrpc":"2.0","method":"s.m","id":)" + id + "}");
  const std::string before = R"(200 {"jsonrpc":"2.0","result":1,"id":)";
  if (!answer.starts_with(before)) return answer;
  return answer.substr(before.size(), answer.size() - before.size() - 1);
}

TEST(Request, EchoesIdsAsTheyStood) {
  for (const std::string id :
       {"1", "-5", "1.0", "1e2", "0", "-0", "12345678901234567890", "1.5E+3", "null", "\"\"", "\"abc\"",
        "\"1\"", R"("a\u0062\"\\")", R"("\ud83d\ude00")", "\"\xC3\xA9\""}) {
    EXPECT_EQ(echo(id), id);
  }
}

TEST(Request, RefusesOtherIds) {
  for (const std::string id : {"true", "false", "[]", "[1]", "{}", R"({"a":[1]})"}) {
    EXPECT_EQ(echo(id), invalid("'id' must be a string, a number or null")) << id;
  }
}

TEST(Request, RefusesAnIdThatIsNoJson) {
  EXPECT_TRUE(echo("1e400").starts_with(R"(400 {"jsonrpc":"2.0","error":{"code":-32700)"));
  EXPECT_TRUE(echo("01").starts_with(R"(400 {"jsonrpc":"2.0","error":{"code":-32700)"));
  EXPECT_TRUE(echo(R"("\ud800")").starts_with(R"(400 {"jsonrpc":"2.0","error":{"code":-32700)"));
}

TEST(Request, TakesTheMembersInAnyOrderAndIgnoresUnknownOnes) {
  Bench bench(one);
  EXPECT_EQ(
      bench.ask(
          R"({"x":[{"y":1}],"id":7,"params":{"a":[1,{"b":2}]},"method":"s.m","z":null,"jsonrpc":"2.0"})"),
      R"(200 {"jsonrpc":"2.0","result":1,"id":7})");
  EXPECT_EQ(args_json(bench.port.calls[0]), R"({"a":[1,{"b":2}]})");
}

TEST(Request, LetsTheLastOfADuplicateMemberCount) {
  Bench bench(one);
  EXPECT_EQ(
      bench.ask(
          R"({"jsonrpc":"1.0","jsonrpc":"2.0","id":[],"id":2,"method":1,"method":"s.m","params":1,"params":[3]})"),
      R"(200 {"jsonrpc":"2.0","result":1,"id":2})");
  EXPECT_EQ(args_json(bench.port.calls[0]), "[3]");
}

TEST(Request, UnescapesMethodAndMembers) {
  Bench bench(one);
  EXPECT_EQ(bench.ask(R"({"json\u0072pc":"2\u002e0","id":1,"method":"counter\u002eadd"})"),
            R"(200 {"jsonrpc":"2.0","result":1,"id":1})");
  EXPECT_EQ(bench.port.calls[0].server, "counter");
  EXPECT_EQ(bench.port.calls[0].method, "add");
}

TEST(Request, SaysWhatIsInvalid) {
  EXPECT_EQ(ask("1"), invalid("a request must be an object"));
  EXPECT_EQ(ask("null"), invalid("a request must be an object"));
  EXPECT_EQ(ask("\"s.m\""), invalid("a request must be an object"));
  EXPECT_EQ(ask("{}"), invalid("'jsonrpc' must be \\\"2.0\\\""));
  EXPECT_EQ(ask(R"({"jsonrpc":2.0,"method":"s.m","id":1})"), invalid("'jsonrpc' must be \\\"2.0\\\"", "1"));
  EXPECT_EQ(ask(R"({"jsonrpc":"2.00","method":"s.m","id":1})"),
            invalid("'jsonrpc' must be \\\"2.0\\\"", "1"));
  EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":"x"})"), invalid("'method' is missing", "\"x\""));
  EXPECT_EQ(ask(R"({"jsonrpc":"2.0","method":["s.m"],"id":3})"), invalid("'method' must be a string", "3"));
  EXPECT_EQ(ask(R"({"jsonrpc":"2.0","method":null})"), invalid("'method' must be a string"));
  for (const std::string params : {"null", "1", "\"x\"", "true"}) {
    EXPECT_EQ(ask(R"({"jsonrpc":"2.0","method":"s.m","id":1,"params":)" + params + "}"),
              invalid("'params' must be an array or an object", "1"));
  }
}

TEST(Request, MakesNoCallOfAnInvalidRequest) {
  Bench bench(one);
  bench.send(R"({"jsonrpc":"2.0","method":"s.m","params":null})");
  bench.send(R"([{"jsonrpc":"2.0","method":"s.m"},)");
  EXPECT_TRUE(bench.port.calls.empty());
}

TEST(Request, FillsTheCall) {
  Bench bench(one);
  bench.send(R"({"jsonrpc":"2.0","method":"counter.add","params":[1,"two"],"id":1})");
  bench.send(R"({"jsonrpc":"2.0","method":"counter.add","params":{"n":[]},"id":1})");
  bench.send(R"({"jsonrpc":"2.0","method":"a.b.counter.add","id":1})");
  ASSERT_EQ(bench.port.calls.size(), 3u);
  const Call& by_position = bench.port.calls[0];
  EXPECT_EQ(by_position.node, "");
  EXPECT_EQ(by_position.server, "counter");
  EXPECT_EQ(by_position.method, "add");
  EXPECT_EQ(args_json(by_position), R"([1,"two"])");
  EXPECT_EQ(by_position.form, ArgsForm::kByPosition);
  EXPECT_EQ(by_position.source, ArgsSource::kJson);
  EXPECT_EQ(by_position.deadline, bench.clock.now() + std::chrono::seconds(30));
  EXPECT_EQ(by_position.caller, 0u);
  EXPECT_EQ(bench.port.calls[1].form, ArgsForm::kByNameOrWhole);
  EXPECT_EQ(args_json(bench.port.calls[1]), R"({"n":[]})");
  EXPECT_EQ(bench.port.calls[2].node, "a.b");
  EXPECT_EQ(bench.port.calls[2].server, "counter");
  EXPECT_EQ(args_json(bench.port.calls[2]), "none");
}

TEST(Request, ChargesArgumentsToTheirParcel) {
  Bench bench(one);
  bench.send(R"({"jsonrpc":"2.0","method":"s.m","params":[")" + std::string(1000, 'x') + R"("],"id":1})");
  bench.send(R"({"jsonrpc":"2.0","method":"s.m","id":1})");
  EXPECT_GE(bench.port.calls[0].args.bytes(), 1000u);
  EXPECT_EQ(bench.port.calls[1].args.bytes(), 0u);
}

TEST(Request, GivesANotificationNoSink) {
  Bench bench;
  EXPECT_EQ(bench.ask(R"({"jsonrpc":"2.0","method":"s.m"})"), "204");
  ASSERT_EQ(bench.port.calls.size(), 1u);
  EXPECT_EQ(bench.port.calls[0].sink, nullptr);
}

TEST(Request, KeepsReservedMethodNames) {
  EXPECT_EQ(ask(R"({"jsonrpc":"2.0","method":"rpc.discover","id":1})"),
            R"(200 {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found",)"
            R"("data":"method names that begin with 'rpc.' are reserved"},"id":1})");
}

TEST(Request, RefusesOtherFormsOfMethodNames) {
  for (const std::string name : {"", "m", ".", "s.", ".m", "..", "a..m", "..m", ".s.m"}) {
    EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":1,"method":")" + name + "\"}"),
              R"(200 {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found","data":"')" + name +
                  R"(' is not of the form server.method"},"id":1})");
  }
}

TEST(Target, SplitsAtTheLastTwoDots) {
  Target target;
  ASSERT_TRUE(split_target("s.m", target));
  EXPECT_EQ(target.node, "");
  ASSERT_TRUE(split_target("host.example.org.s.m", target));
  EXPECT_EQ(target.node, "host.example.org");
  EXPECT_EQ(target.server, "s");
  EXPECT_EQ(target.method, "m");
}

}  // namespace
}  // namespace relay::rpc
