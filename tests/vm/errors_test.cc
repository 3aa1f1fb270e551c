#include <gtest/gtest.h>

#include "vm/script_fixture.h"

// Where errors point, and what `catch` and a rethrow keep.

namespace relay::test {
namespace {

class ErrorsTest : public ScriptTest {};

TEST_F(ErrorsTest, ShowPlaceAndStackWithoutTheProgramItself) {
  EXPECT_EQ(run("fn inner(x) {\n  x / 0\n}\nfn outer() { inner(1) }\nouter()").report,
            "error: division by zero\n"
            " --> test.rl:2:3\n"
            "  |\n"
            "2 |   x / 0\n"
            "  |   ^^^^^\n"
            "  at inner (test.rl:2:3)\n"
            "  at outer (test.rl:4:14)\n");
}

TEST_F(ErrorsTest, OfAMethodInThePreludeStandAtItsCall) {
  const std::string report = run("set a = [1, 2]\na.map(3)").report;
  EXPECT_NE(report.find("test.rl:2:"), std::string::npos) << report;
  EXPECT_EQ(report.find("prelude"), std::string::npos) << report;
}

TEST_F(ErrorsTest, OfAWrongArgumentStandAtTheCall) {
  const std::string report = run("fn f(n: number) { n }\n\nf(\"x\")").report;
  EXPECT_NE(report.find("test.rl:3:1"), std::string::npos) << report;
}

TEST_F(ErrorsTest, KeepKindAndPlaceWhenThrownAgain) {
  const Outcome outcome = run("fn f() { 1 / 0 }\ntry { f() } catch e {\n  throw e }");
  EXPECT_EQ(outcome.kind, "arithmetic");
  EXPECT_NE(outcome.report.find("test.rl:1:10"), std::string::npos) << outcome.report;
}

TEST_F(ErrorsTest, ThatLookLikeRuntimeErrorsButWereThrownAreValues) {
  EXPECT_EQ(run(R"(throw {error: "mine", kind: "arithmetic"})").kind, "");
}

TEST_F(ErrorsTest, LeaveTheVariableAloneWhenAnUpdateFails) {
  EXPECT_EQ(value_of(R"(
    fn f() {
      set a = [1, 2]
      try { set a = a.set(9, 0) } catch e { nil }
      try { set a = a.push() } catch e { nil }
      try { set a = a + 1 } catch e { nil }
      try { set a = a.nothing(1) } catch e { nil }
      a
    }
    set b = [1]
    try { set b = b.remove_at(5) } catch e { nil }
    try { set b = b + "x" } catch e { nil }
    [f(), b])"),
            "[[1, 2], [1]]");
}

TEST_F(ErrorsTest, SayWhyANameIsNotSetYet) {
  const Outcome outcome = run("set total = 1\nfn f() { set seen = total\n  set total = seen }\nf()");
  EXPECT_EQ(outcome.error, "undefined variable: total");
  EXPECT_NE(outcome.report.find("note: this function sets its own `total`"), std::string::npos) << outcome.report;
}

TEST_F(ErrorsTest, AreBriefAboutValuesOfAnySize) {
  const std::string shared = "set a = [1]\nfor i in range(64) { set a = [a, a] }\n";
  EXPECT_LT(run(shared + "throw a").error.size(), 5000u);
  EXPECT_LT(run(shared + "dispatch a { 1: 2 }").error.size(), 500u);
  EXPECT_LT(run(shared + "[1][a]").error.size(), 500u);
  EXPECT_LT(run(shared + "[1].get(a)").error.size(), 500u);
  EXPECT_LT(run("dispatch \"x\".repeat(1000000) { 1: 2 }").error.size(), 500u);
}

TEST_F(ErrorsTest, NameTheNearestThing) {
  EXPECT_EQ(run("fn increment(x) { x }\nincremnt(1)").hint, "did you mean `increment`?");
  EXPECT_EQ(run("set counter = 1\ncountr").hint, "did you mean `counter`?");
  EXPECT_EQ(run("struct Person { name: string }\nPersn{name: \"x\"}").hint, "did you mean `Person`?");
}

}  // namespace
}  // namespace relay::test
