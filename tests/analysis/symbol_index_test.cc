#include "analysis/symbol_index.h"

#include "analysing.h"

namespace relay::analysis {
namespace {

TEST(SymbolIndex, FindsAVariableAtItsDefinitionAndAtItsReferences) {
  const Indexed program("set total = 1\nprint(total)\nset total = total + 1\n");
  EXPECT_EQ(program.symbol("total").kind, SymbolKind::kVariable);
  EXPECT_EQ(program.symbol("total").name_span.begin, 4u);
  EXPECT_EQ(program.references("total"), Lines({"total@20", "total@31", "total@39"}));
  EXPECT_EQ(program.symbol("total", 2).name, "total");
}

TEST(SymbolIndex, TellsSetsFromReads) {
  const Indexed program("set a = 1\nset a = 2\nprint(a)\n");
  const Symbol symbol = program.symbol("a");
  ASSERT_EQ(symbol.references.size(), 2u);
  EXPECT_EQ(symbol.references[0].access, Reference::Access::kWrite);
  EXPECT_EQ(symbol.references[1].access, Reference::Access::kRead);
}

TEST(SymbolIndex, CountsACaretBehindTheLastLetter) {
  const Indexed program("set total = 1\nprint(total)\n");
  EXPECT_TRUE(program.index().symbol_at(program.end_of("total", 2)));
  EXPECT_FALSE(program.index().symbol_at(program.end_of("= 1")));
}

TEST(SymbolIndex, KeepsVariablesOfFunctionsApart) {
  const Indexed program("set x = 1\nfn f(x) { x }\nfn g() { set x = \"\"; x }\nprint(x, f, g)\n");
  EXPECT_EQ(program.symbol("x", 2).kind, SymbolKind::kParameter);
  EXPECT_EQ(program.references("x", 2).size(), 1u);
  EXPECT_EQ(program.type("x = \""), "string");
  EXPECT_EQ(program.references("x").size(), 1u);
}

TEST(SymbolIndex, FollowsAVariableIntoClosures) {
  const Indexed program("fn make() { set n = 0; fn () { set n = n + 1; n } }\nprint(make())\n");
  EXPECT_EQ(program.references("n = 0").size(), 3u);
  EXPECT_EQ(program.type("n = 0"), "number");
}

TEST(SymbolIndex, ShowsTheHeaderOfAFunction) {
  const Indexed program(
      "fn add(a: number, b: optional(number)) -> number { a + (b ?? 1) }\nfn twice(x) { x * 2 "
      "}\nprint(add(1), twice(2))\n");
  EXPECT_EQ(program.type("add"), "fn add(a: number, b: optional(number)) -> number");
  EXPECT_EQ(program.type("twice"), "fn twice(x) -> number");
  EXPECT_EQ(program.references("twice").size(), 1u);
}

TEST(SymbolIndex, KeepsDocComments) {
  const Indexed program("/// Adds one.\nfn inc(a) { a + 1 }\nprint(inc(1))\n");
  EXPECT_EQ(program.symbol("inc", 2).doc, "Adds one.");
}

TEST(SymbolIndex, KnowsServersWithTheirMethodsAndState) {
  const Indexed program(
      "server counter {\n"
      "  state { count: number = 0 }\n"
      "  receive fn add(n: number) -> number { state.set(\"count\", state.count + bump(n)) }\n"
      "  fn bump(n) { n }\n"
      "}\n"
      "print(send counter add {n: 1}, send \"counter\" add {n: 1}, message(\"counter\", \"add\", 2))\n");
  EXPECT_EQ(program.symbol("counter").kind, SymbolKind::kServer);
  EXPECT_EQ(program.references("counter").size(), 3u);
  EXPECT_EQ(program.symbol("add").kind, SymbolKind::kReceive);
  EXPECT_EQ(program.references("add").size(), 3u);
  EXPECT_EQ(program.symbol("count: number").kind, SymbolKind::kStateField);
  EXPECT_EQ(program.references("count: number").size(), 2u);
  EXPECT_EQ(program.symbol("n: number").kind, SymbolKind::kParameter);
  EXPECT_EQ(program.references("n: number").size(), 3u);
  EXPECT_EQ(program.symbol("bump").kind, SymbolKind::kHelper);
}

TEST(SymbolIndex, LeavesQuotesOutOfReferences) {
  const Indexed program("server s { receive fn f() { 1 } }\nprint(message(\"s\", :f))\n");
  EXPECT_EQ(program.references("f()"), Lines({"f@54"}));
  EXPECT_EQ(program.references("s {"), Lines({"s@49"}));
}

TEST(SymbolIndex, KnowsStructsAndTheirFields) {
  const Indexed program(
      "struct User { name: string, age: number }\n"
      "fn older(user: User) -> User { user.set(\"age\", user.age + 1) }\n"
      "print(older(User{name: \"Ann\", age: 1}).name)\n");
  EXPECT_EQ(program.type("User"), "struct User { name: string, age: number }");
  EXPECT_EQ(program.references("User").size(), 3u);
  EXPECT_EQ(program.symbol("age").kind, SymbolKind::kStructField);
  EXPECT_EQ(program.references("age").size(), 3u);
  EXPECT_EQ(program.references("name").size(), 2u);
  EXPECT_EQ(program.type("age"), "number");
}

TEST(SymbolIndex, ListsWhatADefinitionOwns) {
  const Indexed program("struct P { x: number, y: number }\nprint(P{x: 1, y: 2})\n");
  const auto found = program.index().symbol_at(program.place("P"));
  ASSERT_TRUE(found);
  EXPECT_EQ(program.index().owned_by(found->symbol).size(), 2u);
}

TEST(SymbolIndex, KnowsBuiltins) {
  const Indexed program("print(len(\"a\"))\n");
  EXPECT_EQ(program.symbol("len").kind, SymbolKind::kBuiltin);
  EXPECT_EQ(program.type("len"), "fn len(value: any) -> number");
}

TEST(SymbolIndex, InfersElementsOfCallbacks) {
  const Indexed program(
      "struct User { name: string }\n"
      "server s { state { users: [User] = [] }\n"
      "  receive fn names() { state.users.map(fn (user, at) { [user.name, at] }) } }\n");
  EXPECT_EQ(program.type("user,"), "User");
  EXPECT_EQ(program.type("at)"), "number");
  EXPECT_EQ(program.references("name: string").size(), 1u);
}

TEST(SymbolIndex, NamesWhatIsVisibleFromTheInsideOut) {
  const Indexed program(
      "set a = 1\nfn f(b) { set c = b; c }\nserver s { fn help() { 1 } receive fn r(d) { help() + d } "
      "}\nprint(a, f)\n");
  const Lines inside = program.visible(program.place("c }"));
  EXPECT_TRUE(contains(inside, "a") && contains(inside, "b") && contains(inside, "c") &&
              contains(inside, "f"));
  EXPECT_FALSE(contains(inside, "help") || contains(inside, "d"));
  EXPECT_EQ(inside.back(), "s");
  const Lines in_server = program.visible(program.place("help() +"));
  EXPECT_TRUE(contains(in_server, "help") && contains(in_server, "r") && contains(in_server, "d"));
}

TEST(SymbolIndex, LeavesOutShadowedNames) {
  const Indexed program("set a = 1\nfn f(a) { a }\nprint(a, f)\n");
  const auto visible = program.index().visible_at(program.place("a }"));
  const auto named_a = [&](SymbolId id) { return program.index().symbol(id).name == "a"; };
  EXPECT_EQ(std::count_if(visible.begin(), visible.end(), named_a), 1);
  EXPECT_EQ(program.index().symbol(*std::find_if(visible.begin(), visible.end(), named_a)).kind,
            SymbolKind::kParameter);
}

TEST(SymbolIndex, OffersTheMembersOfAType) {
  const Indexed program(
      "struct P { x: number }\nset p = P{x: 1}\nset s = \"a\"\nprint(p, s, s.upper(), [1])\n");
  EXPECT_EQ(program.members(program.end_of("p,") - 1).front(), "x");
  EXPECT_TRUE(contains(program.members(program.end_of("p,") - 1), "to_object"));
  EXPECT_TRUE(contains(program.members(program.end_of("s,") - 1), "trim"));
  EXPECT_TRUE(contains(program.members(program.end_of("s.upper()")), "trim"));
  EXPECT_TRUE(contains(program.members(program.end_of("[1]")), "push"));
  EXPECT_TRUE(program.members(program.end_of("print")).empty());
}

TEST(SymbolIndex, ExplainsTheMethodAtAPlace) {
  const Indexed program("set words = [\"a\"]\nprint(words.push(\"b\").map(fn (w) { w.upper() }))\n");
  const auto push = program.index().method_at(program.place("push"));
  ASSERT_TRUE(push);
  EXPECT_EQ(push->method.name, "push");
  EXPECT_EQ(push->method.type, "(value: any) -> array");
  EXPECT_EQ(push->receiver, "[string]");
  const auto map = program.index().method_at(program.place("map"));
  ASSERT_TRUE(map);
  EXPECT_EQ(map->method.type, "(f: fn(string, number) -> any) -> array");
  EXPECT_EQ(program.index().method_at(program.place("upper"))->receiver, "string");
  EXPECT_FALSE(program.index().method_at(program.place("words")));
}

TEST(SymbolIndex, WritesTheTypesOfMembersInTheWordsOfTheLanguage) {
  const Indexed program("set a = [1]\nprint(a)\n");
  for (const Member& member : program.index().members_at(program.end_of("(a"))) {
    EXPECT_EQ(member.type.find("More"), std::string::npos) << member.type;
    EXPECT_EQ(member.type.find("Self"), std::string::npos) << member.type;
    if (member.name == "first") {
      EXPECT_EQ(member.type, "() -> optional(number)");
    }
  }
}

TEST(SymbolIndex, OffersTheFieldsOfAnObjectLiteral) {
  const Indexed program(
      "set posts = [{id: 1, title: \"a\"}, {id: 2, title: \"b\"}]\nprint(posts.map(fn (post) { post.title "
      "}))\n");
  EXPECT_EQ(program.type("posts"), "[{id: number, title: string}]");
  const auto members = program.index().members_at(program.end_of("{ post"));
  ASSERT_GE(members.size(), 2u);
  EXPECT_EQ(members[0].name, "id");
  EXPECT_EQ(members[1].type, "string");
  EXPECT_EQ(program.members(program.end_of("post.title")).front(), "length");
}

TEST(SymbolIndex, ForgetsTheFieldsOfAnObjectThatChanges) {
  const Indexed program("set post = {id: 1}\nset other = post.set(\"id\", 2)\nprint(other, post)\n");
  EXPECT_EQ(program.type("post"), "{id: number}");
  EXPECT_EQ(program.type("other"), "{string: number}");
}

TEST(SymbolIndex, OffersTheFieldsOfStateAndItsMethods) {
  const Indexed program("server s { state { count: number = 0 } receive fn f() { state.count } }\n");
  const Lines members = program.members(program.end_of("state", 2));
  EXPECT_EQ(members, Lines({"count", "get", "set", "update"}));
}

TEST(SymbolIndex, OffersMembersBehindADotThatIsBeingTyped) {
  const Indexed program("struct P { x: number }\nset p = P{x: 1}\nset q = p.\n");
  EXPECT_TRUE(contains(program.members(program.place(".\n")), "x"));
  const Indexed in_call("set text = \"a\"\nprint(text.)\n");
  EXPECT_TRUE(contains(in_call.members(in_call.place(".)")), "upper"));
}

TEST(SymbolIndex, TellsTheTypeOfTheSmallestExpression) {
  const Indexed program("set words = \"a b\".split(\" \")\nprint(words.map(fn (w) { w.length() }))\n");
  const auto typed = program.index().type_at(program.place("words.map"));
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->type, "[string]");
  EXPECT_EQ(program.type("words"), "[string]");
}

TEST(SymbolIndex, IsMadeOfATextWithSyntaxErrorsToo) {
  const Indexed program("set a = 1\nset b = = 2\nfn f(x) { x + a }\nprint(a\n");
  EXPECT_EQ(program.symbol("f(").kind, SymbolKind::kFunction);
  EXPECT_GE(program.references("a").size(), 1u);
}

TEST(SymbolIndex, KeepsAllSpansInTheText) {
  const std::string text =
      "server s implements P { state { a: [Q] = [] } receive fn f(q: Q) { state.update(\"a\", fn (old) { "
      "old.push(q) }) } }\n"
      "protocol P { f(q: Q) }\nstruct Q { n: number }\nfor i, x in [1] { try { print(i, x) } catch e { "
      "print(e) } }";
  const Indexed program(text);
  for (const Symbol& symbol : program.index().symbols()) {
    EXPECT_LE(symbol.name_span.end, text.size());
    EXPECT_LE(symbol.span.end, text.size());
    EXPECT_LE(symbol.scope.end, text.size());
    if (symbol.kind != SymbolKind::kBuiltin) {
      EXPECT_EQ(text.substr(symbol.name_span.begin, symbol.name_span.end - symbol.name_span.begin),
                symbol.name);
    }
    for (const Reference& reference : symbol.references) {
      EXPECT_EQ(text.substr(reference.span.begin, reference.span.end - reference.span.begin), symbol.name);
    }
  }
}

}  // namespace
}  // namespace relay::analysis
