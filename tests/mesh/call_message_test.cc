#include "mesh/call_message.h"

#include <gtest/gtest.h>

#include "mesh/mesh_limits.h"
#include "value/json_reader.h"

namespace relay::mesh {
namespace {

using std::chrono::milliseconds;
using Nodes = std::vector<std::string>;

// A call with these members in `call` and beside it.
std::string call(const std::string& called, const std::string& beside = "") {
  return R"({"response_id":"r1","call":{"server_name":"s","method":"m")" +
         (called.empty() ? "" : "," + called) + "}" + (beside.empty() ? "" : "," + beside) + "}";
}

std::string call_fault(std::string_view data) {
  const Result<CallMessage> read = parse_call(data);
  return read ? "" : read.error().detail;
}

Duration left(const std::string& data) {
  const Result<CallMessage> read = parse_call(data);
  EXPECT_TRUE(read) << read.error().detail;
  return read ? read->left : Duration(-1);
}

std::string response_fault(std::string_view data) {
  const Result<ResponseMessage> read = parse_response(data);
  return read ? "" : read.error().detail;
}

// A response that failed, with these members.
std::string failed(const std::string& members) {
  return R"({"response_id":"r1","success":false,"error":"why \"not\"")" +
         (members.empty() ? "" : "," + members) + "}";
}

Failure failure_of(const std::string& data) {
  Result<ResponseMessage> read = parse_response(data);
  EXPECT_TRUE(read) << read.error().detail;
  EXPECT_FALSE(read->success);
  return std::move(read->failure);
}

TEST(CallMessage, ReadsACallOfAForeignPeer) {
  const std::string text = call(R"("args":[5, "x"],"timeout":2.5)");
  const Result<CallMessage> read = parse_call(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->response_id, "r1");
  EXPECT_EQ(read->server, "s");
  EXPECT_EQ(read->method, "m");
  EXPECT_EQ(read->args, R"([5, "x"])");
  EXPECT_EQ(read->left, milliseconds(2500));
  EXPECT_EQ(read->origin_inc, 0u);
  EXPECT_EQ(read->target_inc, 0u);
  EXPECT_EQ(read->attempt, 1u);
  EXPECT_FALSE(read->is_notification);
  EXPECT_TRUE(read->chain.empty());
}

TEST(CallMessage, IsReadAsItWasWritten) {
  CallMessage sent;
  sent.response_id = "a-\"17";
  sent.server = "my server";
  sent.method = "caf\xC3\xA9";
  sent.args = R"({"a":[1,{"b":2}]})";
  sent.left = milliseconds(29'050);
  sent.origin_inc = 1'795'243'430'123;
  sent.n = UINT64_MAX;
  sent.target_inc = kMaxIncarnation;
  sent.attempt = 3;
  sent.is_notification = true;
  sent.trace = "00-ab-cd-01";
  sent.chain = {{"n1", "a", "x", 7}, {"n2", "b\\", "y", UINT64_MAX}};
  std::string text;
  append_call(text, sent);
  const Result<CallMessage> read = parse_call(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->response_id, sent.response_id);
  EXPECT_EQ(read->server, sent.server);
  EXPECT_EQ(read->method, sent.method);
  EXPECT_EQ(read->args, sent.args);
  EXPECT_EQ(read->left, sent.left);
  EXPECT_EQ(read->origin_inc, sent.origin_inc);
  EXPECT_EQ(read->n, sent.n);
  EXPECT_EQ(read->target_inc, sent.target_inc);
  EXPECT_EQ(read->attempt, sent.attempt);
  EXPECT_TRUE(read->is_notification);
  EXPECT_EQ(read->trace, sent.trace);
  ASSERT_EQ(read->chain.size(), 2u);
  EXPECT_EQ(read->chain[1].node, "n2");
  EXPECT_EQ(read->chain[1].server, "b\\");
  EXPECT_EQ(read->chain[1].method, "y");
  EXPECT_EQ(read->chain[1].call, UINT64_MAX);
  std::string again;
  append_call(again, *read);
  EXPECT_EQ(again, text);
}

TEST(CallMessage, SendsAForeignPeerOnlyWhatTheSeedsShow) {
  CallMessage sent;
  sent.response_id = "r";
  sent.server = "s";
  sent.method = "m";
  sent.args = "[1]";
  sent.left = std::chrono::seconds(30);
  sent.n = 5;
  std::string text;
  append_call(text, sent);
  EXPECT_EQ(text, R"({"response_id":"r","call":{"server_name":"s","method":"m","args":[1],"timeout":30}})");
}

TEST(CallMessage, RoundsTheTimeThatIsLeftUpAndBoundsIt) {
  const auto written = [](Duration left) {
    CallMessage sent;
    sent.response_id = "r";
    sent.server = "s";
    sent.method = "m";
    sent.left = left;
    sent.origin_inc = 1;
    std::string text;
    append_call(text, sent);
    return text;
  };
  EXPECT_EQ(left(written(Duration(1))), milliseconds(1));
  EXPECT_EQ(left(written(Duration(0))), Duration(0));
  EXPECT_EQ(left(written(Duration(-5))), Duration(0));
  EXPECT_EQ(left(written(milliseconds(1001))), milliseconds(1001));
  EXPECT_EQ(left(written(Duration::max())), kMaxCallTimeout);
}

TEST(CallMessage, TakesTheTimeFromLeftMsThenTimeoutThenTheDefault) {
  EXPECT_EQ(left(call(R"("timeout":10)", R"("left_ms":250)")), milliseconds(250));
  EXPECT_EQ(left(call(R"("timeout":0.001)")), milliseconds(1));
  EXPECT_EQ(left(call(R"("timeout":3600)")), kMaxCallTimeout);
  EXPECT_EQ(left(call("")), kDefaultCallTimeout);
  EXPECT_EQ(left(call(R"("timeout":null)", R"("left_ms":null)")), kDefaultCallTimeout);
  EXPECT_GT(left(call(R"("timeout":1e-300)")), Duration(0));
}

TEST(CallMessage, RefusesATimeoutThatIsNone) {
  for (const char* timeout : {"0", "-1", "3600.1", "1e300", "-1e-300"}) {
    EXPECT_EQ(call_fault(call(std::string(R"("timeout":)") + timeout)),
              "field 'call.timeout' must be above 0 and at most 3600 seconds")
        << timeout;
  }
  EXPECT_EQ(call_fault(call(R"("timeout":"1")")), "field 'call.timeout' must be a number, got a string");
  EXPECT_EQ(call_fault(call("", R"("left_ms":3600001)")),
            "field 'left_ms' must be a whole number from 0 to 3600000");
  EXPECT_EQ(call_fault(call("", R"("left_ms":1.5)")),
            "field 'left_ms' must be a whole number from 0 to 3600000");
}

TEST(CallMessage, TakesArgumentsAsArrayOrObjectOrNone) {
  for (const char* args : {"[]", "{}", "[1, [2]]", R"({"a":"b"})"}) {
    const std::string text = call(std::string(R"("args":)") + args);
    EXPECT_EQ(parse_call(text)->args, args);
  }
  EXPECT_EQ(parse_call(call(R"("args":null)"))->args, "");
  EXPECT_EQ(call_fault(call(R"("args":5)")), "field 'call.args' must be an array or an object, got a number");
  EXPECT_EQ(call_fault(call(R"("args":"[]")")),
            "field 'call.args' must be an array or an object, got a string");
}

TEST(CallMessage, BoundsTheDepthOfArguments) {
  const auto nested = [](std::size_t levels) {
    return call(R"("args":)" + std::string(levels, '[') + std::string(levels, ']'));
  };
  EXPECT_EQ(call_fault(nested(kMaxJsonDepth)), "");
  EXPECT_TRUE(call_fault(nested(kMaxJsonDepth + 1)).starts_with("field 'call.args': nested too deep"));
}

TEST(CallMessage, NamesTheFieldThatIsMissing) {
  EXPECT_EQ(call_fault("{}"), "field 'call.server_name' is missing");
  EXPECT_EQ(call_fault(R"({"response_id":"r","call":{"server_name":"s"}})"),
            "field 'call.method' is missing");
  EXPECT_EQ(call_fault(R"({"call":{"server_name":"s","method":"m"}})"), "field 'response_id' is missing");
  EXPECT_EQ(call_fault(R"({"call":{"server_name":"s","method":"m"},"notify":true})"), "");
  EXPECT_EQ(call_fault(call("", R"("chain":[{"node":"n","server":"s"}])")),
            "field 'chain.method' is missing");
  EXPECT_EQ(call_fault(call("", R"("chain":[{"node":"n","method":"m"}])")),
            "field 'chain.server' is missing");
  EXPECT_EQ(call_fault(call("", R"("chain":[{}])")), "field 'chain.node' is missing");
}

TEST(CallMessage, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(call_fault("[]"), "field 'data' must be an object, got an array");
  EXPECT_EQ(call_fault(R"({"response_id":7})"), "field 'response_id' must be a string, got a number");
  EXPECT_EQ(call_fault(R"({"response_id":""})"), "field 'response_id' must not be empty");
  EXPECT_EQ(call_fault(R"({"call":[]})"), "field 'call' must be an object, got an array");
  EXPECT_EQ(call_fault(R"({"call":null})"), "field 'call' must be an object, got null");
  EXPECT_EQ(call_fault(call(R"("server_name":1)")),
            "field 'call.server_name' must be a string, got a number");
  EXPECT_EQ(call_fault(call(R"("method":"")")), "field 'call.method' must not be empty");
  EXPECT_EQ(call_fault(call("", R"("notify":1)")), "field 'notify' must be true or false, got a number");
  EXPECT_EQ(call_fault(call("", R"("n":-1)")),
            "field 'n' must be a whole number from 0 to 18446744073709551615");
  EXPECT_EQ(call_fault(call("", R"("inc":9007199254740992)")),
            "field 'inc' must be a whole number from 0 to 9007199254740991");
  EXPECT_EQ(call_fault(call("", R"("target_inc":0.5)")),
            "field 'target_inc' must be a whole number from 0 to 9007199254740991");
  EXPECT_EQ(call_fault(call("", R"("attempt":0)")),
            "field 'attempt' must be a whole number from 1 to 4294967295");
  EXPECT_EQ(call_fault(call("", R"("trace":[])")), "field 'trace' must be a string, got an array");
  EXPECT_EQ(call_fault(call("", R"("chain":{})")), "field 'chain' must be an array, got an object");
  EXPECT_EQ(call_fault(call("", R"("chain":[1])")), "field 'chain' must be an object, got a number");
  EXPECT_EQ(call_fault(call("", R"("chain":[{"node":"n","server":"s","method":"m","call":"1"}])")),
            "field 'chain.call' must be a whole number, got a string");
  EXPECT_TRUE(call_fault(call("", R"("chain":[{"node":"a b"}])"))
                  .starts_with("field 'chain.node' must be the name of a node"));
}

TEST(CallMessage, BoundsNamesAndTheChain) {
  EXPECT_EQ(call_fault(call(R"("method":")" + std::string(257, 'x') + "\"")),
            "field 'call.method' must have at most 256 bytes");
  EXPECT_EQ(call_fault(R"({"response_id":")" + std::string(129, 'x') + "\"}"),
            "field 'response_id' must have at most 128 bytes");
  std::string chain;
  for (std::size_t i = 0; i < kMaxChain; ++i) chain += R"({"node":"n","server":"s","method":"m","call":1},)";
  const auto with = [&](const std::string& entries) { return call("", "\"chain\":[" + entries + "]"); };
  EXPECT_EQ(call_fault(with(chain.substr(0, chain.size() - 1))), "");
  EXPECT_EQ(call_fault(with(chain + "{}")), "field 'chain' must have at most 64 elements");
  EXPECT_EQ(parse_call(with(chain + "{}")).error().code, Errc::kTooLarge);
}

TEST(CallMessage, LetsTheLastOfADuplicateWin) {
  const std::string text =
      R"({"response_id":"r","call":{"server_name":"s","method":"m","args":[1]},)"
      R"("call":{"server_name":"t","args":[2]},"chain":[{"node":"n","server":"s","method":"m"}],"chain":[]})";
  const Result<CallMessage> read = parse_call(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->server, "t");
  EXPECT_EQ(read->args, "[2]");
  EXPECT_TRUE(read->chain.empty());
}

TEST(ResponseMessage, CarriesAResult) {
  std::string text;
  append_response(text, "r\"1", "node1", R"({"a":[1]})");
  EXPECT_EQ(text, R"({"response_id":"r\"1","node_id":"node1","success":true,"result":{"a":[1]}})");
  const Result<ResponseMessage> read = parse_response(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->response_id, "r\"1");
  EXPECT_EQ(read->node_id, "node1");
  EXPECT_TRUE(read->success);
  EXPECT_EQ(read->result, R"({"a":[1]})");
}

TEST(ResponseMessage, HasNullForAResultThatWasNotSent) {
  EXPECT_EQ(parse_response(R"({"response_id":"r","success":true})")->result, "null");
  EXPECT_EQ(parse_response(R"({"response_id":"r","success":true,"result":null})")->result, "null");
}

TEST(ResponseMessage, CarriesEveryPartOfAFailure) {
  Failure sent;
  sent.code = Errc::kRuntime;
  sent.message = "division by \"zero\"";
  sent.error_kind = "arithmetic";
  sent.ran = Ran::kYes;
  sent.where = std::make_unique<FailurePath>(FailurePath{"n3", {"n1", "n2", "n3"}});
  std::string text;
  append_response(text, "r", "n2", sent);
  EXPECT_EQ(text, R"({"response_id":"r","node_id":"n2","success":false,"error":"division by \"zero\"",)"
                  R"("code":-32603,"kind":"runtime","error_kind":"arithmetic","ran":"yes","node":"n3",)"
                  R"("path":["n1","n2","n3"]})");
  const Failure got = failure_of(text);
  EXPECT_EQ(got.code, Errc::kRuntime);
  EXPECT_EQ(got.message, sent.message);
  EXPECT_EQ(got.error_kind, "arithmetic");
  EXPECT_EQ(got.ran, Ran::kYes);
  ASSERT_TRUE(got.where);
  EXPECT_EQ(got.where->node, "n3");
  EXPECT_EQ(got.where->path, (Nodes{"n1", "n2", "n3"}));
}

TEST(ResponseMessage, CarriesTheThrownValueAndTheTimeToWait) {
  Failure thrown;
  thrown.code = Errc::kApplication;
  thrown.message = "no";
  thrown.thrown_json = R"({"reason":[1]})";
  thrown.ran = Ran::kYes;
  std::string text;
  append_response(text, "r", "n", thrown);
  EXPECT_EQ(text, R"({"response_id":"r","node_id":"n","success":false,"error":"no","code":-32000,)"
                  R"("kind":"application","data":{"reason":[1]},"ran":"yes"})");
  EXPECT_EQ(failure_of(text).thrown_json, thrown.thrown_json);

  Failure full;
  full.code = Errc::kOverloaded;
  full.retry_after = milliseconds(1500);
  text.clear();
  append_response(text, "r", "n", full);
  EXPECT_EQ(failure_of(text).code, Errc::kOverloaded);
  EXPECT_EQ(failure_of(text).retry_after, milliseconds(1500));
  EXPECT_EQ(failure_of(text).ran, Ran::kNo);
}

TEST(ResponseMessage, KeepsEveryKindOfTheTable) {
  for (const Errc code :
       {Errc::kInvalidParams, Errc::kServerNotFound, Errc::kMethodNotFound, Errc::kApplication,
        Errc::kRuntime, Errc::kDeadlock, Errc::kOverloaded, Errc::kTimeout, Errc::kUnknownNode,
        Errc::kNoRoute, Errc::kUnreachable, Errc::kTtlExceeded, Errc::kTooLarge, Errc::kDenied,
        Errc::kShuttingDown, Errc::kUnknownOutcome, Errc::kInternal}) {
    for (const Ran ran : {Ran::kNo, Ran::kYes, Ran::kUnknown}) {
      Failure sent;
      sent.code = code;
      sent.ran = ran;
      std::string text;
      append_response(text, "r", "n", sent);
      EXPECT_EQ(failure_of(text).code, code) << text;
      EXPECT_EQ(failure_of(text).ran, ran) << text;
    }
  }
}

TEST(ResponseMessage, TakesAFailureWithoutAKnownKindForAThrownText) {
  for (const char* kind :
       {"", R"("kind":"strange")", R"("kind":null)", R"("kind":"parse")", R"("kind":"io")"}) {
    const Failure got = failure_of(failed(kind));
    EXPECT_EQ(got.code, Errc::kApplication) << kind;
    EXPECT_EQ(got.message, "why \"not\"");
    EXPECT_EQ(got.thrown_json, R"("why \"not\"")");
    EXPECT_EQ(got.ran, Ran::kYes);
    EXPECT_FALSE(got.where);
  }
  EXPECT_EQ(failure_of(failed(R"("data": {"a":1})")).thrown_json, R"({"a":1})");
  EXPECT_EQ(failure_of(failed(R"("data":null)")).thrown_json, "null");
  EXPECT_EQ(failure_of(R"({"response_id":"r","success":false})").thrown_json, "\"\"");
}

TEST(ResponseMessage, KnowsByTheKindWhetherTheMethodRanWhenNobodySaysIt) {
  EXPECT_EQ(failure_of(failed(R"("kind":"timeout")")).ran, Ran::kUnknown);
  EXPECT_EQ(failure_of(failed(R"("kind":"timeout","ran":"no")")).ran, Ran::kNo);
  EXPECT_EQ(failure_of(failed(R"("kind":"no_route")")).ran, Ran::kNo);
  EXPECT_EQ(failure_of(failed(R"("kind":"runtime","data":[1])")).thrown_json, "");
}

TEST(ResponseMessage, SaysThatAFailureAroseAtTheNodeThatAnswers) {
  const Failure got = failure_of(failed(R"("node_id":"n2","kind":"runtime")"));
  ASSERT_TRUE(got.where);
  EXPECT_EQ(got.where->node, "n2");
  EXPECT_TRUE(got.where->path.empty());
}

TEST(ResponseMessage, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(response_fault("{}"), "field 'response_id' is missing");
  EXPECT_EQ(response_fault(R"({"response_id":null})"), "field 'response_id' must be a string, got null");
  EXPECT_EQ(response_fault(R"({"response_id":"r"})"), "field 'success' is missing");
  EXPECT_EQ(response_fault(R"({"response_id":"r","success":1})"),
            "field 'success' must be true or false, got a number");
  EXPECT_EQ(response_fault(failed(R"("error":5)")), "field 'error' must be a string, got a number");
  EXPECT_EQ(response_fault(failed(R"("code":"x")")), "field 'code' must be a number, got a string");
  EXPECT_EQ(response_fault(failed(R"("kind":5)")), "field 'kind' must be a string, got a number");
  EXPECT_EQ(response_fault(failed(R"("ran":"maybe")")), R"(field 'ran' must be "yes", "no" or "unknown")");
  EXPECT_EQ(response_fault(failed(R"("path":"a")")), "field 'path' must be an array, got a string");
  EXPECT_EQ(response_fault(failed(R"("retry_after_ms":-1)")),
            "field 'retry_after_ms' must be a whole number from 0 to 3600000");
  EXPECT_TRUE(
      response_fault(failed(R"("node":"a b")")).starts_with("field 'node' must be the name of a node"));
  EXPECT_TRUE(
      response_fault(failed(R"("node_id":"")")).starts_with("field 'node_id' must be the name of a node"));
  EXPECT_EQ(response_fault(R"({"response_id":"r","success":true,"result":[1,]})"),
            "field 'result': expected a value, found ']' at byte 46");
}

TEST(ResponseMessage, BoundsTheDepthOfAResultAndTheLengthOfAPath) {
  const auto nested = [](std::size_t levels) {
    return R"({"response_id":"r","success":true,"result":)" + std::string(levels, '[') +
           std::string(levels, ']') + "}";
  };
  EXPECT_EQ(response_fault(nested(kMaxJsonDepth)), "");
  EXPECT_TRUE(response_fault(nested(kMaxJsonDepth + 1)).starts_with("field 'result': nested too deep"));
  std::string path = "\"n\"";
  for (int i = 0; i < kMaxTtl; ++i) path += ",\"n\"";
  EXPECT_EQ(response_fault(failed("\"path\":[" + path + "]")), "");
  EXPECT_EQ(response_fault(failed("\"path\":[" + path + ",\"n\"]")),
            "field 'path' must have at most 65 elements");
}

TEST(ResponseId, IsReadWithoutTheRest) {
  EXPECT_EQ(response_id_of(call("", R"("n":"wrong")")).value(), "r1");
  EXPECT_EQ(response_id_of(failed("")).value(), "r1");
  EXPECT_EQ(response_id_of("{}").error().detail, "field 'response_id' is missing");
  EXPECT_EQ(response_id_of(R"({"response_id":1})").error().detail,
            "field 'response_id' must be a string, got a number");
}

}  // namespace
}  // namespace relay::mesh
