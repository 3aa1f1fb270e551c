#include "parsing.h"

namespace relay {
namespace {

TEST(Definition, OfAStruct) {
  EXPECT_EQ(tree("struct User { name: string, bio: optional(string), }"), "(struct User name:string bio:string?)");
  EXPECT_EQ(tree("struct S { a: number b: [string]\nc: any }"), "(struct S a:number b:[string] c:any)");
  EXPECT_EQ(tree("struct S {}"), "(struct S)");
  EXPECT_EQ(tree("struct S { in: number, set: nil, state: any }"), "(struct S in:number set:nil state:any)");
}

TEST(Definition, OfAProtocol) {
  EXPECT_EQ(tree("protocol P { greet(name: string) -> string  bye() }"), "(protocol P greet(name:string)->string bye())");
  EXPECT_EQ(tree("protocol P { a(), b(x),\nset(y: number) -> nil }"), "(protocol P a() b(x) set(y:number)->nil)");
}

TEST(Definition, OfAServer) {
  EXPECT_EQ(tree("server s { state { n: number = 0, log: [string] = [] } receive fn add(by: number) -> number { by } fn h(x) { x } }"),
            "(server s n:number=0 log:[string]=[] (receive add (by:number)->number {by}) (fn h (x) {x}))");
  EXPECT_EQ(tree("server s implements P { }"), "(server s implements P)");
  EXPECT_EQ(tree("server s { receive fn get() { 1 } receive fn set(x) { x } }"), "(server s (receive get () {1}) (receive set (x) {x}))");
  EXPECT_EQ(tree("server s { state { a: number b: string = \"x\"\n c: any } state { d: any } }"),
            "(server s a:number b:string=\"x\" c:any d:any)");
}

TEST(Definition, OfServerStateMayHoldAnyField) {
  EXPECT_EQ(tree("server s { state { x: any = if a { 1 }\n else: number = 2 } }"), "(server s x:any=(if a {1}) else:number=2)");
}

TEST(Definition, OfATemplate) {
  EXPECT_EQ(tree("template \"home.html\" from home(id: number, q)"), "(template \"home.html\" home (id:number q))");
}

TEST(Definition, OfConfig) {
  EXPECT_EQ(tree("config { port: 80, \"host\": h, }"), "(config \"port\":80 \"host\":h)");
  EXPECT_EQ(tree("config {}"), "(config )");
}

TEST(Definition, OfATest) {
  EXPECT_EQ(tree("test \"adds \\u0032\" { set x = 1; assert(x) }"), "(test \"adds 2\" {(set x 1) (call assert x)})");
  EXPECT_EQ(tree("test \"empty\" { } test \"next\"\n{ }"), "(test \"empty\" {}) (test \"next\" {})");
  EXPECT_EQ(errors_in("test \"a\""), Lines({"1:9 expected `{` and the body of the test, found the end of the file"}));
}

TEST(Definition, OfATestLeavesItsWordToOthers) {
  EXPECT_EQ(tree("fn test(a) { a }\ntest(\"x\")\nset test = 1\ntest\n\"x\"\ntest {a: 1}"),
            "(fn test (a) {a}) (call test \"x\") (set test 1) test \"x\" (new test \"a\":1)");
}

TEST(Definition, StandsOnlyAtTheTopLevel) {
  EXPECT_EQ(errors_in("fn f() { struct S { a: any } }"), Lines({"1:10 a struct can be defined only at the top level"}));
  EXPECT_EQ(errors_in("if x { server s { } }"), Lines({"1:8 a server can be defined only at the top level"}));
  EXPECT_EQ(errors_in("{ template \"x\" from f() }"), Lines({"1:3 a template can be defined only at the top level"}));
  EXPECT_EQ(errors_in("fn f() { test \"x\" { } }"), Lines({"1:10 a test can be defined only at the top level"}));
  EXPECT_EQ(errors_in("fn f() { receive fn g() { 1 } }"), Lines({"1:10 `receive fn` stands only directly inside a server"}));
  EXPECT_EQ(tree("fn f() { config {a: 1} }"), "(fn f () {(new config \"a\":1)})");
}

TEST(State, IsAKeywordOnlyInsideAServer) {
  EXPECT_EQ(tree("server s { receive fn f() { [1].each(fn (x) { state.a }); state } }"),
            "(server s (receive f () {(.each [1] (fn (x) {(. <state> a)})) <state>}))");
  EXPECT_EQ(tree("state.a"), "(. state a)");
  EXPECT_EQ(tree("server s { state { a: any = 1 } } set state = 2"), "(server s a:any=1) (set state 2)");
  EXPECT_EQ(errors_in("server s { fn f(state) { 1 } }"),
            Lines({"1:17 `state` is a reserved word inside a server and cannot name a parameter"}));
}

TEST(Types, HaveTheseForms) {
  const auto type = [](const std::string& text) { return tree("fn f(x: " + text + ") { }"); };
  EXPECT_EQ(type("User"), "(fn f (x:User) {})");
  EXPECT_EQ(type("nil"), "(fn f (x:nil) {})");
  EXPECT_EQ(type("[[number]]"), "(fn f (x:[[number]]) {})");
  EXPECT_EQ(type("{string: [any]}"), "(fn f (x:{string:[any]}) {})");
  EXPECT_EQ(type("optional(optional(string))"), "(fn f (x:string?" "?) {})");
  EXPECT_EQ(type("optional"), "(fn f (x:optional) {})");
  EXPECT_EQ(type("fn"), "(fn f (x:fn()) {})");
  EXPECT_EQ(type("fn(number, b: string) -> [any]"), "(fn f (x:fn(number string)->[any]) {})");
  EXPECT_EQ(type("fn -> number"), "(fn f (x:fn()->number) {})");
  EXPECT_EQ(tree("fn f() -> fn (number) -> number { g }"), "(fn f ()->fn(number)->number {g})");
  EXPECT_EQ(tree("fn f() -> {string: any} { g }"), "(fn f ()->{string:any} {g})");
}

TEST(Set, BindsAName) {
  EXPECT_EQ(tree("set x = a ?? b"), "(set x (?? a b))");
  EXPECT_EQ(tree("set f = fn (x) { x }(3)"), "(set f (call (fn (x) {x}) 3))");
}

TEST(Jumps, StandAlone) {
  EXPECT_EQ(tree("while a { break }; while b { continue; }"), "(while a {(break)}) (while b {(continue)})");
  EXPECT_EQ(tree("return; throw {a: 1}"), "(return) (throw (object \"a\":1))");
  EXPECT_EQ(tree("fn f() { return -x }"), "(fn f () {(return (neg x))})");
  EXPECT_EQ(tree("fn f() { return {a: 1} }"), "(fn f () {(return (object \"a\":1))})");
}

TEST(Coalesce, IsLoosestAndEndsInAThrowOrReturn) {
  EXPECT_EQ(tree("a || b ?? c && d"), "(?? (|| a b) (&& c d))");
  EXPECT_EQ(tree("a ?? b ?? c"), "(?? a b c)");
  EXPECT_EQ(tree("a ?? throw x"), "(?? a (throw x))");
  EXPECT_EQ(tree("set v = a ?? b ?? return c ?? d"), "(set v (?? a b (return (?? c d))))");
  EXPECT_EQ(tree("f(a ?? return)"), "(call f (?? a (return)))");
}

TEST(Operators, BindInLevels) {
  EXPECT_EQ(tree("1 + 2 * 3 - 4 / 5 % 6"), "(- (+ 1 (* 2 3)) (% (/ 4 5) 6))");
  EXPECT_EQ(tree("a || b && c || d"), "(|| a (&& b c) d)");
  EXPECT_EQ(tree("a == b < c + d"), "(== a (< b (+ c d)))");
  EXPECT_EQ(tree("a < b == c > d"), "(== (< a b) (> c d))");
  EXPECT_EQ(tree("!a && -b < c"), "(&& (! a) (< (neg b) c))");
  EXPECT_EQ(tree("(a + b) * c"), "(* (+ a b) c)");
}

TEST(Operators, OfOneLevelGroupFromLeftToRight) {
  EXPECT_EQ(tree("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(tree("a == b != c"), "(!= (== a b) c)");
  EXPECT_EQ(tree("a < b <= c"), "(<= (< a b) c)");
  EXPECT_EQ(tree("a / b * c"), "(* (/ a b) c)");
}

TEST(Operators, ThatAreUnaryBindLooserThanLinks) {
  EXPECT_EQ(tree("-a.b()"), "(neg (.b a))");
  EXPECT_EQ(tree("!a[0]"), "(! (index a 0))");
  EXPECT_EQ(tree("!!a; --a"), "(! (! a)) (neg (neg a))");
  EXPECT_EQ(tree("a - -b"), "(- a (neg b))");
}

TEST(Links, ApplyFromLeftToRight) {
  EXPECT_EQ(tree("a.b.c(1)[2](3, 4,)"), "(call (index (.c (. a b) 1) 2) 3 4)");
  EXPECT_EQ(tree("\"x\".length(); [1].first(); {a: 1}.a"), "(.length \"x\") (.first [1]) (. (object \"a\":1) a)");
  EXPECT_EQ(tree("(fn (a) { a })(5)"), "(call (fn (a) {a}) 5)");
  EXPECT_EQ(tree("(o.f)(1)"), "(call (. o f) 1)");
}

TEST(Literals, StandAsTheyAre) { EXPECT_EQ(tree("[true, false, nil]"), "[true false nil]"); }

TEST(Arrays, MayEndInAComma) {
  EXPECT_EQ(tree("[]; [1,]; [1, 2]"), "[] [1] [1 2]");
  EXPECT_EQ(errors_in("[,]"), Lines({"1:2 expected an expression, found `,`"}));
}

TEST(Construct, IsANameAndAnObjectOnOneLine) {
  EXPECT_EQ(tree("User{name: \"x\", \"y\": 1, :z: 2,}"), "(new User \"name\":\"x\" \"y\":1 \"z\":2)");
  EXPECT_EQ(tree("User {}"), "(new User )");
  EXPECT_EQ(tree("User{a: 1}.b"), "(. (new User \"a\":1) b)");
}

TEST(Object, IsABraceWithAKeyAndAColon) {
  EXPECT_EQ(tree("{}"), "(object)");
  EXPECT_EQ(tree("{a: 1}; {\"a b\": 1}; {:a: 1}; {a\n: 1}"),
            "(object \"a\":1) (object \"a b\":1) (object \"a\":1) (object \"a\":1)");
  EXPECT_EQ(tree("{ x :y }"), "(object \"x\":y)");
  EXPECT_EQ(tree("{ :in : 1 }"), "(object \"in\":1)");
  EXPECT_EQ(tree("{a: 1, \"b\": 2, :c: 3,}"), "(object \"a\":1 \"b\":2 \"c\":3)");
}

TEST(Object, TakesAReservedWordAsItsFirstKeyOnlyIfTheColonTouchesIt) {
  EXPECT_EQ(tree("{in: 1, from: 2}"), "(object \"in\":1 \"from\":2)");
  EXPECT_EQ(tree("{return: 1}"), "(object \"return\":1)");
  EXPECT_EQ(tree("f({ return :x })"), "(call f (block {(return \"x\")}))");
  EXPECT_EQ(tree("{nil: 1}; {true: 2}"), "(object \"nil\":1) (object \"true\":2)");
}

TEST(Block, IsAnyOtherBraceWhereAValueIsDue) {
  EXPECT_EQ(tree("set r = { a }"), "(set r (block {a}))");
  EXPECT_EQ(tree("{ :a }"), "(block {\"a\"})");
  EXPECT_EQ(tree("{ \"a\" }"), "(block {\"a\"})");
  EXPECT_EQ(tree("{ set x = 1\n x * 2 }"), "(block {(set x 1) (* x 2)})");
  EXPECT_EQ(tree("{ {a: 1} }"), "(block {(object \"a\":1)})");
}

TEST(Block, OfAHeaderIsNoObject) {
  EXPECT_EQ(tree("fn f() {}"), "(fn f () {})");
  EXPECT_EQ(tree("if a {} else {}"), "(if a {} else {})");
}

TEST(Head, TakesNoConstruct) {
  EXPECT_EQ(tree("if id == wanted {id}"), "(if (== id wanted) {id})");
  EXPECT_EQ(tree("for x in items { x }"), "(for x items {x})");
  EXPECT_EQ(tree("while go { go }"), "(while go {go})");
  EXPECT_EQ(tree("dispatch kind { 1: a }"), "(dispatch kind 1=>a)");
  EXPECT_EQ(tree("if a && !b {c}"), "(if (&& a (! b)) {c})");
}

TEST(Head, TakesAConstructInABracketOfItsOwn) {
  EXPECT_EQ(tree("if f(User{a: 1}) {b}"), "(if (call f (new User \"a\":1)) {b})");
  EXPECT_EQ(tree("if (User{a: 1}) {b}"), "(if (new User \"a\":1) {b})");
  EXPECT_EQ(tree("for x in [U{a: 1}] {b}"), "(for x [(new U \"a\":1)] {b})");
  EXPECT_EQ(tree("if xs.any(fn (x) { U{a: x} }) {b}"), "(if (.any xs (fn (x) {(new U \"a\":x)})) {b})");
  EXPECT_EQ(tree("if `${U{a: 1}}` == x {b}"), "(if (== (text \"\" (new U \"a\":1) \"\") x) {b})");
  EXPECT_EQ(tree("if { U{a: 1} } == x {b}"), "(if (== (block {(new U \"a\":1)}) x) {b})");
}

TEST(Head, TakesAnObjectOrBlockWhereAnOperandIsDue) {
  EXPECT_EQ(tree("if x == {a: 1} {b}"), "(if (== x (object \"a\":1)) {b})");
  EXPECT_EQ(tree("for x in {a: 1} {b}"), "(for x (object \"a\":1) {b})");
  EXPECT_EQ(tree("if {a: 1} == x {b}"), "(if (== (object \"a\":1) x) {b})");
  EXPECT_EQ(tree("if { a } {b}"), "(if (block {a}) {b})");
  EXPECT_EQ(tree("if send \"s\" ok {} {b}"), "(if (send \"s\" ok (object)) {b})");
}

TEST(Head, OpensItsBodyAlsoOnTheNextLine) { EXPECT_EQ(tree("if a\n{b}\nc"), "(if a {b}) c"); }

TEST(Head, MayHoldAnotherHead) {
  EXPECT_EQ(tree("if if a {b} else {c} {d}"), "(if (if a {b} else {c}) {d})");
  EXPECT_EQ(tree("if x ?? return y {z}"), "(if (?? x (return y)) {z})");
}

TEST(If, HasElseIfsInOneNode) {
  EXPECT_EQ(tree("if a {1} else if b {2} else if c {3} else {4}"), "(if a {1} b {2} c {3} else {4})");
  EXPECT_EQ(tree("if a {1} else { if b {2} }"), "(if a {1} else {(if b {2})})");
}

TEST(For, BindsOneNameOrTwo) {
  EXPECT_EQ(tree("for x in xs { x }"), "(for x xs {x})");
  EXPECT_EQ(tree("for i, x in xs { x }"), "(for i, x xs {x})");
}

TEST(Try, MayLeaveTheNameOut) { EXPECT_EQ(tree("try { a } catch { b }"), "(try {a} catch {b})"); }

TEST(Dispatch, ComparesWithLiterals) {
  EXPECT_EQ(tree("dispatch v { :a: x, \"b\": y, -3: z, 1970-01-01: d, true: t, false: f, nil: n, :default: e, }"),
            "(dispatch v \"a\"=>x \"b\"=>y -3=>z @0=>d true=>t false=>f nil=>n default=>e)");
  EXPECT_EQ(tree("dispatch v { :default: a, 1: b }"), "(dispatch v default=>a 1=>b)");
  EXPECT_EQ(tree("dispatch v { \"default\": a }"), "(dispatch v \"default\"=>a)");
  EXPECT_EQ(tree("dispatch v { }"), "(dispatch v)");
}

TEST(Send, TakesATargetAMethodAndParameters) {
  EXPECT_EQ(tree("send \"s\" m {a: 1}"), "(send \"s\" m (object \"a\":1))");
  EXPECT_EQ(tree("send :s get {}"), "(send \"s\" get (object))");
  EXPECT_EQ(tree("send s set (o)"), "(send s set o)");
  EXPECT_EQ(tree("send (a + b) in {}"), "(send (+ a b) in (object))");
  EXPECT_EQ(tree("send \"s\" m {} within 2 * 3"), "(send \"s\" m (object) within (* 2 3))");
  EXPECT_EQ(tree("\"got \" + send \"s\" m {}.x"), "(+ \"got \" (. (send \"s\" m (object)) x))");
  EXPECT_EQ(tree("send \"s\" m {}\n  .x"), "(. (send \"s\" m (object)) x)");
}

TEST(Keyword, ExpressionsAreOperandsWhereAValueIsDue) {
  EXPECT_EQ(tree("set x = if a {1} else {2} + 3"), "(set x (+ (if a {1} else {2}) 3))");
  EXPECT_EQ(tree("f(try {1} catch {2}.x, fn (y) { y })"), "(call f (. (try {1} catch {2}) x) (fn (y) {y}))");
  EXPECT_EQ(tree("(if a {f})(1)"), "(call (if a {f}) 1)");
}

TEST(Keyword, ExpressionsEndAtTheirBraceAtTheStartOfAStatement) {
  EXPECT_EQ(tree("if a {1}\n(b)"), "(if a {1}) b");
  EXPECT_EQ(errors_in("if a {1} + 3"), Lines({"1:10 unexpected `+`"}));
  EXPECT_EQ(hint_in("if a {1} + 3"), "`if` ends at its `}` here; put it in `( )` to go on");
  EXPECT_EQ(errors_in("if a {1}\n.b"), Lines({"2:1 expected an expression, found `.`"}));
  EXPECT_EQ(errors_in("if a {1} (b)"), Lines({"1:10 two expressions on one line need `;` between them"}));
  EXPECT_EQ(errors_in("fn (x) { x }(3)"), Lines({"1:13 two expressions on one line need `;` between them"}));
}

TEST(Span, CoversTheWholeNode) {
  const std::string text = "set x = a.b(1)\n  + (c * 2)[0]";
  const ParseResult result = parse_text(text);
  const auto& set = ast::as<ast::SetExpr>(*result.module->items[0]);
  const auto at = [&](Span span) { return std::string(result.module->file->text(span)); };
  EXPECT_EQ(at(set.span), text);
  EXPECT_EQ(at(set.name.span), "x");
  const auto& sum = ast::as<ast::BinaryExpr>(*set.value);
  EXPECT_EQ(at(sum.first->span), "a.b(1)");
  EXPECT_EQ(at(sum.links[0].op_span), "+");
  const auto& call = ast::as<ast::PostfixExpr>(*sum.first);
  EXPECT_EQ(at(call.links[0].name.span), "b");
  EXPECT_EQ(at(call.links[0].span), ".b(1)");
  const auto& index = ast::as<ast::PostfixExpr>(*sum.links[0].operand);
  EXPECT_EQ(at(index.span), "(c * 2)[0]");
  EXPECT_EQ(at(index.span_before(0)), "(c * 2)");
  EXPECT_EQ(at(index.base->span), "c * 2");
  EXPECT_TRUE(index.base->parenthesised);
}

TEST(Span, OfAFunctionRunsFromItsFirstWordToItsBrace) {
  const ParseResult result = parse_text("server s { receive fn f() { 1 } fn g() { 2 } }");
  const auto& server = ast::as<ast::ServerDef>(*result.module->items[0]);
  const auto at = [&](Span span) { return std::string(result.module->file->text(span)); };
  EXPECT_EQ(at(server.methods[0].function.span), "receive fn f() { 1 }");
  EXPECT_EQ(at(server.methods[1].function.span), "fn g() { 2 }");
  EXPECT_EQ(at(server.methods[1].function.body.span), "{ 2 }");
}

}  // namespace
}  // namespace relay
