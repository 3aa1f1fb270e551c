#include "parsing.h"

// One test a sentence of language.md, "Line breaks".

namespace relay {
namespace {

TEST(LineBreak, EndsACompleteExpression) {
  EXPECT_EQ(tree("set a = 1\nset b = a\nf(b)"), "(set a 1) (set b a) (call f b)");
  EXPECT_EQ(tree("a\n\n\nb"), "a b");
}

TEST(LineBreak, DoesNotEndAnIncompleteExpression) {
  EXPECT_EQ(tree("set\na\n=\n1"), "(set a 1)");
  EXPECT_EQ(tree("for\nx\nin\nxs\n{\n}"), "(for x xs {})");
  EXPECT_EQ(tree("send\n\"s\"\nm\n{}"), "(send \"s\" m (object))");
}

TEST(LineBreak, BeforeADotAndANameGoesOn) {
  EXPECT_EQ(tree("a\n  .map(f)\n  .x\n\n  .y()"), "(.y (. (.map a f) x))");
  EXPECT_EQ(tree("set b = a // comment\n  // another\n  .c"), "(set b (. a c))");
}

TEST(LineBreak, BeforeADotAndADigitEndsTheExpression) { EXPECT_EQ(tree("a\n.5"), "a 0.5"); }

TEST(LineBreak, BeforeABinaryOperatorGoesOn) {
  for (const std::string op : {"+", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="}) {
    EXPECT_EQ(tree("a\n" + op + " b"), "(" + op + " a b)");
  }
  EXPECT_EQ(tree("a\n&& b\n|| c\n?? d"), "(?? (|| (&& a b) c) d)");
  EXPECT_EQ(tree("set d = 1\n  + 2\n  * 3"), "(set d (+ 1 (* 2 3)))");
}

TEST(LineBreak, BeforeAMinusEndsTheExpression) {
  EXPECT_EQ(tree("set c = 10\n-5"), "(set c 10) (neg 5)");
  EXPECT_EQ(tree("a *\n-5"), "(* a (neg 5))");
}

TEST(LineBreak, BeforeAnotherUnaryOperatorEndsTheExpression) { EXPECT_EQ(tree("a\n!b"), "a (! b)"); }

TEST(LineBreak, BeforeElseGoesOn) {
  EXPECT_EQ(tree("if a { b }\nelse if c { d }\n\nelse { e }"), "(if a {b} c {d} else {e})");
  EXPECT_EQ(tree("set x = if a { b }\nelse { c }"), "(set x (if a {b} else {c}))");
}

TEST(LineBreak, BeforeCatchGoesOn) { EXPECT_EQ(tree("try { a }\ncatch e { b }"), "(try {a} catch e {b})"); }

TEST(LineBreak, BeforeABracketStartsANewExpression) {
  EXPECT_EQ(tree("set e = c\n(1 + 1)"), "(set e c) (+ 1 1)");
  EXPECT_EQ(tree("a\n[1]"), "a [1]");
  EXPECT_EQ(tree("a\n{b: 1}"), "a (object \"b\":1)");
  EXPECT_EQ(tree("a.b\n(c)"), "(. a b) c");
  EXPECT_EQ(tree("User\n{name: 1}"), "User (object \"name\":1)");
  EXPECT_EQ(tree("xs.map(fn (x) { x })\n{a: 1}"), "(.map xs (fn (x) {x})) (object \"a\":1)");
}

TEST(LineBreak, MeansNothingBehindATokenThatNeedsMore) {
  EXPECT_EQ(tree("a +\nb"), "(+ a b)");
  EXPECT_EQ(tree("a -\nb"), "(- a b)");
  EXPECT_EQ(tree("a &&\n(b)"), "(&& a b)");
  EXPECT_EQ(tree("a ??\n[b]"), "(?? a [b])");
  EXPECT_EQ(tree("set a =\n  [1]"), "(set a [1])");
  EXPECT_EQ(tree("!\na"), "(! a)");
  EXPECT_EQ(tree("throw\nx"), "(throw x)");
  EXPECT_EQ(tree("fn f()\n->\nnumber\n{ 1 }"), "(fn f ()->number {1})");
  EXPECT_EQ(tree("a\n.\nb"), "(. a b)") << "a `.` before a name goes on, and needs the name";
}

TEST(LineBreak, MeansNothingBehindAHeaderWithoutItsBlock) {
  EXPECT_EQ(tree("if a\n{ b }"), "(if a {b})");
  EXPECT_EQ(tree("if a {} else\n{ b }"), "(if a {} else {b})");
  EXPECT_EQ(tree("if a {} else\nif b { c }"), "(if a {} b {c})");
  EXPECT_EQ(tree("while a\n{ b }"), "(while a {b})");
  EXPECT_EQ(tree("for x in a\n{ b }"), "(for x a {b})");
  EXPECT_EQ(tree("try\n{ a } catch\ne\n{ b }"), "(try {a} catch e {b})");
  EXPECT_EQ(tree("dispatch a\n{ 1: b }"), "(dispatch a 1=>b)");
  EXPECT_EQ(tree("fn f(\n  x,\n  y\n) -> number\n{\n  x\n}"), "(fn f (x y)->number {x})");
  EXPECT_EQ(tree("server s\nimplements P\n{\n}"), "(server s implements P)");
  EXPECT_EQ(tree("if a\n- b { c }"), "(if (- a b) {c})") << "the header is not complete at `a`";
}

TEST(LineBreak, MeansNothingInsideParentheses) {
  EXPECT_EQ(tree("f(\n  a\n  ,\n  b\n)"), "(call f a b)");
  EXPECT_EQ(tree("(a\n- b)"), "(- a b)");
  EXPECT_EQ(tree("(f\n(a))"), "(call f a)");
}

TEST(LineBreak, MeansNothingInsideBrackets) {
  EXPECT_EQ(tree("[\n1,\n2\n]"), "[1 2]");
  EXPECT_EQ(tree("[a\n- b]"), "[(- a b)]");
  EXPECT_EQ(tree("[a\n[0]]"), "[(index a 0)]");
  EXPECT_EQ(tree("a[\n0\n]"), "(index a 0)");
}

TEST(LineBreak, MeansNothingInsideAnObjectOrConstruct) {
  EXPECT_EQ(tree("{\n a: 1\n , b:\n (2)\n}"), "(object \"a\":1 \"b\":2)");
  EXPECT_EQ(tree("{a: b\n(c)}"), "(object \"a\":(call b c))");
  EXPECT_EQ(tree("User{\n a: b\n - c\n}"), "(new User \"a\":(- b c))");
}

TEST(LineBreak, MeansNothingInTheCasesOfADispatch) {
  EXPECT_EQ(tree("dispatch k {\n 1\n: a\n- b\n, 2: c\n}"), "(dispatch k 1=>(- a b) 2=>c)");
}

TEST(LineBreak, CountsAgainInABlockInsideThese) {
  EXPECT_EQ(tree("[3].map(fn (v) { set w = v\n  -w })"), "(.map [3] (fn (v) {(set w v) (neg w)}))");
  EXPECT_EQ(tree("f({ a\n(b) })"), "(call f (block {a b}))");
  EXPECT_EQ(tree("{k: { a\n-b }}"), "(object \"k\":(block {a (neg b)}))");
  EXPECT_EQ(tree("(if x { a\n[0] })"), "(if x {a [0]})");
}

TEST(LineBreak, EndsAReturnBeforeItsValue) {
  EXPECT_EQ(tree("fn f() { return\n5 }"), "(fn f () {(return) 5})");
  EXPECT_EQ(tree("fn f() { return 5\n+ 6 }"), "(fn f () {(return (+ 5 6))})");
  EXPECT_EQ(tree("if x { return }\ny"), "(if x {(return)}) y");
}

TEST(LineBreak, EndsAReturnBeforeItsValueAlsoInsideParentheses) {
  EXPECT_EQ(errors_in("(x ?? return\n5)"), Lines({"2:1 expected `)`, found `5`"}));
}

TEST(LineBreak, SeparatesSendFromWithin) {
  EXPECT_EQ(tree("send \"s\" m {}\nwithin"), "(send \"s\" m (object)) within");
  EXPECT_EQ(tree("(send \"s\" m {}\nwithin 5)"), "(send \"s\" m (object) within 5)");
}

TEST(Semicolon, SeparatesTwoExpressionsOfALine) {
  EXPECT_EQ(tree("set f = c; set g = f; print(g);"), "(set f c) (set g f) (call print g)");
  EXPECT_EQ(tree("{ a; b }"), "(block {a b})");
  EXPECT_EQ(errors_in("set x = 1 print(x)"), Lines({"1:11 two expressions on one line need `;` between them"}));
  EXPECT_EQ(errors_in("fn f() { a b }"), Lines({"1:12 two expressions on one line need `;` between them"}));
}

TEST(Semicolon, IsNotNeededBehindADefinition) {
  EXPECT_EQ(tree("fn f() { 1 } f()"), "(fn f () {1}) (call f)");
  EXPECT_EQ(tree("fn f() { fn g() { 1 } g() }"), "(fn f () {(fn g () {1}) (call g)})");
  EXPECT_EQ(tree("struct S { a: number } protocol P { m() } server s { } config {} x"),
            "(struct S a:number) (protocol P m()) (server s) (config ) x");
  EXPECT_EQ(tree("template \"a\" from f() x"), "(template \"a\" f ()) x");
  EXPECT_EQ(errors_in("fn (x) { x } y"), Lines({"1:14 two expressions on one line need `;` between them"}));
  EXPECT_EQ(errors_in("set f = fn g() { 1 } y"), Lines({"1:22 two expressions on one line need `;` between them"}));
}

TEST(Semicolon, IsReportedOnceALine) {
  EXPECT_EQ(errors_in("this is no program\nset 5 = 1"),
            Lines({"1:6 two expressions on one line need `;` between them", "2:5 expected a name for a variable, found `5`"}));
}

TEST(Semicolon, FollowsAnExpression) {
  EXPECT_EQ(errors_in("; x"), Lines({"1:1 unexpected `;`"}));
  EXPECT_EQ(tree("a\n; b"), "a b");
}

}  // namespace
}  // namespace relay
