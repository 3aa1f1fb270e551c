#include "parsing.h"

namespace relay {
namespace {

TEST(Checks, AcceptAProgramWithoutFaults) {
  EXPECT_EQ(checked("config { app_name: \"a\", host: \"h\", port: 1, node_id: \"n\", peers: [], cors: \"*\", timeouts: {}, limits: {} }\n"
                    "struct User { name: string, friends: [User], tags: {string: any}, f: fn(number) -> nil }\n"
                    "protocol P { m(a: number, b: optional(User)) -> [string] }\n"
                    "server s implements P { state { n: number = 0 }\n"
                    "  receive fn m(a: number, b: optional(User)) -> [string] { for x in [1] { break }; [\"x\"] } }\n"
                    "fn f(x: datetime, y: object, z: function, w: server) -> bool { true }\n"
                    "print(f)"),
            Lines());
}

TEST(Checks, RefuseDuplicates) {
  EXPECT_EQ(checked("fn f(a, b, a) { 1 }"), Lines({"1:12 duplicate parameter 'a'"}));
  EXPECT_EQ(checked("set f = fn (a, a) { 1 }"), Lines({"1:16 duplicate parameter 'a'"}));
  EXPECT_EQ(checked("struct S { a: any, a: any }"), Lines({"1:20 duplicate field 'a'"}));
  EXPECT_EQ(checked("server s { state { a: any } state { a: any } }"), Lines({"1:37 duplicate state field 'a'"}));
  EXPECT_EQ(checked("server s { receive fn f() { 1 } fn f() { 2 } }"), Lines({"1:36 duplicate method 'f'"}));
  EXPECT_EQ(checked("server s { receive fn f() { 1 } receive fn f() { 2 } }"), Lines({"1:44 duplicate method 'f'"}));
  EXPECT_EQ(checked("protocol P { m() m(a) }"), Lines({"1:18 duplicate method 'm'"}));
  EXPECT_EQ(checked("struct S { }\nstruct S { }"), Lines({"2:8 duplicate struct 'S'"}));
  EXPECT_EQ(checked("server s { }\nserver s { }"), Lines({"2:8 duplicate server 's'"}));
  EXPECT_EQ(checked("protocol P { }\nprotocol P { }"), Lines({"2:10 duplicate protocol 'P'"}));
}

TEST(Checks, LetNamesOfDifferentKindsBeAlike) {
  EXPECT_EQ(checked("struct x { x: any }\nprotocol x { x(x) }\nserver x { state { x: any } receive fn x(x) { x } }\nfn x() { 1 }"), Lines());
}

TEST(Checks, RefuseAStructWithTheNameOfAType) {
  EXPECT_EQ(checked("struct string { }"), Lines({"1:8 'string' is a type of the language and cannot name a struct"}));
}

TEST(Checks, WarnOfASecondFunctionOfOneName) {
  EXPECT_EQ(checked("fn f() { 1 }\nfn f() { 2 }"), Lines({"warning: 2:4 a second function 'f' replaces the first"}));
  EXPECT_EQ(checked("if x { fn f() { 1 } } else { fn f() { 2 } }"),
            Lines({"warning: 1:33 a second function 'f' replaces the first"}));
  EXPECT_EQ(checked("fn f() { fn f() { 1 } }\nfn g() { fn f() { 1 } }\nserver s { fn f() { fn f() { 1 } } }"), Lines());
}

TEST(Checks, WantOptionalParametersLast) {
  EXPECT_EQ(checked("fn f(a: optional(number), b) { 1 }"), Lines({"1:27 parameter 'b' follows the optional 'a'"}));
  EXPECT_EQ(checked("protocol P { m(a: optional(number), b) }"), Lines({"1:37 parameter 'b' follows the optional 'a'"}));
  EXPECT_EQ(checked("fn f(a, b: optional(number), c: optional(any)) { 1 }"), Lines());
}

TEST(Checks, WarnOfUnknownTypes) {
  ParseResult result = parse_text("struct Person { name: string }\nfn f(p: Persn) { p }");
  check(*result.module, result.diagnostics);
  ASSERT_EQ(lines_of(result.diagnostics), Lines({"2:9 unknown type: Persn"}));
  EXPECT_EQ(result.diagnostics[0].severity, Diagnostic::Severity::kWarning);
  EXPECT_EQ(result.diagnostics[0].hint, "did you mean `Person`?");
}

TEST(Checks, LookAtTypesWhereverTheyStand) {
  const auto warning = [](const std::string& at) { return Lines({"warning: " + at + " unknown type: T"}); };
  EXPECT_EQ(checked("struct S { a: [T] }"), warning("1:16"));
  EXPECT_EQ(checked("server s { state { a: {string: T} } }"), warning("1:32"));
  EXPECT_EQ(checked("server s { receive fn f() -> T { 1 } }"), warning("1:30"));
  EXPECT_EQ(checked("protocol P { m(a: optional(T)) }"), warning("1:28"));
  EXPECT_EQ(checked("protocol P { m() -> T }"), warning("1:21"));
  EXPECT_EQ(checked("f([fn (x: fn(T)) { x }])"), warning("1:14"));
  EXPECT_EQ(checked("set f = fn (x: fn() -> T) { x }"), warning("1:24"));
  EXPECT_EQ(checked("server s { state { a: any = fn (x: T) { x } } }"), warning("1:36"));
  EXPECT_EQ(checked("protocol T { }\nfn f(x: T) { x }"), warning("2:9"));
}

TEST(Checks, KnowStructsBeforeTheirDefinition) { EXPECT_EQ(checked("fn f(x: S) { x }\nstruct S { }"), Lines()); }

TEST(Checks, WarnOfKeysThatAreNoStrings) {
  EXPECT_EQ(checked("fn f(x: {number: any}) { x }"), Lines({"warning: 1:10 the keys of an object are strings"}));
}

TEST(Protocol, NeedsEachOfItsMethods) {
  EXPECT_EQ(checked("protocol Greeter { greet(name: string) -> string  bye() }\n"
                    "server bad implements Greeter { receive fn greet(name: string) -> string { name } }"),
            Lines({"2:8 server 'bad' does not implement bye of protocol Greeter"}));
  EXPECT_EQ(checked("protocol P { a() b() }\nserver s implements P { }"),
            Lines({"2:8 server 's' does not implement a of protocol P", "2:8 server 's' does not implement b of protocol P"}));
}

TEST(Protocol, IsNotImplementedByAHelper) {
  EXPECT_EQ(checked("protocol P { a() }\nserver s implements P { fn a() { 1 } }"),
            Lines({"2:8 server 's' does not implement a of protocol P"}));
}

TEST(Protocol, NeedsTheSameParameters) {
  const Lines differs = {"2:36 server 's' does not implement a of protocol P"};
  const auto with = [](const std::string& wanted, const std::string& found) {
    return checked("protocol P { a(" + wanted + ") }\nserver s implements P { receive fn a(" + found + ") { 1 } }");
  };
  EXPECT_EQ(with("x: number", "x: string"), differs);
  EXPECT_EQ(with("x: number", "y: number"), differs) << "send binds by name";
  EXPECT_EQ(with("x", "x, y"), differs);
  EXPECT_EQ(with("x: number", "x"), differs);
  EXPECT_EQ(with("x: [number]", "x: [optional(number)]"), differs);
  EXPECT_EQ(with("x: any", "x"), Lines());
  EXPECT_EQ(with("x: {string: fn(number) -> nil}", "x: {string: fn(number) -> nil}"), Lines());
}

TEST(Protocol, WarnsOfAnotherReturnType) {
  EXPECT_EQ(checked("protocol P { a() -> number }\nserver s implements P { receive fn a() -> string { 1 } }"),
            Lines({"warning: 2:43 protocol P says that a returns number"}));
  EXPECT_EQ(checked("protocol P { a() -> number }\nserver s implements P { receive fn a() { 1 } }"), Lines());
}

TEST(Protocol, MustBeDefined) {
  EXPECT_EQ(checked("server s implements Q { }"), Lines({"1:21 undefined protocol: Q"}));
  EXPECT_EQ(checked("server s implements P { }\nprotocol P { }"), Lines());
}

TEST(Jumps, StandInALoop) {
  EXPECT_EQ(checked("break"), Lines({"1:1 `break` outside a loop"}));
  EXPECT_EQ(checked("if x { continue }"), Lines({"1:8 `continue` outside a loop"}));
  EXPECT_EQ(checked("for x in y { [1].each(fn (z) { break }) }"), Lines({"1:32 `break` outside a loop"}));
  EXPECT_EQ(checked("while x { if y { break } else { try { continue } catch { break } } }"), Lines());
  EXPECT_EQ(checked("for x in y { }\nbreak"), Lines({"2:1 `break` outside a loop"}));
  EXPECT_EQ(checked("fn f() { while a { fn g() { 1 }; break } }"), Lines());
}

TEST(Template, TakesAReceiveFunctionOrAFunction) {
  const std::string served = "warning: 1:10 template 'a' is not served yet";
  EXPECT_EQ(checked("template \"a\" from home()\nserver s { receive fn home() { 1 } }"), Lines({served}));
  EXPECT_EQ(checked("template \"a\" from home()\nfn home() { 1 }"), Lines({served}));
  EXPECT_EQ(checked("template \"a\" from home()\nserver s { receive fn home() { 1 } }\nfn home() { 1 }"), Lines({served}));
}

TEST(Template, NeedsExactlyOne) {
  EXPECT_EQ(checked("template \"a\" from home()\nserver s { fn home() { 1 } }"),
            Lines({"1:19 template 'a': no server has a method 'home', and no function has that name"}));
  EXPECT_EQ(checked("template \"a\" from home()\nserver s { receive fn home() { 1 } }\nserver t { receive fn home() { 1 } }"),
            Lines({"1:19 template 'a': two servers have a method 'home'"}));
}

TEST(Test, HasANameOfItsOwn) {
  EXPECT_EQ(checked("test \"a\" { }\ntest \"a\" { }"), Lines({"2:6 duplicate test 'a'"}));
}

TEST(Test, IsCheckedLikeAFunction) {
  EXPECT_EQ(checked("while a { break }\ntest \"a\" { break }"), Lines({"2:12 `break` outside a loop"}));
  EXPECT_EQ(checked("test \"a\" { -x\n1 }"), Lines({"warning: 1:12 nobody uses the value of this line"}));
}

TEST(Config, WarnsOfUnknownKeys) {
  ParseResult result = parse_text("config { app_nam: 1, port: 2 }");
  check(*result.module, result.diagnostics);
  ASSERT_EQ(lines_of(result.diagnostics), Lines({"1:10 unknown config key: app_nam"}));
  EXPECT_EQ(result.diagnostics[0].hint, "did you mean `app_name`?");
}

TEST(UselessValue, IsAWarning) {
  const auto warning = [](const std::string& at) { return Lines({"warning: " + at + " nobody uses the value of this line"}); };
  EXPECT_EQ(checked("set c = 10\n-5"), warning("2:1"));
  EXPECT_EQ(checked("set e = c\n(1 + 1)"), warning("2:2"));
  EXPECT_EQ(checked("set e = c\n[1]"), warning("2:1"));
  EXPECT_EQ(checked("set total = a\n  - b + c"), warning("2:3"));
  EXPECT_EQ(checked("fn f() { set e = c\n(1)\ne }"), warning("2:2"));
  EXPECT_EQ(checked("for x in y { -x }"), warning("1:14"));
  EXPECT_EQ(checked("if a { -x }"), warning("1:8"));
  EXPECT_EQ(checked("server s { receive fn f() { [1]\n2 } }"), warning("1:29"));
}

TEST(UselessValue, IsNoneThatSomebodyUses) {
  EXPECT_EQ(checked("fn f(x) { -x }; set g = fn () { [1] }"), Lines());
  EXPECT_EQ(checked("fn f(x) { if x { -x } else { (x) } }"), Lines());
  EXPECT_EQ(checked("set r = { -x }; print(if a { [1] }, try { -1 } catch { -2 })"), Lines());
}

TEST(UselessValue, IsNoneOfALineThatDoesSomething) {
  EXPECT_EQ(checked("(f)(1)\n[1].each(g)\n!x\nx\n\"text\"\n{a: 1}"), Lines());
}

TEST(Cases, OfOneValueAreReachedOnce) {
  EXPECT_EQ(checked("dispatch 1 { 1: 2, :a: 3, 1.0: 4, \"a\": 5, :default: 6, :default: 7, \"default\": 8 }"),
            Lines({"warning: 1:27 a second case for this value is never reached", "warning: 1:35 a second case for this value is never reached",
                   "warning: 1:56 a second case for this value is never reached"}));
  EXPECT_EQ(checked("dispatch 1 { 1e-7: 1, 2e-7: 2, -1: 3, true: 4, false: 5, nil: 6, 2024-01-01: 7, 2024-01-02: 8, \"1\": 9 }"), Lines());
}

}  // namespace
}  // namespace relay
