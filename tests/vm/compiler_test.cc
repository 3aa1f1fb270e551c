#include "lang/compiler.h"

#include <gtest/gtest.h>

#include "value/string.h"
#include "vm/script_fixture.h"

// What the compiler makes of programs: seen by running them, and where it matters for speed by their code.

namespace relay::test {
namespace {

class CompilerTest : public ScriptTest {
 protected:
  static std::string code_of(const std::string& text) {
    auto compiled = load_program(std::make_shared<SourceFile>("test.rl", text));
    return compiled.program ? bytecode::disassemble(*compiled.program) : "";
  }
};

TEST_F(CompilerTest, TakesTestsInOnlyWhenAsked) {
  const auto source = std::make_shared<SourceFile>("test.rl", "test \"one\" { }\nprint(1)\ntest \"two\" { }");
  const CompileResult without = load_program(source);
  EXPECT_EQ(without.program->tests.size(), 0u);
  EXPECT_EQ(bytecode::disassemble(*without.program), code_of("print(1)\nnil"));
  const CompileResult with = load_program(source, LastValue::kDropped, Tests::kTakenIn);
  ASSERT_EQ(with.program->tests.size(), 2u);
  EXPECT_EQ(with.program->tests[1].name, "two");
  EXPECT_EQ(string::text(with.program->tests[1].function->name), "test \"two\"");
}

TEST_F(CompilerTest, EvaluatesFromLeftToRight) {
  EXPECT_EQ(value_of("fn f() { set x = 1\n x + { set x = 5\n x } + x }\nf()"), "11");
  EXPECT_EQ(value_of("fn f() { set x = [1, 2]\n x[{ set x = [9, 9]\n 1 }] }\nf()"), "2");
  EXPECT_EQ(value_of("fn f() { set x = 1\n [x, { set x = 2\n x }, x] }\nf()"), "[1, 2, 2]");
  EXPECT_EQ(value_of("fn f() { set x = 1\n x < { set x = 0\n 2 } }\nf()"), "true");
}

TEST_F(CompilerTest, SetsAVariableOnlyWhenItsWholeValueIsThere) {
  EXPECT_EQ(value_of("fn f() { set x = 1\n set x = x + 1 + x\n x }\nf()"), "3");
  EXPECT_EQ(value_of("fn f() { set x = 1\n try { set x = x + 1 + nil } catch e { nil }\n x }\nf()"), "1");
  EXPECT_EQ(value_of("fn f() { set x = true\n set x = x && !x\n x }\nf()"), "false");
}

TEST_F(CompilerTest, GrowsAStringLinkByLinkWhereNobodyCanSeeIt) {
  EXPECT_EQ(value_of("fn f() { set s = \"a\"\n set s = s + \"b\" + \"c\"\n s }\nf()"), "\"abc\"");
  EXPECT_EQ(value_of("fn f() { set s = \"a\"\n set s = s + \"b\" + s\n s }\nf()"), "\"aba\"");
  EXPECT_EQ(value_of("fn f() { set s = \"a\"\n try { set s = s + \"b\" + 1 } catch e { nil }\n s }\nf()"), "\"a\"");
  EXPECT_EQ(value_of("fn f() { set s = \"a\"\n set g = fn () { s }\n set s = s + \"b\" + g()\n s }\nf()"), "\"aba\"");
  // Copying the string at each turn would cost a hundred times as much.
  const Outcome outcome = run("fn f() { set s = \"\"\n for i in range(20000) { set s = s + \"xxxx\" + \"yyyy\" }\n s.length() }\nf()");
  EXPECT_EQ(outcome.value, "160000");
  EXPECT_LT(outcome.cost, 200'000);
}

TEST_F(CompilerTest, ReturnsOutOfValueBlocksOnly) {
  EXPECT_EQ(value_of("fn f() { set r = { for i in range(9) { if i == 3 { return i } }\n 99 }\n [r] }\nf()"), "[3]");
  EXPECT_EQ(value_of("fn f() { try { return 1 } catch e { 2 }\n 3 }\nf()"), "1");
}

TEST_F(CompilerTest, KeepsVariablesOfBranchesApartFromUnsetOnes) {
  EXPECT_EQ(error_of("fn f(b) { if b { set x = 1 }\n x }\nf(false)"), "undefined variable: x");
  EXPECT_EQ(value_of("fn f(b) { if b { set x = 1 } else { return 2 }\n x }\n[f(true), f(false)]"), "[1, 2]");
  EXPECT_EQ(error_of("fn f() { for i in [] { 1 }\n i }\nf()"), "undefined variable: i");
}

TEST_F(CompilerTest, GivesEachTurnOfALoopAtTopLevelItsOwnVariable) {
  EXPECT_EQ(value_of("set fs = []\nfor k, v in {a: 1, b: 2} { set fs = fs.push(fn () { k + string(v) }) }\n"
                     "[fs.map(fn (f) { f() }), k]"),
            R"([["a1", "b2"], "b"])");
}

TEST_F(CompilerTest, LetsNestedFunctionsCallEachOther) {
  EXPECT_EQ(value_of("fn f(n) { fn even(x) { if x == 0 { true } else { odd(x - 1) } }\n"
                     "fn odd(x) { if x == 0 { false } else { even(x - 1) } }\n even(n) }\n[f(10), f(7)]"),
            "[true, false]");
}

TEST_F(CompilerTest, FillsOptionalParametersWithNil) {
  EXPECT_EQ(value_of("fn f(a, b: optional(number), c: optional(number)) { [a, b, c] }\n[f(1), f(1, 2), f(1, 2, 3)]"),
            "[[1, nil, nil], [1, 2, nil], [1, 2, 3]]");
}

TEST_F(CompilerTest, BuildsLargeLiterals) {
  std::string array = "fn one() { 1 }\n[one()";
  std::string object = "fn one() { 1 }\n{k0: one()";
  for (int i = 1; i < 1000; ++i) {
    array += ", " + std::to_string(i);
    object += ", k" + std::to_string(i) + ": " + std::to_string(i);
  }
  EXPECT_EQ(value_of(array + "].length()"), "1000");
  EXPECT_EQ(value_of(object + "}.length()"), "1000");
}

TEST_F(CompilerTest, TakesTheLastOfTwoEqualKeys) {
  EXPECT_EQ(value_of("fn f() { 1 }\n{a: f(), b: 2, a: 3}"), "{a: 3, b: 2}");
}

TEST_F(CompilerTest, ComputesConstantsOnce) {
  EXPECT_NE(code_of("fn f() { [1, {a: \"x\"}] }").find("Load           r0  [1, {a: \"x\"}]"), std::string::npos);
}

TEST_F(CompilerTest, ChangesInPlaceOnlyWhereTheOldValueIsReplaced) {
  EXPECT_NE(code_of("fn f(a) { set a = a.push(1)\n a }").find("InvokeOn"), std::string::npos);
  EXPECT_EQ(code_of("fn f(a) { set b = a.push(1)\n [a, b] }").find("InvokeOn"), std::string::npos);
  EXPECT_EQ(code_of("fn f(a) { set a = a.push({ set a = [2]\n 1 })\n a }").find("InvokeOn"), std::string::npos);
  EXPECT_EQ(value_of("fn f(a) { set b = a\n set a = a.push(1)\n [a, b] }\nf([0])"), "[[0, 1], [0]]");
}

TEST_F(CompilerTest, ChangesElementsAndFieldsWithoutACall) {
  EXPECT_NE(code_of("fn f(a, i) { set a = a.set(i, 1)\n a }").find("PutElement"), std::string::npos);
  EXPECT_NE(code_of("fn f(o) { set o = o.set(\"k\", 1)\n o }").find("PutField"), std::string::npos);
  EXPECT_NE(code_of("fn f(a) { set a = a.push(1)\n a }").find("PushElement"), std::string::npos);
}

TEST_F(CompilerTest, UpdatesInPlaceAsTheMethodsDo) {
  const std::string update = "fn f(x, k, v) { set y = x\n set x = x.set(k, v)\n set x = x.set(k, v)\n [x, y] }\n";
  EXPECT_EQ(value_of(update + "f([1, 2], 1, \"b\")"), "[[1, \"b\"], [1, 2]]");
  EXPECT_EQ(error_of(update + "f([1, 2], 2, 0)"), error_of("[1, 2].set(2, 0)"));
  EXPECT_EQ(error_of(update + "f([1, 2], 0.5, 0)"), error_of("[1, 2].set(0.5, 0)"));
  EXPECT_EQ(error_of(update + "f([1, 2], -1, 0)"), error_of("[1, 2].set(-1, 0)"));
  EXPECT_EQ(error_of(update + "f([1, 2], \"k\", 0)"), error_of("[1, 2].set(\"k\", 0)"));
  EXPECT_EQ(error_of(update + "f(\"text\", 0, 0)"), error_of("\"text\".set(0, 0)"));
  EXPECT_EQ(value_of("fn f(i) { set a = [[0], [1], [2]]\n set a = a.set(i, { set i = 0\n a[2] })\n a }\nf(1)"),
            "[[0], [2], [2]]");
}

TEST_F(CompilerTest, UpdatesFieldsInPlaceAsTheMethodDoes) {
  const std::string update = "struct P { n: number, s: string }\nstruct Q { n: any }\n"
                             "fn f(x, v) { set y = x\n for i in range(3) { set x = x.set(\"n\", v) }\n [x, y] }\n";
  EXPECT_EQ(value_of(update + "f({n: 1, m: 2}, 5)"), "[{n: 5, m: 2}, {n: 1, m: 2}]");
  EXPECT_EQ(value_of(update + "f({m: 2}, 5)"), "[{m: 2, n: 5}, {m: 2}]");
  EXPECT_EQ(value_of(update + "[f({n: 1}, 2), f(P{n: 1, s: \"\"}, 2)[0].n, f(Q{n: 1}, \"q\")[0].n, f({n: 3}, 4)]"),
            "[[{n: 2}, {n: 1}], 2, \"q\", [{n: 4}, {n: 3}]]");
  EXPECT_EQ(error_of(update + "f(P{n: 1, s: \"\"}, \"two\")"),
            error_of("struct P { n: number, s: string }\nP{n: 1, s: \"\"}.set(\"n\", \"two\")"));
  EXPECT_EQ(error_of(update + "f([1], 2)"), error_of("[1].set(\"n\", 2)"));
}

TEST_F(CompilerTest, RefusesConfigThatIsNotLiteral) {
  auto compiled = load_program(std::make_shared<SourceFile>("test.rl", "config { port: 1 + 1 }"));
  EXPECT_EQ(compiled.program, nullptr);
  ASSERT_FALSE(compiled.diagnostics.empty());
  EXPECT_NE(compiled.diagnostics.back().message.find("must be a literal"), std::string::npos);
}

TEST_F(CompilerTest, BindsWhatReadsTheStateToItsServer) {
  auto compiled = load_program(std::make_shared<SourceFile>(
      "test.rl", "server s { state { n: number = 1 }\n receive fn whole() { fn () { state } }\n"
                 " receive fn field() { fn () { state.n } }\n receive fn free() { fn () { 1 } }\n"
                 " receive fn nested() { fn () { fn () { free() } } } }"));
  ASSERT_NE(compiled.program, nullptr);
  const auto is_bound = [&](std::string_view method) {
    return compiled.program->servers[0]->method(method)->function->bound_to_server;
  };
  EXPECT_TRUE(is_bound("whole"));
  EXPECT_TRUE(is_bound("field"));
  EXPECT_FALSE(is_bound("free"));
  EXPECT_TRUE(is_bound("nested"));
}

TEST_F(CompilerTest, RefusesAFunctionThatIsTooLarge) {
  std::string text = "fn f() { [";
  for (int i = 0; i < 70'000; ++i) text += "\"s" + std::to_string(i) + "\" + \"\", ";
  auto compiled = load_program(std::make_shared<SourceFile>("test.rl", text + "1] }"));
  EXPECT_EQ(compiled.program, nullptr);
  ASSERT_FALSE(compiled.diagnostics.empty());
  EXPECT_NE(compiled.diagnostics.back().message.find("too large"), std::string::npos);
}

}  // namespace
}  // namespace relay::test
