#include "vm/script_fixture.h"

namespace relay::test {
namespace {

// Methods of values that one native call may not work through at once.
class MethodsLarge : public ScriptTest {
 protected:
  static constexpr std::int64_t kStep = 40'000;  // units of the budget: far below the whole of such work
};

TEST_F(MethodsLarge, ArraysAreCutAndJoined) {
  EXPECT_EQ(value_of("set a = range(200000); set b = a.slice(10, 199990); [b.length(), b[0], b[199979]]"),
            "[199980, 10, 199989]");
  EXPECT_EQ(value_of("set a = range(150000); set b = a.append(a); [b.length(), b[149999], b[150000], "
                     "b.last(), a.length()]"),
            "[300000, 149999, 0, 149999, 150000]");
  EXPECT_EQ(
      value_of("set a = range(150000); set b = a.insert(1, \"x\"); [b.length(), b[0], b[1], b[2], b.last()]"),
      "[150001, 0, \"x\", 1, 149999]");
  EXPECT_EQ(value_of("set a = range(150000); [a.prepend(7).slice(0, 2), a.prepend(7).last(), "
                     "a.remove_at(1).slice(0, 3)]"),
            "[[7, 0], 149999, [0, 2, 3]]");
  EXPECT_EQ(value_of("set r = range(150000).reverse(); [r.length(), r[0], r[65536], r.last()]"),
            "[150000, 149999, 84463, 0]");
}

TEST_F(MethodsLarge, ArraysAreSearched) {
  EXPECT_EQ(
      value_of(
          "set a = range(200000); [a.index_of(0), a.index_of(65536), a.index_of(199999), a.index_of(-1)]"),
      "[0, 65536, 199999, -1]");
  EXPECT_EQ(value_of("set a = range(200000); [a.includes(70000), a.contains(\"x\"), "
                     "a.remove(70000).length(), a.remove(-5).length()]"),
            "[true, false, 199999, 200000]");
  EXPECT_EQ(
      value_of(
          "set a = range(200000).replace(100000, \"x\"); [a[100000], a.length(), a.replace(-1, 0).length()]"),
      "[\"x\", 200000, 200000]");
}

TEST_F(MethodsLarge, ArraysAreAddedUp) {
  EXPECT_EQ(value_of("set a = range(200000); [a.sum(), a.min(), a.max(), a.reverse().min()]"),
            "[19999900000, 0, 199999, 0]");
  EXPECT_EQ(error_of("range(200000).push(\"x\").sum()"), "cannot add number and string");
  EXPECT_EQ(error_of("range(200000).push(\"x\").max()"), "cannot compare number and string");
}

TEST_F(MethodsLarge, ArraysAreSorted) {
  EXPECT_EQ(value_of("set a = range(100000).map(fn(i) { i * 7919 % 100003 }).sort()\n"
                     "set fine = true\n"
                     "for i, x in a { if i > 0 { if a[i - 1] > x { set fine = false } } }\n"
                     "[fine, a.length()]"),
            "[true, 100000]");
  EXPECT_EQ(value_of("set a = range(30000).map(fn(i) { \"k\" + string(i % 1000) }).sort(); [a[0], a[29], "
                     "a[30], a.last()]"),
            "[\"k0\", \"k0\", \"k1\", \"k999\"]");
  EXPECT_EQ(error_of("range(100000).push(nil).sort()"), "cannot compare number and nil");
}

TEST_F(MethodsLarge, SortByStaysStable) {
  EXPECT_EQ(
      value_of("set a = range(50000).sort_by(fn(i) { i % 3 })\n"
               "set fine = true\n"
               "for i, x in a { if i > 0 { set before = a[i - 1]\n"
               "  if before % 3 > x % 3 || (before % 3 == x % 3 && before > x) { set fine = false } } }\n"
               "[fine, a.length(), a[0], a.last()]"),
      "[true, 50000, 0, 49997]");
}

TEST_F(MethodsLarge, LongStringsAreSortedInShortRuns) {
  EXPECT_EQ(value_of("set long = \"x\".repeat(700000); [long + \"c\", long + \"a\", long + "
                     "\"b\"].sort().map(fn(s) { s[700000] })"),
            "[\"a\", \"b\", \"c\"]");
}

TEST_F(MethodsLarge, ArraysAreMadeUniqueFlatAndPairs) {
  EXPECT_EQ(value_of("set a = range(100000).map(fn(i) { i % 20000 }).unique(); [a.length(), a[0], a.last()]"),
            "[20000, 0, 19999]");
  EXPECT_EQ(value_of("set a = [range(100000), 1, [], range(100000)].flatten(); [a.length(), a[99999], "
                     "a[100000], a[100001]]"),
            "[200001, 99999, 1, 0]");
  EXPECT_EQ(value_of("set a = range(70000).map(fn(i) { [i, i] }).flatten(); [a.length(), a[139999]]"),
            "[140000, 69999]");
  EXPECT_EQ(value_of("set a = range(20000).zip(range(20000, 50000)); [a.length(), a[19999]]"),
            "[20000, [19999, 39999]]");
}

TEST_F(MethodsLarge, ArraysAreJoinedToText) {
  EXPECT_EQ(value_of("range(200000).join(\",\") == range(200000).map(string).join(\",\")"), "true");
  EXPECT_EQ(value_of("range(200000).join(\",\").length()"), "1288889");
  EXPECT_EQ(kind_of_error("range(100000).join(\"x\".repeat(1000))"), "limit");
}

TEST_F(MethodsLarge, ObjectsAreListedAndMerged) {
  const std::string make =
      "fn big(n, m) { set o = {}\n for i in range(n) { set o = o.set(\"k\" + string(i), i * m) }\n o }\n";
  EXPECT_EQ(value_of(make + "set o = big(20000, 1).remove(\"k0\"); [o.keys().length(), o.keys()[0], "
                            "o.values().last(), o.entries()[19998]]"),
            "[19999, \"k1\", 19999, [\"k19999\", 19999]]");
  EXPECT_EQ(
      value_of(make +
               "set o = {k3: \"old\", x: 1}.merge(big(20000, 2)); [o.length(), o.k3, o.x, o.keys()[0]]"),
      "[20001, 6, 1, \"k3\"]");
  EXPECT_EQ(value_of(make + "set o = big(20000, 2); object(o.entries()) == o"), "true");
  EXPECT_EQ(error_of("object(range(20000))"),
            "function 'object': entry 0 must be [string, value], got number");
}

TEST_F(MethodsLarge, StringsAreChanged) {
  EXPECT_EQ(value_of("set s = \"añ😀\".repeat(100000); [s.reverse().slice(0, 3), s.reverse().reverse() == s, "
                     "s.reverse().length()]"),
            "[\"😀ña\", true, 300000]");
  EXPECT_EQ(
      value_of("set s = \"aé\".repeat(100000); [s.upper() == \"AÉ\".repeat(100000), s.upper().lower() == s]"),
      "[true, true]");
  EXPECT_EQ(value_of("set s = \"abX\".repeat(800000); [s.replace(\"X\", \"\") == \"ab\".repeat(800000), "
                     "s.replace(\"q\", \"\") == s]"),
            "[true, true]");
  EXPECT_EQ(value_of("set a = \"ab,\".repeat(100000).split(\",\"); [a.length(), a[99999], a[100000]]"),
            "[100001, \"ab\", \"\"]");
  EXPECT_EQ(value_of("set a = \"añ\".repeat(20000); [a.chars().length(), a.split(\"\").last(), "
                     "a.chars().join(\"\") == a]"),
            "[40000, \"ñ\", true]");
}

TEST_F(MethodsLarge, RangesAreMade) {
  EXPECT_EQ(value_of("set r = range(200000); [r.length(), r[65536], r.last()]"), "[200000, 65536, 199999]");
  EXPECT_EQ(value_of("set r = range(200000, 0, -1); [r.length(), r[0], r.last()]"), "[200000, 200000, 1]");
}

// Each of these is more work than one turn may do past its budget.
TEST_F(MethodsLarge, NoCallHoldsTheCore) {
  budget = 1000;
  const std::string before = "set a = range(600000); set s = \"ab\".repeat(600000)\n";
  const Outcome base = run(before + "nil");
  for (const char* call :
       {"a.reverse()", "a.sort()", "a.slice(1)", "a.append(a)", "a.insert(0, 1)", "a.unique()", "a.zip(a)",
        "a.sum()", "a.max()", "a.index_of(-1)", "a.join(\",\")", "[a, a].flatten()", "range(600000)",
        "s.upper()", "s.reverse()", "s.chars()", "s.split(\"b\")", "s.replace(\"b\", \"cc\")"}) {
    const Outcome outcome = run(before + call + std::string("; nil"));
    EXPECT_EQ(outcome.error, "") << call;
    EXPECT_LT(outcome.largest_turn, kStep) << call;
    EXPECT_GT(outcome.cost - base.cost, kStep) << call;
  }
}

}  // namespace
}  // namespace relay::test
