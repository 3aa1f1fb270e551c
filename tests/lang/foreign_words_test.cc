#include "parsing.h"

// What people write who come from other languages is one error each, and says what to write instead.

namespace relay {
namespace {

// The only error of a text, with its hint.
std::string slip(const std::string& text) {
  const ParseResult result = parse_text(text);
  EXPECT_EQ(result.diagnostics.size(), 1u) << text;
  if (result.diagnostics.empty()) return {};
  return lines_of(result.diagnostics)[0] + " | " + result.diagnostics[0].hint;
}

TEST(ForeignWords, ForVariablesAndFunctions) {
  EXPECT_EQ(slip("let x = 1"), "1:1 a variable is bound with `set` | `set x = ...`");
  EXPECT_EQ(slip("let x: number = 1"), "1:1 a variable is bound with `set` | `set x = ...`");
  EXPECT_EQ(slip("function f(x) { x }"), "1:1 a function is defined with `fn` | `fn f(...) { ... }`");
  EXPECT_EQ(slip("fn f(x): number { x }"), "1:8 expected `->` and the type of the result, found `:` | `-> type`");
  EXPECT_EQ(slip("fn f(x) -> { x }"), "1:12 expected the type of the result, found `{` | ");
  EXPECT_EQ(slip("fn f(x) => x + 1"), "1:9 there is no operator `=>` | a function is `fn (x) { ... }`");
  EXPECT_EQ(slip("set f = lambda x: x"),
            "1:16 two expressions on one line need `;` between them | `fn (x) { ... }`");
}

TEST(ForeignWords, ForLogic) {
  EXPECT_EQ(slip("if a and b { 1 }"), "1:6 expected `{` and the body of `if`, found `and` | `&&`");
  EXPECT_EQ(slip("print(a or b)"), "1:9 expected `,` or `)`, found `or` | `||`");
  EXPECT_EQ(slip("print(not a)"), "1:11 expected `,` or `)`, found `a` | `!`");
  EXPECT_EQ(slip("set x = not a"), "1:13 two expressions on one line need `;` between them | `!`");
  EXPECT_EQ(slip("while a is b { 1 }"), "1:9 expected `{` and the body of `while`, found `is` | `==`");
}

TEST(ForeignWords, ForBranchesAndLoops) {
  EXPECT_EQ(slip("if a { 1 } elif b { 2 }"), "1:12 two expressions on one line need `;` between them | `else if`");
  EXPECT_EQ(slip("if (a) print(1)"), "1:8 expected `{` and the body of `if`, found `print` | a body stands in braces: `{ ... }`");
  EXPECT_EQ(slip("while a do b()"), "1:9 expected `{` and the body of `while`, found `do` | a body stands in braces: `{ ... }`");
  EXPECT_EQ(slip("for (x in xs) { x }"), "1:5 expected a name for the loop variable, found `(` | `for x in list { ... }`");
  EXPECT_EQ(slip("for i in 0..10 { i }"), "1:11 there is no operator `..` | `range(from, to)`");
  EXPECT_EQ(slip("switch x { case 1: 2 }").substr(0, 63), "1:8 two expressions on one line need `;` between them | `dispat");
  EXPECT_EQ(slip("try { 1 } catch e { 2 } finally { 3 }"),
            "1:25 two expressions on one line need `;` between them | what must always run stands behind the `try`");
}

TEST(ForeignWords, ForTypesAndCalls) {
  EXPECT_EQ(slip("class A extends B { m() { 1 } }"),
            "1:7 two expressions on one line need `;` between them | `struct Name { field: type }`");
  EXPECT_EQ(slip("throw new Error(\"x\")"), "1:11 two expressions on one line need `;` between them | `Name{field: value}`");
  EXPECT_EQ(slip("return await f()"), "1:14 two expressions on one line need `;` between them | a call waits by itself for its result");
  EXPECT_EQ(slip("print \"x\", 1"), "1:7 two expressions on one line need `;` between them | a call has parentheses: `print(...)`");
  EXPECT_EQ(slip("struct A { x: string; y: number }"),
            "1:21 expected the name of a field, found `;` | fields stand behind `,` or on lines of their own");
}

TEST(MisspeltWords, AreRecognised) {
  EXPECT_EQ(slip("fn f() { retrun 1 }"), "1:17 two expressions on one line need `;` between them | did you mean `return`?");
  EXPECT_EQ(slip("whlie a { b }"), "1:7 two expressions on one line need `;` between them | did you mean `while`?");
  EXPECT_EQ(slip("sevrer s { receive fn f() { 1 } }"), "1:8 two expressions on one line need `;` between them | did you mean `server`?");
  EXPECT_EQ(slip("foo bar"), "1:5 two expressions on one line need `;` between them | ");
}

TEST(Members, ThatAreNoneOfAServerSayWhatWouldBe) {
  EXPECT_EQ(slip("server s { receive f() { 1 } }"),
            "1:12 expected `state { }`, `receive fn` or `fn`, found `receive` | `receive fn name(parameters) { ... }`");
  EXPECT_EQ(slip("server s { set x = 1 }"), "1:12 expected `state { }`, `receive fn` or `fn`, found `set` | `state { field: type = value }`");
  EXPECT_EQ(slip("server s { x: number = 1 }"), "1:12 expected `state { }`, `receive fn` or `fn`, found `x` | `state { field: type = value }`");
  EXPECT_EQ(slip("server s { fn f() { state = 5 } }"), "1:21 an assignment begins with `set` | `state.set(\"field\", ...)`");
}

TEST(ForeignOperators, AreOneErrorEach) {
  EXPECT_EQ(slip("i--\nprint(i)"), "1:2 there is no operator `--` | `set i = i - 1`");
  EXPECT_EQ(slip("++i"), "1:1 there is no operator `++` | `set i = i + 1`");
  EXPECT_EQ(slip("x ** 2"), "1:3 there is no operator `**` | `a.pow(b)`");
  EXPECT_EQ(slip("print(x ^ 2, 3)"), "1:9 there is no operator `^` | `a.pow(b)`");
  EXPECT_EQ(slip("print(a <> b)"), "1:9 there is no operator `<>` | inequality is `!=`");
  EXPECT_EQ(slip("print(a ? b : c, d)"), "1:9 there is no operator `?` | `if condition { a } else { b }`");
  EXPECT_EQ(slip("print(a?.b)"), "1:8 there is no operator `?.` | `a ?? b` is b when a is nil");
  EXPECT_EQ(slip("f(...xs)"), "1:3 there is no operator `...` | a list is passed as one array");
  EXPECT_EQ(slip("print(1 @ 2)"), "1:9 unexpected `@` | ");
  EXPECT_EQ(slip("set = 1"), "1:5 expected a name for a variable, found `=` | ");
  EXPECT_EQ(slip("if x = 1 { 2 }"), "1:6 expected `{` and the body of `if`, found `=` | `==` compares");
  EXPECT_EQ(errors_in("print(--1, - -1, 5 --1)"), Lines());
}

TEST(ForeignLetters, BehindANumberAreOneError) {
  EXPECT_EQ(slip("set x = 1\xc3\xa9"), "1:10 `\xc3\xa9` cannot stand in a name | names are made of a-z, A-Z, 0-9 and _");
}

}  // namespace
}  // namespace relay
