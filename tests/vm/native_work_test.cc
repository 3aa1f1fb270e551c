#include "vm/script_fixture.h"

namespace relay::test {
namespace {

// Natives and operators on values too large for one step: the fiber yields while they work, and goes on where they were.
class NativeWorkTest : public ScriptTest {
 protected:
  NativeWorkTest() { budget = 1000; }

  // The value of `expression` after `before`; it must have yielded at least `turns` times, with no turn past kTurn.
  std::string value_in_turns(const std::string& before, const std::string& expression, std::size_t turns) {
    const Outcome base = run(before + "\nnil");
    const Outcome outcome = run(before + "\n" + expression);
    EXPECT_EQ(outcome.report, "") << expression;
    EXPECT_GE(outcome.turns, base.turns + turns) << expression;
    EXPECT_LT(outcome.largest_turn, kTurn) << expression;
    return outcome.value;
  }

  static constexpr std::int64_t kTurn = 40'000;  // units of the budget
  // Two equal values of 200,000 parts, and one that differs at the end.
  const std::string rows =
      "fn rows(last) { range(100000).map(fn(i) { [i] }).push(last) }\n"
      "set a = rows(1); set b = rows(1); set c = rows(2)";
  // Two equal strings of 10 MB, and one that differs at the end.
  const std::string texts =
      "set a = \"x\".repeat(10000000) + \"a\"; set b = \"x\".repeat(10000000) + \"a\"; "
      "set c = \"x\".repeat(10000000) + \"b\"";
};

TEST_F(NativeWorkTest, EqualityOfLargeValuesYields) {
  EXPECT_EQ(value_in_turns(rows, "[a == b, a == c, a != b, a != c]", 40), "[true, false, false, true]");
  EXPECT_EQ(value_in_turns(rows, "[if a == b { 1 } else { 2 }, if a == c { 1 } else { 2 }, if a != c { 3 } else { 4 }]", 30),
            "[1, 2, 3]");
  EXPECT_EQ(value_in_turns(rows, "dispatch 1 { 1: a == c, :default: 5 }", 10), "false");
}

TEST_F(NativeWorkTest, EqualityAndOrderOfLongStringsYield) {
  EXPECT_EQ(value_in_turns(texts, "[a == b, a == c, a < c, c < a, a <= b, a > c, c >= a]", 150),
            "[true, false, true, false, true, false, true]");
  EXPECT_EQ(value_in_turns(texts, "[if a < c { 1 } else { 2 }, if c < a { 1 } else { 2 }, a + \"x\" > a, a < a + \"x\"]", 150),
            "[1, 2, true, true]");
}

TEST_F(NativeWorkTest, EqualityInALoopConditionIsAskedAnew) {
  EXPECT_EQ(value_in_turns(rows, "set n = 0; while a == b && n < 3 { set n = n + 1 }; n", 30), "3");
}

TEST_F(NativeWorkTest, SearchesForLargeValuesYield) {
  const std::string list = rows + "\nset list = [c, 1, c, b, c]";
  EXPECT_EQ(value_in_turns(list, "[list.index_of(a), list.includes(a), list.contains(a), list.index_of(rows(3))]", 100),
            "[3, true, true, -1]");
  EXPECT_EQ(value_in_turns(list, "set out = list.remove(a); [out.length(), out[3] == c, list.length()]", 30), "[4, true, 5]");
  EXPECT_EQ(value_in_turns(list, "set out = list.replace(a, 7); [out.length(), out[3], list[3] == b]", 30), "[5, 7, true]");
  EXPECT_EQ(value_in_turns(list, "list.remove(7).length()", 0), "5");
}

TEST_F(NativeWorkTest, SearchesForLongStringsAmongManyYield) {
  const std::string list = texts + "\nset list = range(20).map(fn(i) { c }).push(b)";
  EXPECT_EQ(value_in_turns(list, "[list.index_of(a), list.replace(a, 1).last()]", 300), "[20, 1]");
}

TEST_F(NativeWorkTest, AnArrayIsChangedInItsVariableOnlyWhenTheSearchIsDone) {
  EXPECT_EQ(value_in_turns(rows + "\nset list = [c, b]", "set list = list.remove(a); list.length()", 10), "1");
}

TEST_F(NativeWorkTest, UniqueOfLargeValuesYields) {
  EXPECT_EQ(value_in_turns(rows, "[a, c, b, a, c].unique().length()", 40), "2");
  EXPECT_EQ(value_in_turns(texts, "[a, c, b, a, c].unique().map(fn(s) { s[10000000] })", 10), "[\"a\", \"b\"]");
  EXPECT_EQ(value_of("[[1], [2], [1], {a: 1}, {a: 1}, 1, [2]].unique()"), "[[1], [2], {a: 1}, 1]");
}

TEST_F(NativeWorkTest, SortingLongStringsYields) {
  EXPECT_EQ(value_in_turns(texts, "[c, a, c, b].sort().map(fn(s) { s[10000000] })", 100), R"(["a", "a", "b", "b"])");
  EXPECT_EQ(value_in_turns(texts, "[[c, 1], [a, 2], [c, 3], [b, 4]].sort_by(fn(p) { p[0] }).map(fn(p) { p[1] })", 100),
            "[2, 4, 1, 3]");
  EXPECT_EQ(value_in_turns(texts, "[[b, c].max() == c, [c, b].min() == a, [c].max() == c, [].min()]", 100),
            "[true, true, true, nil]");
}

TEST_F(NativeWorkTest, SumsOfLargeValuesYield) {
  EXPECT_EQ(value_in_turns("set a = range(600000)", "set b = a + a; [b.length(), b[600000], b.last(), a.length()]", 9),
            "[1200000, 0, 599999, 600000]");
  EXPECT_EQ(value_in_turns("set a = range(600000)", "set a = a + a; [a.length(), a[599999], a.last()]", 9),
            "[1200000, 599999, 599999]");
  EXPECT_EQ(value_in_turns("set a = \"ab\".repeat(5000000)", "set b = a + a; [b.length(), b[10000000], b[10000001]]", 100),
            "[20000000, \"a\", \"b\"]");
  EXPECT_EQ(value_in_turns("set a = \"ab\".repeat(5000000)", "set b = a + \"c\"; set b = b + \"d\"; [b.length(), b[10000001], a.length()]", 50),
            "[10000002, \"d\", 10000000]");
  EXPECT_EQ(error_of("set a = \"ab\".repeat(20000000); a + a"), "string longer than 64 MiB");
}

TEST_F(NativeWorkTest, ShowingLargeValuesYields) {
  EXPECT_EQ(value_in_turns(rows, "string(a).length()", 20), "888893");
  EXPECT_EQ(value_in_turns(rows, "`<${a}>` == \"<\" + string(b) + \">\"", 40), "true");
  EXPECT_EQ(value_in_turns(texts, "`${a}, ${c}`.length()", 100), "20000004");
  EXPECT_EQ(value_in_turns(rows, "a.join(\"-\").length()", 20), "788891");
  EXPECT_EQ(kind_of_error("set a = [\"x\".repeat(30000000)]; string(a.push(a).push(a))"), "limit");
  EXPECT_EQ(kind_of_error("set a = \"x\".repeat(30000000); `${a}${a}${a}`"), "limit");
}

TEST_F(NativeWorkTest, PrintingLargeValuesYields) {
  EXPECT_EQ(value_in_turns(rows, "print(1, a, \"end\")", 20), "nil");
  EXPECT_EQ(host.output.size(), 888'893u + 7);
  EXPECT_EQ(host.output.substr(0, 12), "1 [[0], [1],");
  EXPECT_EQ(host.output.substr(host.output.size() - 6), "] end\n");
  host.is_full = true;
  const Outcome full = run(rows + "\nprint(a)");
  EXPECT_EQ(full.waits, 1u);
  EXPECT_EQ(full.value, "nil");
}

TEST_F(NativeWorkTest, WritingJsonYields) {
  EXPECT_EQ(value_in_turns(rows, "json_encode(a).length()", 5), "788893");
  EXPECT_EQ(value_in_turns("set a = \"\\n\".repeat(5000000)", "json_encode({k: a}).length()", 100), "10000008");
  EXPECT_EQ(value_of("json_encode([1, {a: \"x\"}])"), R"("[1,{\"a\":\"x\"}]")");
  EXPECT_EQ(kind_of_error("json_encode(\"\\n\".repeat(40000000))"), "limit");
}

TEST_F(NativeWorkTest, ReadingJsonYields) {
  EXPECT_EQ(value_in_turns(rows + "\nset text = json_encode(a)", "json_decode(text) == a", 40), "true");
  EXPECT_EQ(value_in_turns("set a = \"\\\"\\n\".repeat(500000); set text = json_encode([a])", "json_decode(text)[0] == a", 10), "true");
  const std::string broken = "set text = \"[\" + \"1,\".repeat(500000) + \"x]\"\n";
  EXPECT_EQ(error_of(broken + "json_decode(text)"), "function 'json_decode': expected a value, found 'x' at byte 1000001");
}

TEST_F(NativeWorkTest, HashingALongStringYields) {
  EXPECT_EQ(value_in_turns("set a = \"a\".repeat(1000000)", "hash(a)", 7),
            "\"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0\"");
  EXPECT_EQ(value_of("hash(\"\")"), "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"");
}

TEST_F(NativeWorkTest, ChangingALongStringYields) {
  const std::string text = "set a = \" aB\".repeat(2000000)";
  EXPECT_EQ(value_in_turns(text, "set b = a.upper(); [b.length(), b.slice(5999997), b.lower() == a.lower()]", 300),
            R"([6000000, " AB", true])");
  EXPECT_EQ(value_in_turns(text, "set b = a.reverse(); [b.length(), b.slice(0, 4), b.reverse() == a]", 150),
            R"([6000000, "Ba B", true])");
  EXPECT_EQ(value_in_turns(text, "set b = a.replace(\"B\", \"--\"); [b.length(), b.slice(7999996)]", 100), R"([8000000, " a--"])");
  EXPECT_EQ(value_in_turns(text, "a.replace(\"q\", \"\") == a", 50), "true");
  EXPECT_EQ(value_in_turns(text, "(a + \"x\").replace(\"x\", a).length()", 100), "12000000");
  EXPECT_EQ(value_in_turns(text, "set b = a.split(\"B\"); [b.length(), b[1999999], b.last()]", 100), R"([2000001, " a", ""])");
  EXPECT_EQ(value_in_turns(text, "set b = (a + \"x\" + a).split(\"x\"); [b.length(), b[0] == a, b[1] == a, a.split(\"q\")[0] == a]", 100),
            "[2, true, true, true]");
  EXPECT_EQ(value_in_turns(text, "set b = a.slice(1, 5999999); [b.length(), b.slice(5999990)]", 40), R"([5999998, " aB aB a"])");
}

TEST_F(NativeWorkTest, MakingALongStringYields) {
  EXPECT_EQ(value_in_turns("", "set a = \"abc\".repeat(5000000); [a.length(), a.slice(14999996)]", 100), R"([15000000, "cabc"])");
  EXPECT_EQ(value_in_turns("", "set a = \"é\".pad_start(5000000, \"aé\"); [a.length(), a.slice(0, 3), a.slice(4999997)]", 50),
            R"([5000000, "aéa", "éaé"])");
  EXPECT_EQ(value_in_turns("", "set a = \"é\".pad_end(5000000); [a.length(), a.trim()]", 50), R"([5000000, "é"])");
  EXPECT_EQ(value_of("[\"x\".pad_start(6, \"añ\"), \"x\".pad_end(4, \"añ\"), \"x\".pad_end(1), \"x\".pad_end(9, \"\")]"),
            R"(["añañax", "xaña", "x", "x"])");
}

TEST_F(NativeWorkTest, SearchingALongStringYields) {
  const std::string text = "set a = \"é\".repeat(3000000) + \"x\"";
  EXPECT_EQ(value_in_turns(text, "[a.index_of(\"x\"), a.includes(\"q\"), a.contains(\"éx\"), a.index_of(\"\")]", 10),
            "[3000000, false, true, 0]");
  EXPECT_EQ(value_of(text + "; [(\"xx\" + a).index_of(a), a.repeat(2).replace(a, \"z\")]"), R"([2, "zz"])");
  EXPECT_EQ(value_in_turns("set a = \" \".repeat(3000000)", "[(a + \"x\" + a).trim(), a.trim(), (a + \"x\").trim()]", 200),
            R"(["x", "", "x"])");
}

TEST_F(NativeWorkTest, CodePointsOfALongStringAreFoundWithoutLookingAtAllBefore) {
  const std::string text = "set a = \"aé\".repeat(100000) + \"x\"; a.length()\n";
  budget = 1'000'000;
  const Outcome near_begin = run(text + "set n = 0; for i in range(1000) { if a[i] == \"é\" { set n = n + 1 } }; n");
  const Outcome near_end = run(text + "set n = 0; for i in range(199000, 200000) { if a[i] == \"é\" { set n = n + 1 } }; n");
  EXPECT_EQ(near_begin.value, "500");
  EXPECT_EQ(near_end.value, "500");
  EXPECT_EQ(near_begin.cost, near_end.cost);
  EXPECT_EQ(value_of(text + "[a[200000], a.slice(199998), a.index_of(\"x\")]"), R"(["x", "aéx", 200000])");
}

TEST_F(NativeWorkTest, ATextLongerThanAMebibyteIsNoNumber) {
  EXPECT_EQ(value_of("[(\"0\".repeat(1000000) + \"7\").to_number(), (\"0\".repeat(1048576) + \"7\").to_number()]"), "[7, nil]");
}

TEST_F(NativeWorkTest, SendingALargeMessageIsPaidFor) {
  const std::string loop = "for i in range(10) { notify(\"s\", \"m\", i) }; 1";
  const std::int64_t small = run(loop).cost;
  host.message_bytes = 640'000;
  EXPECT_EQ(run(loop).cost, small + 10 * 10'000);
}

TEST_F(NativeWorkTest, AnErrorIsRaisedWhereTheWorkBegan) {
  const Outcome outcome = run("set a = range(100000)\nset b = a.push(\"x\")\nb.sort()");
  EXPECT_EQ(outcome.error, "cannot compare number and string");
  EXPECT_NE(outcome.report.find("test.rl:3:3"), std::string::npos) << outcome.report;
  EXPECT_EQ(value_of("set a = range(100000).push(\"x\"); try { a.sort() } catch e { e.kind }"), "\"type\"");
}

TEST_F(NativeWorkTest, WorkGivesItsValueWhereverTheCallStands) {
  EXPECT_EQ(value_of("set a = range(100000); [1, a.sort().length(), [a, a].map(json_encode).map(len), {f: hash}.f(\"\").length()]"),
            "[1, 100000, [588891, 588891], 64]");
  EXPECT_EQ(value_of("fn f(g, x) { g(x) }; f(string, range(50000)).length()"), "338890");
}

}  // namespace
}  // namespace relay::test
