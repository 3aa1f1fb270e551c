#include "value/array.h"
#include "value/string.h"
#include "vm/script_fixture.h"

namespace relay::test {
namespace {

using Builtins = ScriptTest;

TEST_F(Builtins, PrintWritesOneLine) {
  EXPECT_EQ(value_of("print(\"a\", 1, nil, [\"s\"], {k: \"v\"}); print()"), "nil");
  EXPECT_EQ(host.output, "a 1 nil [\"s\"] {k: \"v\"}\n\n");
}

TEST_F(Builtins, PrintWaitsWhileTheOutputIsFull) {
  host.is_full = true;
  const Outcome outcome = run("print(\"a\")");
  EXPECT_EQ(outcome.waits, 1u);
  EXPECT_EQ(outcome.value, "nil");
  EXPECT_EQ(host.output, "a\n");
}

TEST_F(Builtins, TextOfAValueThatSharesItsPartsIsBounded) {
  const Outcome outcome = run("set a = [\"x\"]; for i in range(60) { set a = [a, a] }; string(a)");
  EXPECT_EQ(outcome.error, "string longer than 64 MiB");
  EXPECT_EQ(outcome.kind, "limit");
}

TEST_F(Builtins, RangeCountsUpAndDown) {
  EXPECT_EQ(value_of("[range(3), range(2, 4), range(5, 0, -2), range(0), range(3, 1), range(0, 1, 0.5)]"),
            "[[0, 1, 2], [2, 3], [5, 3, 1], [], [], [0, 0.5]]");
}

// A loop over a range makes no array, and still runs over the same elements.
TEST_F(Builtins, RangeIsTheSameInALoop) {
  for (const char* arguments : {"5", "2, 4", "5, 0, -2", "3, 1", "0, 1, 0.1", "1, 0, -0.3", "0.5, 3",
                                "1e16, 1e16 + 8, 2", "-3, 3, 2"}) {
    EXPECT_EQ(value_of("set a = []; for x in range(" + std::string(arguments) +
                       ") { set a = a.push(x) }; a == range(" + arguments + ")"),
              "true")
        << arguments;
    EXPECT_EQ(value_of("set n = 0; for i, x in range(" + std::string(arguments) +
                       ") { if i == n { set n = n + 1 } }; n == len(range(" + arguments + "))"),
              "true")
        << arguments;
  }
  EXPECT_EQ(error_of("for x in range(0, 5, 0) { x }"), "function 'range': argument 3 must not be 0");
  EXPECT_EQ(error_of("for x in range(\"x\") { x }"),
            "function 'range': argument 1 must be number, got string");
}

TEST_F(Builtins, RangeRefuses) {
  EXPECT_EQ(error_of("range(0, 5, 0)"), "function 'range': argument 3 must not be 0");
  EXPECT_EQ(error_of("range(\"x\")"), "function 'range': argument 1 must be number, got string");
  EXPECT_EQ(kind_of_error("range(10000001)"), "limit");
  EXPECT_EQ(kind_of_error("range(1e308 * 10)"), "argument");
  EXPECT_EQ(error_of("range()"), "function 'range' expects 1 to 3 arguments, got 0");
}

TEST_F(Builtins, LenTypeAndString) {
  EXPECT_EQ(value_of("[len(\"héé\"), len([1]), len({a: 1})]"), "[3, 1, 1]");
  EXPECT_EQ(error_of("len(5)"), "function 'len': argument 1 must be string, array or object, got number");
  EXPECT_EQ(value_of("[type(nil), type(1), type(print), type([]), type(now())]"),
            "[\"nil\", \"number\", \"function\", \"array\", \"datetime\"]");
  EXPECT_EQ(value_of("[string(\"a\"), string(1.5), string([\"a\"]), string(nil)]"),
            "[\"a\", \"1.5\", \"[\\\"a\\\"]\", \"nil\"]");
}

TEST_F(Builtins, NumberReadsOrRefuses) {
  EXPECT_EQ(value_of("[number(\"7\"), number(3), number(\"1e3\"), number(true), number(false)]"),
            "[7, 3, 1000, 1, 0]");
  EXPECT_EQ(error_of("number(\"x\")"),
            "function 'number': argument 1 must be a text that writes a number, got \"x\"");
  EXPECT_EQ(kind_of_error("number(\"\")"), "value");
  EXPECT_EQ(kind_of_error("number(nil)"), "type");
  EXPECT_LT(error_of("number(\"é\".repeat(1000000))").size(), 200u);
}

TEST_F(Builtins, DatetimeReadsOrRefuses) {
  EXPECT_EQ(value_of("[datetime(\"2024-02-01T00:00:00+01:00\"), datetime(\"2024-02-01\")]"),
            "[2024-01-31T23:00:00Z, 2024-02-01T00:00:00Z]");
  EXPECT_EQ(kind_of_error("datetime(\"2024-13-01\")"), "value");
  EXPECT_EQ(kind_of_error("datetime(5)"), "type");
}

TEST_F(Builtins, ObjectIsMadeOfEntries) {
  EXPECT_EQ(value_of("[object([[\"a\", 1], [\"b\", [2]], [\"a\", 3]]), object([])]"), "[{a: 3, b: [2]}, {}]");
  EXPECT_EQ(error_of("object([[\"a\", 1], 5])"),
            "function 'object': entry 1 must be [string, value], got number");
  EXPECT_EQ(error_of("object([[1, 1]])"),
            "function 'object': entry 0 must be [string, value], got another array");
}

TEST_F(Builtins, JsonGoesThereAndBack) {
  EXPECT_EQ(value_of("json_encode({a: [1, 2.5, nil, true], b: \"q\\\"\"})"),
            "\"{\\\"a\\\":[1,2.5,null,true],\\\"b\\\":\\\"q\\\\\\\"\\\"}\"");
  EXPECT_EQ(value_of("json_decode(\"{\\\"x\\\": [1, {\\\"y\\\": null}]}\").x"), "[1, {y: nil}]");
  EXPECT_EQ(kind_of_error("json_decode(\"{bad\")"), "value");
  EXPECT_TRUE(error_of("json_decode(\"{bad\")").starts_with("function 'json_decode': "));
  EXPECT_EQ(kind_of_error("json_decode(\"[\".repeat(100000))"), "value");
}

TEST_F(Builtins, HashIsSha256) {
  EXPECT_EQ(value_of("hash(\"abc\")"),
            "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"");
  EXPECT_EQ(error_of("hash(5)"), "function 'hash': argument 1 must be string, got number");
}

TEST_F(Builtins, UuidIsOfVersionFour) {
  host.bits = {0xFFFFFFFFFFFFFFFFu, 0xFFFFFFFFFFFFFFFFu, 0, 0};
  EXPECT_EQ(value_of("[uuid(), uuid()]"),
            "[\"ffffffff-ffff-4fff-bfff-ffffffffffff\", \"00000000-0000-4000-8000-000000000000\"]");
}

TEST_F(Builtins, RandomStaysInItsBounds) {
  host.bits = {0, 0xFFFFFFFFFFFFFFFFu, 1ull << 63};
  EXPECT_EQ(value_of("[random() == 0, random() < 1, random()]"), "[true, true, 0.5]");
  EXPECT_EQ(value_of("set d = range(300).map(fn(x) { random(-1, 1) }); [d.min(), d.max(), "
                     "d.unique().length(), random(4, 4)]"),
            "[-1, 1, 3, 4]");
}

// 2^64 mod 3 is 1, so the draw 0 would make one result likelier than the others.
TEST_F(Builtins, RandomDrawsAgainWhatWouldBeUneven) {
  host.bits = {0, 4};
  EXPECT_EQ(value_of("random(0, 2)"), "1");
  EXPECT_TRUE(host.bits.empty());
}

TEST_F(Builtins, RandomRefuses) {
  EXPECT_EQ(error_of("random(2, 1)"), "function 'random': argument 2 must be at least argument 1, got 1");
  EXPECT_EQ(kind_of_error("random(0, 1e300)"), "range");
  EXPECT_EQ(kind_of_error("random(0.5, 2)"), "argument");
  EXPECT_EQ(error_of("random(1)"), "function 'random' expects 0 or 2 arguments, got 1");
}

TEST_F(Builtins, NowArgsAndNodeIdAskTheHost) {
  host.args = {"one", "two"};
  EXPECT_EQ(value_of("[now(), args(), node_id()]"),
            "[2023-11-14T22:13:20Z, [\"one\", \"two\"], \"test-node\"]");
}

TEST_F(Builtins, EnvReadsOnlyWhatIsAllowed) {
  host.variables = {{"SHOWN", "value"}, {"UNSET", std::nullopt}};
  EXPECT_EQ(value_of("[env(\"SHOWN\"), env(\"UNSET\"), env(\"UNSET\", 5)]"), "[\"value\", nil, 5]");
  EXPECT_EQ(kind_of_error("env(\"SECRET\", 1)"), "denied");
  EXPECT_NE(error_of("env(\"SECRET\")").find("-allow-env"), std::string::npos);
}

TEST_F(Builtins, SleepAndReadLineWait) {
  answer = [](const Wait& wait) {
    if (const auto* sleep = std::get_if<SleepWait>(&wait)) {
      EXPECT_EQ(sleep->duration, std::chrono::milliseconds(1500));
      return Value::nil();
    }
    return string::make("line");
  };
  EXPECT_EQ(value_of("[sleep(1.5), read_line()]"), "[nil, \"line\"]");
  EXPECT_EQ(kind_of_error("sleep(-1)"), "range");
  EXPECT_EQ(kind_of_error("sleep(\"x\")"), "type");
}

TEST_F(Builtins, TimesPast366DaysCountAs366Days) {
  constexpr Duration kLongest = std::chrono::hours(366 * 24);
  std::vector<Duration> waits;
  answer = [&](const Wait& wait) {
    if (const auto* sleep = std::get_if<SleepWait>(&wait)) waits.push_back(sleep->duration);
    return Value::nil();
  };
  EXPECT_EQ(value_of("sleep(366 * 86400 - 1); sleep(366 * 86400 + 1); sleep(1e300); sleep(1e308)"), "nil");
  EXPECT_EQ(waits, (std::vector<Duration>{kLongest - std::chrono::seconds(1), kLongest, kLongest, kLongest}));
  EXPECT_EQ(value_of("notify_after(1e300, \"s\", \"m\")"), "nil");
  EXPECT_EQ(host.notified, (std::vector<std::string>{"s.m[] in 31622400000 ms"}));
}

TEST_F(Builtins, MessageWaitsForTheReply) {
  answer = [](const Wait& wait) {
    const auto& call = std::get<CallWait>(wait);
    return string::make(call.server + "." + call.method + display(call.args));
  };
  EXPECT_EQ(value_of("message(\"s\", \"m\", 1, [2])"), "\"s.m[1, [2]]\"");
  EXPECT_EQ(value_of("server t { receive fn m() { 1 } }\nmessage(t, \"m\")"), "\"t.m[]\"");
  EXPECT_EQ(error_of("message(5, \"m\")"),
            "function 'message': argument 1 must be server or string, got number");
  EXPECT_EQ(error_of("message(\"s\", nil)"), "function 'message': argument 2 must be string, got nil");
  EXPECT_EQ(error_of("message(\"s\")"), "function 'message' expects at least 2 arguments, got 1");
}

TEST_F(Builtins, AFailedMessageIsAnErrorAtTheCaller) {
  answer = [](const Wait&) { return Value(); };
  wait_error = runtime_error("server_not_found", "server 'nobody' not found");
  EXPECT_EQ(error_of("message(\"nobody\", \"m\")"), "server 'nobody' not found");
  EXPECT_EQ(value_of("try { message(\"nobody\", \"m\") } catch e { e.kind }"), "\"server_not_found\"");
}

TEST_F(Builtins, NotifySendsWithoutWaiting) {
  EXPECT_EQ(value_of("notify(\"s\", \"m\", 1); notify_after(2.5, \"s\", \"later\")"), "nil");
  EXPECT_EQ(host.notified, (std::vector<std::string>{"s.m[1] in 0 ms", "s.later[] in 2500 ms"}));
  EXPECT_EQ(error_of("notify(\"nobody\", \"m\")"), "server 'nobody' not found");
  EXPECT_EQ(kind_of_error("notify_after(-1, \"s\", \"m\")"), "range");
}

TEST_F(Builtins, MessageAllSendsAllAtOnce) {
  answer = [](const Wait& wait) {
    std::string text;
    for (const CallWait& call : std::get<CallAllWait>(wait).calls) {
      text += call.server + "." + call.method;
      if (!call.args.is_undefined()) text += display(call.args);
      if (call.limit) text += " within " + std::to_string(call.limit->count() / 1'000'000) + " ms";
      text += ";";
    }
    return string::make(text);
  };
  EXPECT_EQ(value_of("message_all([{server: \"a\", method: \"m\", args: [1]}, {server: \"b\", method: \"n\", "
                     "timeout: 0.25}])"),
            "\"a.m[1];b.n within 250 ms;\"");
  EXPECT_EQ(value_of("message_all([])"), "[]");
}

TEST_F(Builtins, MessageAllSaysWhichElementIsWrong) {
  EXPECT_EQ(error_of("message_all(5)"), "function 'message_all': argument 1 must be array, got number");
  EXPECT_EQ(error_of("message_all([5])"), "function 'message_all': element 0 must be object, got number");
  EXPECT_EQ(error_of("message_all([{server: \"a\"}])"),
            "function 'message_all': element 0: 'method' must be string, got nil");
  EXPECT_EQ(error_of("message_all([{server: \"a\", method: \"m\", args: 5}])"),
            "function 'message_all': element 0: 'args' must be array, got number");
  const Outcome outcome = run("message_all([{server: \"a\", method: \"m\", timout: 5}])");
  EXPECT_EQ(outcome.error, "function 'message_all': element 0 has a key 'timout' that means nothing");
  EXPECT_EQ(outcome.hint, "did you mean `timeout`?");
}

TEST_F(Builtins, AreFunctionsAsOthers) {
  EXPECT_EQ(value_of("[\"1\", \"2\"].map(number).map(string)"), "[\"1\", \"2\"]");
  EXPECT_EQ(value_of("set f = len; [f([1, 2]), f]"), "[2, <function: len>]");
}

TEST_F(Builtins, StepsOfThePreludeCannotBeNamed) {
  EXPECT_EQ(error_of("__sum([0, 0], [1])"), "undefined function: __sum");
}

}  // namespace
}  // namespace relay::test
