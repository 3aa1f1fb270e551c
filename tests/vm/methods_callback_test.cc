#include "value/array.h"
#include "vm/script_fixture.h"

namespace relay::test {
namespace {

using MethodsCallback = ScriptTest;

TEST_F(MethodsCallback, GetElementAndIndexAndTakeWhatTheyWant) {
  EXPECT_EQ(value_of("[3, 1].map(fn(x) { x * 2 })"), "[6, 2]");
  EXPECT_EQ(value_of("[3, 1].map(fn(x, i) { [i, x] })"), "[[0, 3], [1, 1]]");
  EXPECT_EQ(value_of("[3, 1].map(fn() { 7 })"), "[7, 7]");
  EXPECT_EQ(value_of("[[1, 2, 3].filter(fn(x) { x > 1 }), [1, 2].filter(fn(x, i) { i == 0 })]"),
            "[[2, 3], [1]]");
}

TEST_F(MethodsCallback, MayBeBuiltins) {
  EXPECT_EQ(value_of("[1, \"a\"].map(type)"), "[\"number\", \"string\"]");
}

TEST_F(MethodsCallback, ThatWantMoreThanIsOfferedAreRefused) {
  EXPECT_EQ(error_of("[1].map(fn(a, b, c) { a })"), "function 'lambda' expects 3 arguments, got 2");
}

TEST_F(MethodsCallback, ReduceBeginsWithTheFirstElementOrTheGivenValue) {
  EXPECT_EQ(value_of("[1, 2, 3].reduce(fn(sum, x) { sum + x })"), "6");
  EXPECT_EQ(value_of("[1, 2].reduce(fn(sum, x, i) { sum + x * i }, 10)"), "12");
  EXPECT_EQ(value_of("[7].reduce(fn(a, b) { 0 })"), "7");
  EXPECT_EQ(value_of("[1, 2].reduce(fn(a, x) { [a, x] }, nil)"), "[[nil, 1], 2]");
  EXPECT_EQ(value_of("[].reduce(fn(a, b) { 0 }, \"init\")"), "\"init\"");
  EXPECT_EQ(error_of("[].reduce(fn(a, b) { a })"), "reduce of an empty array needs an initial value");
}

TEST_F(MethodsCallback, FindStopsAtTheFirst) {
  EXPECT_EQ(value_of("set seen = []; set at = [1, 2, 3].find_index(fn(x) { x == 2 }); at"), "1");
  EXPECT_EQ(
      value_of("[[1, 2].find(fn(x) { x > 1 }), [1].find(fn(x) { x > 1 }), [1].find_index(fn(x) { false })]"),
      "[2, nil, -1]");
  EXPECT_EQ(run("[1, 2, 3].any(fn(x) { print(x)\n x == 2 })").value, "true");
  EXPECT_EQ(host.output, "1\n2\n");
}

TEST_F(MethodsCallback, AnyAndAllOfNothing) {
  EXPECT_EQ(value_of("[[].any(fn(x) { true }), [].all(fn(x) { false }), [1, 0].all(fn(x) { x })]"),
            "[false, true, false]");
}

TEST_F(MethodsCallback, EachGivesNil) {
  EXPECT_EQ(value_of("[1, 2].each(fn(x, i) { print(i, x) })"), "nil");
  EXPECT_EQ(host.output, "0 1\n1 2\n");
}

TEST_F(MethodsCallback, SortByIsStableAndAsksForEachKeyOnce) {
  EXPECT_EQ(value_of("[[2, \"a\"], [1, \"b\"], [2, \"c\"], [1, \"d\"]].sort_by(fn(p) { p[0] }).map(fn(p) { "
                     "p[1] }).join(\"\")"),
            "\"bdac\"");
  EXPECT_EQ(value_of("[3, 1, 2].sort_by(fn(x) { print(x)\n -x })"), "[3, 2, 1]");
  EXPECT_EQ(host.output, "3\n1\n2\n");
  EXPECT_EQ(error_of("[1, 2].sort_by(fn(x) { if x == 1 { 1 } else { \"a\" } })"),
            "cannot compare number and string");
}

TEST_F(MethodsCallback, GroupByKeysByString) {
  EXPECT_EQ(value_of("[1, 2, 3].group_by(fn(x) { x % 2 == 1 })"), "{true: [1, 3], false: [2]}");
  EXPECT_EQ(value_of("[1, \"1\"].group_by(fn(x) { x })"), "{\"1\": [1, \"1\"]}");
}

TEST_F(MethodsCallback, OfObjectsGetValueAndKey) {
  EXPECT_EQ(value_of("{a: 1, b: 2}.map(fn(v, k) { k + string(v) })"), "{a: \"a1\", b: \"b2\"}");
  EXPECT_EQ(value_of("[{a: 1, b: 2}.filter(fn(v) { v > 1 }), {a: 1, b: 2}.filter(fn(v, k) { k == \"a\" })]"),
            "[{b: 2}, {a: 1}]");
}

TEST_F(MethodsCallback, MayThrow) {
  const Outcome outcome = run("[1, 2].map(fn(x) { if x == 2 { throw \"at \" + string(x) }\n x })");
  EXPECT_EQ(outcome.error, "at 2");
  EXPECT_EQ(value_of("try { [1].each(fn(x) { throw {error: \"e\", n: x} }) } catch e { e.n }"), "1");
}

TEST_F(MethodsCallback, ErrorsShowTheProgramAndNotThePrelude) {
  const Outcome outcome = run("fn twice(x) { x * \"2\" }\n[1].map(twice)");
  EXPECT_NE(outcome.report.find("test.rl:1:15"), std::string::npos) << outcome.report;
  EXPECT_EQ(outcome.report.find("prelude"), std::string::npos) << outcome.report;
  const Outcome nothing = run("\n[1, nil].sort()");
  EXPECT_NE(nothing.report.find("test.rl:2"), std::string::npos) << nothing.report;
}

TEST_F(MethodsCallback, MayWaitForAMessage) {
  answer = [](const Wait& wait) { return array::at(std::get<CallWait>(wait).args, 0); };
  const Outcome outcome = run("[1, 2, 3].map(fn(x) { message(\"s\", \"m\", x * 10) })");
  EXPECT_EQ(outcome.value, "[10, 20, 30]");
  EXPECT_EQ(outcome.waits, 3u);
}

TEST_F(MethodsCallback, AreStoppedWhenTheBudgetIsSpent) {
  const Outcome outcome = run("range(50000).map(fn(x) { x + 1 }).length()");
  EXPECT_EQ(outcome.value, "50000");
  EXPECT_GT(outcome.turns, 10u);
}

TEST_F(MethodsCallback, MayCallThemselves) {
  EXPECT_EQ(
      value_of("fn deep(x) { if type(x) == \"array\" { x.map(deep) } else { x + 1 } }; deep([1, [2, [3]]])"),
      "[2, [3, [4]]]");
}

}  // namespace
}  // namespace relay::test
