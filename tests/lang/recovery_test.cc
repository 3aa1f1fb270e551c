#include "lang/lexer.h"
#include "parsing.h"

// All syntax errors of a file are reported, and none that only follows from another.

namespace relay {
namespace {

TEST(Recovery, ReportsTheErrorsOfAllStatements) {
  EXPECT_EQ(errors_in("set 5 = 1\nfn good() { 1 }\nset y = * 3\nprint(\"never\")"),
            Lines({"1:5 expected a name for a variable, found `5`", "3:9 expected an expression, found `*`"}));
  EXPECT_EQ(errors_in("set a =\nset b = 1 +\nset c = )\nf(1"),
            Lines({"2:1 expected an expression, found `set`", "3:1 expected an expression, found `set`",
                   "3:9 expected an expression, found `)`", "4:2 `(` is never closed"}));
}

TEST(Recovery, GoesOnInsideBlocks) {
  EXPECT_EQ(errors_in("server s {\n  receive fn a() { set 1 = 2 }\n  receive fn b(5) { 3 }\n  fn c() { x = 1\n  y y }\n}\n"),
            Lines({"2:24 expected a name for a variable, found `1`", "3:16 expected a name for a parameter, found `5`",
                   "4:12 an assignment begins with `set`", "5:5 two expressions on one line need `;` between them"}));
}

TEST(Recovery, GoesOnInsideLists) {
  EXPECT_EQ(errors_in("f(1 2, ), 3)\n[*, 1, /]"),
            Lines({"1:5 expected `,` between elements, found `2`",
                   "2:2 expected an expression, found `*`", "2:8 expected an expression, found `/`"}));
  EXPECT_EQ(errors_in("f(1 + * / 2, 3 + )"),
            Lines({"1:7 expected an expression, found `*`", "1:18 expected an expression, found `)`"}));
  EXPECT_EQ(errors_in("{a: 1, b 2, c: }"),
            Lines({"1:10 expected `:` behind the key, found `2`", "1:16 expected an expression, found `}`"}));
  EXPECT_EQ(errors_in("[\n  1\n  2,\n  3\n]\nset 5 = 1"),
            Lines({"3:3 expected `,` between elements, found `2`", "6:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("struct S { a string, b: 5\n c: any }"),
            Lines({"1:14 expected `:` and the type of the field, found `string`", "1:25 expected a type, found `5`"}));
  EXPECT_EQ(errors_in("dispatch x { a: 1, :b 2, 3: }"),
            Lines({"1:14 expected a case (a number, string, symbol, datetime, true, false or nil), found `a`",
                   "1:23 expected `:` behind the case, found `2`", "1:29 expected an expression, found `}`"}));
}

TEST(Recovery, LeavesAMemberThatBeginsWhereItFailed) {
  EXPECT_EQ(errors_in("server s {\n  state.n\n  fn f() { 1 }\n}"),
            Lines({"2:3 expected `state { }`, `receive fn` or `fn`, found `state`"}));
}

TEST(Recovery, GoesOnBehindABadHeader) {
  EXPECT_EQ(errors_in("for x of xs { set 1 = 2 }"),
            Lines({"1:7 expected `in`, found `of`", "1:19 expected a name for a variable, found `1`"}));
  EXPECT_EQ(errors_in("fn f { set 1 = 2 }"),
            Lines({"1:6 expected `(` and the parameters, found `{`", "1:12 expected a name for a variable, found `1`"}));
  EXPECT_EQ(errors_in("try { a } catch (e) { set 1 = 2 }"),
            Lines({"1:17 expected a name or `{`, found `(`", "1:27 expected a name for a variable, found `1`"}));
}

TEST(Recovery, MissesTheHeadWhenItFindsTheBody) {
  EXPECT_EQ(errors_in("if { a }\nset 1 = y"), Lines({"1:1 `if` without a condition", "2:5 expected a name for a variable, found `1`"}));
  EXPECT_EQ(errors_in("if a { b } else if { c } else { d }\ne"), Lines({"1:17 `if` without a condition"}));
  EXPECT_EQ(errors_in("while { set 1 = 2 }"), Lines({"1:1 `while` without a condition", "1:13 expected a name for a variable, found `1`"}));
  EXPECT_EQ(errors_in("while {}\nx"), Lines({"1:1 `while` without a condition"}));
  EXPECT_EQ(errors_in("for x in { y }\nz"), Lines({"1:1 `for` without anything to run over"}));
  EXPECT_EQ(errors_in("dispatch { :a: 1 }\nz"), Lines({"1:1 `dispatch` without a value to compare"}));
}

TEST(Recovery, ReadsAStructThatStandsInAHead) {
  const std::string says = "a struct before a `{` that opens a body stands in `( )`";
  EXPECT_EQ(errors_in("if u == User {name: \"x\"} { print(1) }\nset 1 = 2"), Lines({"1:9 " + says, "2:5 expected a name for a variable, found `1`"}));
  EXPECT_EQ(errors_in("for k in U{a: 1, b: {c: 2}} { k }"), Lines({"1:10 " + says}));
  EXPECT_EQ(errors_in("while U{a: 1}.a && b { c }"), Lines({"1:7 " + says}));
  EXPECT_EQ(errors_in("if a == U{} { b } else if U{c: 1} == d { e }"), Lines({"1:9 " + says, "1:27 " + says}));
  EXPECT_EQ(errors_in("dispatch U{a: 1} { :a: 2 }"), Lines({"1:10 " + says}));
  EXPECT_EQ(hint_in("if User {name: 1} { 2 }"), "`(User {...})`");
}

TEST(Recovery, PutsInTheBraceThatIsMissing) {
  EXPECT_EQ(errors_in("server a\n  receive fn f() { 1 }\n  receive fn g() { set 1 = 2 }\n}\nset 3 = 4"),
            Lines({"2:3 expected `{` and the members of the server, found `receive`", "3:24 expected a name for a variable, found `1`",
                   "5:5 expected a name for a variable, found `3`"}));
  EXPECT_EQ(errors_in("if a\n  b()\n} else {\n  c()\n}\nset 3 = 4"),
            Lines({"2:3 expected `{` and the body of `if`, found `b`", "6:5 expected a name for a variable, found `3`"}));
  EXPECT_EQ(errors_in("server s {\n  state n: number = 0 }\n  receive fn f() { state.n }\n}"),
            Lines({"2:9 expected `{` and the fields of the state, found `n`"}));
  EXPECT_EQ(errors_in("fn f() 1 }\nset 3 = 4"),
            Lines({"1:8 expected `{` and the body of the function, found `1`", "2:5 expected a name for a variable, found `3`"}));
}

TEST(Recovery, PassesOverWhatIsLeftOfAStatement) {
  EXPECT_EQ(errors_in("print(\"a\".index_of \"b\"), c)\nset 3 = 4"),
            Lines({"1:20 expected `,` between elements, found a string", "2:5 expected a name for a variable, found `3`"}));
  EXPECT_EQ(errors_in("[1].map(fn (x { x })"), Lines({"1:15 expected `,` or `)`, found `{`"}));
  EXPECT_EQ(errors_in("print(f(1, g(2), h(3))\nset 3 = 4"), Lines({"1:6 `(` is never closed", "2:5 expected a name for a variable, found `3`"}));
  EXPECT_EQ(errors_in("set a []"), Lines({"1:7 expected `=`, found `[`"}));
  EXPECT_EQ(errors_in("set set a = 1"), Lines({"1:5 expected a name for a variable, found `set`"}));
  EXPECT_EQ(errors_in("for in xs { 1 }"), Lines({"1:5 expected a name for the loop variable, found `in`"}));
  EXPECT_EQ(errors_in("for i i in xs { 1 }"), Lines({"1:7 expected `in`, found `i`"}));
  EXPECT_EQ(errors_in("struct P { a: number\nset p = P{a: 1}\nprint(p)"), Lines({"1:10 `{` is never closed"}));
}

// Whatever single token is left out, hardly ever more than one error comes of it.
TEST(Recovery, SaysOneThingOfOneMistake) {
  const std::string text =
      "struct User { name: string, tags: [string] }\n"
      "server board {\n"
      "  state { users: {string: User} = {}, count: number = 0 }\n"
      "  receive fn add(name: string, tag: optional(string)) -> number {\n"
      "    if state.users.has(name) { throw {error: \"known\", kind: \"value\"} }\n"
      "    set user = User{name: name, tags: [tag ?? \"none\"]}\n"
      "    state.set(\"users\", state.users.set(name, user))\n"
      "    state.update(\"count\", fn (old) { old + 1 })\n"
      "  }\n"
      "  fn names() { state.users.map(fn (user) { user.name.upper() }).keys() }\n"
      "}\n"
      "for i, x in [\"a\", \"b\"] {\n"
      "  print(`${i}: ${send \"board\" add {name: x}}`, x == \"a\" && i < 3)\n"
      "}\n"
      "set result = try { message(\"board\", \"add\", \"a\") } catch e { dispatch e.kind { :value: 1, :default: 2 } }\n"
      "while result > 0 { set result = result - 1 }\n"
      "print(result)\n";
  std::vector<Diagnostic> none;
  Reporter reporter(source(text), none);
  const LexResult lexed = lex(reporter);
  std::size_t more_than_one = 0;
  for (const Token& token : lexed.tokens) {
    std::string without = text;
    without.erase(token.span.begin, token.span.end - token.span.begin);
    const Lines errors = errors_in(without);
    more_than_one += errors.size() > 1 ? 1 : 0;
    EXPECT_LE(errors.size(), 3u) << text.substr(token.span.begin, 30);
  }
  EXPECT_LE(more_than_one, 5u);
}

TEST(Recovery, TakesABodyForABodyWhereItCanBeOne) {
  EXPECT_EQ(errors_in("if a {} [1]"), Lines({"1:9 two expressions on one line need `;` between them"}));
  EXPECT_EQ(errors_in("dispatch a { true: 1 } + 2"), Lines({"1:24 unexpected `+`"}));
  EXPECT_EQ(errors_in("if a {\n  b: 1\n}"), Lines({"2:4 unexpected `:`"}));
  EXPECT_EQ(errors_in("if a { b }\n{ c }"), Lines());
}

TEST(Recovery, BlamesTheBracketThatIsNeverClosed) {
  EXPECT_EQ(errors_in("print(\"a\"\nprint(\"b\")\nset 5 = 1"),
            Lines({"1:6 `(` is never closed", "3:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("set x = [1, 2\nset y = 3"), Lines({"1:9 `[` is never closed"}));
  EXPECT_EQ(errors_in("fn f() {\n  print(\"a\"\n}\nset y = 3"), Lines({"2:8 `(` is never closed"}));
  EXPECT_EQ(errors_in("fn f() {\n  if x { 1\n}\n"), Lines({"1:8 `{` is never closed"}));
  EXPECT_EQ(errors_in("f({a: 1)"), Lines({"1:3 `{` is never closed"}));
  EXPECT_EQ(errors_in("f(1]"), Lines({"1:2 `(` is never closed"}));
}

TEST(Recovery, KeepsTheErrorThatStandsForAnUnclosedBracket) {
  EXPECT_EQ(errors_in("fn f(k) { k look"), Lines({"1:13 two expressions on one line need `;` between them"}));
  EXPECT_EQ(errors_in("fn f(k) { k look {k: 1}\n"), Lines({"1:13 two expressions on one line need `;` between them"}));
}

TEST(Recovery, LeavesAnUnclosedBlockAtTheNextDefinition) {
  EXPECT_EQ(errors_in("fn f() {\n  if x { 1\n}\nserver s { }\nset 5 = 1"),
            Lines({"1:8 `{` is never closed", "5:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("struct S {\n  a: number\nserver s { }\nset 5 = 1"),
            Lines({"1:10 `{` is never closed", "4:5 expected a name for a variable, found `5`"}));
}

TEST(Recovery, LeavesAnUnclosedFunctionAtTheNextReceive) {
  EXPECT_EQ(errors_in("server s {\n  receive fn a() {\n    if x { 1\n  }\n  receive fn b() { set 5 = 1 }\n}\nset 6 = 1"),
            Lines({"2:18 `{` is never closed", "5:24 expected a name for a variable, found `5`",
                   "7:5 expected a name for a variable, found `6`"}));
  EXPECT_EQ(errors_in("server s {\n  state {\n    n: number = 0\n  receive fn a() { n }\n}"), Lines({"2:9 `{` is never closed"}));
}

TEST(Recovery, SkipsAStrayBracket) {
  EXPECT_EQ(errors_in("f(1))\nset 5 = 1"), Lines({"1:5 unexpected `)`", "2:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("fn f() { 1 } }\nset 5 = 1"),
            Lines({"1:14 `}` closes nothing", "2:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("]\n}"), Lines({"1:1 `]` closes nothing"}));
}

TEST(Recovery, ReportsOneErrorAtTheEndOfTheFile) {
  EXPECT_EQ(errors_in("set x ="), Lines({"1:8 expected an expression, found the end of the file"}));
  EXPECT_EQ(errors_in("set x = 1 +\n\n"), Lines({"1:12 expected an expression, found the end of the file"}));
  EXPECT_EQ(errors_in("if x"), Lines({"1:5 expected `{` and the body of `if`, found the end of the file"}));
  EXPECT_EQ(errors_in("server"), Lines());
  EXPECT_EQ(errors_in("server s"), Lines({"1:9 expected `{` and the members of the server, found the end of the file"}));
}

TEST(Recovery, KeepsTheGoodStatements) {
  EXPECT_EQ(dump(*parse_text("set a = 1\nset b = )\nset c = 3").module), "(set a 1) (set b <invalid>) (set c 3)");
}

TEST(Assignment, HintsAtSet) {
  EXPECT_EQ(errors_in("set x = 1\nx = 2"), Lines({"2:1 an assignment begins with `set`"}));
  EXPECT_EQ(hint_in("x = 2"), "`set x = ...`");
  EXPECT_EQ(hint_in("x := 2"), "`set x = ...`");
  EXPECT_EQ(hint_in("i += 1"), "`set i = i + ...`");
  EXPECT_EQ(hint_in("i ?\?= 1"), "`set i = i ?? ...`");
  EXPECT_EQ(hint_in("fn f() { x = 2\n y }"), "`set x = ...`");
}

TEST(Assignment, ToAFieldOrElementHintsAtItsMethod) {
  EXPECT_EQ(hint_in("a.b = 1"), "`a.set(\"b\", ...)`");
  EXPECT_EQ(hint_in("a.b.c = 1"), "`a.b.set(\"c\", ...)`");
  EXPECT_EQ(hint_in("a[i + 1] = 1"), "`a.set(i + 1, ...)`");
  EXPECT_EQ(hint_in("set a.b = 1"), "`a.set(\"b\", ...)`");
  EXPECT_EQ(hint_in("(a).b = 1"), "`(a).set(\"b\", ...)`");
  EXPECT_EQ(hint_in("server s { receive fn f() { state.n = 1 } }"), "`state.set(\"n\", ...)`");
}

TEST(Assignment, ToSomethingElseIsAnError) {
  EXPECT_EQ(errors_in("f(x) = 1"), Lines({"1:1 only a variable can be set"}));
  EXPECT_EQ(errors_in("a + b = 1"), Lines({"1:1 only a variable can be set"}));
}

TEST(Assignment, InAConditionHintsAtTheComparison) {
  EXPECT_EQ(hint_in("if x = 1 { 2 }"), "`==` compares");
  EXPECT_EQ(hint_in("f(x = 1)"), "`==` compares");
}

TEST(Statement, WhereAValueIsDueIsAnError) {
  EXPECT_EQ(errors_in("f(set x = 1)"), Lines({"1:3 `set` is a statement and gives no value here"}));
  EXPECT_EQ(errors_in("a || return 5"), Lines({"1:6 `return` is a statement and gives no value here"}));
  EXPECT_EQ(hint_in("ok || throw \"x\""), "it stands alone or behind `?" "?`");
}

TEST(Habit, OfAnotherLanguageIsOneErrorWithAHint) {
  EXPECT_EQ(hint_in("let x = 1"), "`set x = ...`");
  EXPECT_EQ(hint_in("const x = 1"), "`set x = ...`");
  EXPECT_EQ(hint_in("def f(x) { 1 }"), "`fn f(...) { ... }`");
  EXPECT_EQ(hint_in("function f(x) { 1 }"), "`fn f(...) { ... }`");
  EXPECT_EQ(hint_in("set x: number = 1"), "`set x = ...`");
  EXPECT_EQ(hint_in("fn f(x = 1) { x }"), "`optional(T)` with `?" "?` in the body");
  EXPECT_EQ(hint_in("try { a } catch (e) { b }"), "`catch e { ... }`");
  EXPECT_EQ(hint_in("protocol P { fn m(a) }"), "`name(parameters) -> type`");
  EXPECT_EQ(hint_in("server s { state { n = 0 } }"), "`n: any = ...`");
  EXPECT_EQ(hint_in("dispatch x { _: 1 }"), "`:default` is the case for all else");
  EXPECT_EQ(hint_in("dispatch x { a: 1 }"), "the symbol is `:a`");
  EXPECT_EQ(hint_in("fn f() { a: 1 }"), "an object in a block needs braces of its own: `{ {key: value} }`");
  EXPECT_EQ(hint_in("set o = {1: 2}"), "a key is a word, a string or a symbol");
  EXPECT_EQ(hint_in("struct S { a: number = 1 }"), "a field of a struct has no default value");
  EXPECT_EQ(hint_in("send \"s\" m"), "`{}` sends none");
}

TEST(Misplaced, PartsOfAConstructAreNamed) {
  EXPECT_EQ(errors_in("else { 1 }\nset 5 = 1"), Lines({"1:1 `else` without an `if` before it", "2:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("catch e { 1 }"), Lines({"1:1 `catch` without a `try` before it"}));
  EXPECT_EQ(errors_in("try { 1 }\nx"), Lines({"1:1 `try` without a `catch`"}));
  EXPECT_EQ(errors_in("import \"x\"\nset 5 = 1"),
            Lines({"1:1 `import` is reserved: a program is one file", "2:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("server s { set x = 1 }"), Lines({"1:12 expected `state { }`, `receive fn` or `fn`, found `set`"}));
  EXPECT_EQ(errors_in("server s { fn (x) { x } }"), Lines({"1:15 expected a name for a function of a server, found `(`"}));
}

}  // namespace
}  // namespace relay
