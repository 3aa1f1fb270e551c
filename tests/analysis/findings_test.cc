#include "analysing.h"

namespace relay::analysis {
namespace {

// tests/check/ has a program for each finding; here stands what no single program shows.

TEST(Findings, LeaveAnEmptyProgramAlone) {
  EXPECT_EQ(found_in(""), Lines());
  EXPECT_EQ(found_in("\n// nothing\n"), Lines());
}

TEST(Findings, AreErrorsOnlyWhereNothingCatchesThem) {
  EXPECT_EQ(found_in("print(1 + \"a\")"), Lines({"1:9 cannot add number and string"}));
  EXPECT_EQ(found_in("try { print(1 + \"a\") } catch { }"),
            Lines({"warning: 1:15 cannot add number and string"}));
  EXPECT_EQ(found_in("try { 1 } catch { print(1 + \"a\") }"), Lines({"1:27 cannot add number and string"}));
}

TEST(Findings, SayNothingOfValuesOfUnknownType) {
  EXPECT_EQ(found_in("fn f(x) { x.anything(1)[2].more + 1 }\nprint(f(1), json_decode(\"1\").x.y(), "
                     "message(\"a.b\", \"c\").d)"),
            Lines());
}

TEST(Findings, ComeInTheOrderOfTheText) {
  EXPECT_EQ(found_in("set used = 1\nfn f() { a }\nprint(b)\n"),
            Lines({"warning: 1:5 variable 'used' is never read", "2:10 undefined variable: a",
                   "3:7 undefined variable: b"}));
}

TEST(Findings, CountColumnsInCodePoints) {
  EXPECT_EQ(found_in("print(\"äöü\", nope)"), Lines({"1:14 undefined variable: nope"}));
}

TEST(Findings, AreNotRepeatedByFurtherWalks) {
  EXPECT_EQ(found_in("fn a() { b() }\nfn b() { c() }\nfn c() { nope }\nprint(a())"),
            Lines({"3:10 undefined variable: nope"}));
}

TEST(Findings, FollowTypesThroughFunctionsDefinedLater) {
  EXPECT_EQ(found_in("print(a().upper())\nfn a() { b() }\nfn b() { c() }\nfn c() { 1 }\n"),
            Lines({"1:11 method 'upper' not supported for number"}));
}

TEST(Findings, ForgetTypesThatDoNotSettle) {
  // Each function gets its type a walk after the one behind it, and there are more of them than walks.
  std::string text;
  for (int i = 40; i > 0; --i) text += "set v" + std::to_string(i) + " = v" + std::to_string(i - 1) + "\n";
  EXPECT_EQ(
      found_in("fn f() {\nset v0 = 1\nfor i in [1] {\n" + text + "}\nv40.upper() }\nprint(f())\n").size(),
      0u);
}

TEST(Findings, ShowTheShortestWayOfACallCycleOnce) {
  EXPECT_EQ(found_in("server a { receive fn x() { message(\"b\", \"y\") } receive fn z() { 1 } }\n"
                     "server b { receive fn y() { message(\"c\", \"w\"); message(\"a\", \"z\") } }\n"
                     "server c { receive fn w() { 1 } }\n"),
            Lines({"warning: 2:56 deadlock: a.x -> b.y -> a.z"}));
}

TEST(Findings, MeetACallCycleFromEachOfItsServersButTellItOnce) {
  EXPECT_EQ(
      found_in("server a { receive fn x() { send b y {} } }\nserver b { receive fn y() { send a x {} } }\n")
          .size(),
      1u);
}

TEST(Findings, TakeNoWayBackForACycleThatOnlyJoinsOne) {
  EXPECT_EQ(found_in("server a { receive fn x() { send b y {} } }\n"
                     "server b { receive fn y() { send c w {} } }\n"
                     "server c { receive fn w() { send b z {} } }\n"),
            Lines({"3:36 method 'z' not found on server 'b'"}));
  EXPECT_EQ(found_in("server a { receive fn x() { send b y {} } }\n"
                     "server b { receive fn y() { send c w {} } receive fn z() { 1 } }\n"
                     "server c { receive fn w() { send b z {} } }\n"),
            Lines({"warning: 3:29 deadlock: b.y -> c.w -> b.z"}));
}

TEST(Findings, DoNotMistakeANameInAnObjectForAVariable) {
  EXPECT_EQ(found_in("set o = {nope: 1}\nprint(o.nope, o.other, :nope)"), Lines());
}

TEST(Findings, JudgeTestsLikeFunctions) {
  EXPECT_EQ(found_in("test \"adds\" { nope() }\n"), Lines({"1:15 undefined function: nope"}));
}

// A program of `count` parts, each with functions, variables, a struct, a server and messages.
std::string long_program(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    text += "struct S" + n + " { a: number, b: string }\n";
    text += "fn f" + n + "(x: number) { set y = x + " + n + "\n if y > 3 { f" + std::to_string(i + 1) +
            "(y) } else { y } }\n";
    text += "server s" + n +
            " { state { n: number = 0 }\n receive fn go(k) { state.set(\"n\", state.n + 1)\n message(\"s" +
            std::to_string((i + 1) % count) + "\", \"go\", k) } }\n";
    text += "set v" + n + " = [1, 2].map(fn (e) { f" + n + "(e) })\nprint(v" + n + ", S" + n + "{a: " + n +
            ", b: `${v" + n + "}`})\n";
  }
  return text + "fn f" + std::to_string(count) + "(x) { x }\n";
}

TEST(Findings, CostWorkInProportionToTheProgram) {
  const std::uint64_t once = check_text(long_program(500)).visits;
  const std::uint64_t twice = check_text(long_program(1000)).visits;
  EXPECT_LT(twice, once * 22 / 10);
  EXPECT_LT(once, 20u * long_program(500).size());
}

TEST(Findings, EndWithTheirMostEvenInALongProgram) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "print(nope" + std::to_string(i) + ")\n";
  EXPECT_EQ(found_in(text).size(), 1000u);
}

}  // namespace
}  // namespace relay::analysis
