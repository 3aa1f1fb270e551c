#include <functional>

#include "parsing.h"

// What a hostile or generated program may hold: any depth, any length, any cut.

namespace relay {
namespace {

std::string repeat(std::string_view part, int times) {
  std::string out;
  out.reserve(part.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

TEST(Nesting, OfTwoHundredLevelsIsFine) {
  EXPECT_EQ(errors_in(repeat("(", 200) + "1" + repeat(")", 200)), Lines());
  EXPECT_EQ(errors_in(repeat("[", 200) + "1" + repeat("]", 200)), Lines());
  EXPECT_EQ(errors_in(repeat("if a {", 200) + repeat("}", 200)), Lines());
  EXPECT_EQ(errors_in(repeat("fn () {", 200) + repeat("}", 200)), Lines());
  EXPECT_EQ(errors_in(repeat("-", 200) + "1"), Lines());
}

TEST(Nesting, OfMoreLevelsIsOneError) {
  EXPECT_EQ(errors_in(repeat("(", 201) + "1" + repeat(")", 201)), Lines({"1:201 nested too deep: more than 200 levels"}));
  EXPECT_EQ(errors_in(repeat("[", 300) + repeat("]", 300) + "\nset 5 = 1"),
            Lines({"1:201 nested too deep: more than 200 levels", "2:5 expected a name for a variable, found `5`"}));
}

TEST(Nesting, OfAnyShapeNeverExhaustsTheStack) {
  const std::vector<std::string> openings = {
      "(",        "[",        "{",           "{a:",          "f(",        "a[",        "U{a: ",    "`${",
      "-",        "!",        "fn () {",     "fn f() {",     "if a {",    "if (",      "if if ",   "while a {",
      "for x in ", "for x in y {", "try {",   "try {} catch {", "dispatch a { 1: ", "dispatch dispatch ", "send (",
      "send a b {a: ", "send a b {} within ", "throw ",      "a ?? throw ", "a ?? return ", "return ",  "set a = {",
      "f(fn () { ", "a.b(",   "fn f(a: [",   "fn f(a: {string: ", "fn f(a: optional(", "fn f(a: fn(", "fn f(a: fn -> ",
      "x + (",    "server s { fn f() {", "struct S { a: [", "(a\n", "{ {a: ", "a && (", "if a {} else {", "1 - -"};
  for (const std::string& opening : openings) {
    const ParseResult result = parse_text(repeat(opening, 5000));
    EXPECT_FALSE(result.diagnostics.empty()) << opening;
  }
}

TEST(Chains, OfAnyLengthAreFlat) {
  EXPECT_EQ(errors_in("set x = 1" + repeat(" + 1", 100000)), Lines());
  EXPECT_EQ(errors_in("set x = a" + repeat(" && a", 100000)), Lines());
  EXPECT_EQ(errors_in("set x = a" + repeat(" ?? a", 100000)), Lines());
  EXPECT_EQ(errors_in("set x = 1" + repeat(" * 2 + 1 == 3 < 4 || 5 && 6", 20000)), Lines());
  EXPECT_EQ(errors_in("a" + repeat(".b().c[0](1)", 50000)), Lines());
  EXPECT_EQ(errors_in("a" + repeat("\n.b()", 100000)), Lines());
  EXPECT_EQ(errors_in("if a { 1 }" + repeat(" else if a { 1 }", 100000)), Lines());
  EXPECT_EQ(errors_in("`" + repeat("a${b}", 100000) + "`"), Lines());
  EXPECT_EQ(errors_in("[" + repeat("1,", 100000) + "]"), Lines());
}

TEST(Chains, OfAnyLengthAreChecked) {
  EXPECT_EQ(checked("set x = 1" + repeat(" + 1", 100000) + "\na" + repeat(".b(c)", 100000)), Lines());
  EXPECT_EQ(checked("if a { 1 }" + repeat(" else if a { 1 }", 100000)), Lines());
}

TEST(Diagnostics, AreBounded) {
  EXPECT_EQ(errors_in(repeat("set 5 = 1\n", 100000)).size(), 1000u);
  EXPECT_LE(errors_in(repeat("`", 50001)).size(), 1000u);
  EXPECT_LE(errors_in(repeat("@ ", 100000)).size(), 1000u);
}

TEST(Size, IsBounded) {
  EXPECT_EQ(errors_in(std::string((std::size_t{64} << 20) + 1, ' ')), Lines({"1:1 the program is larger than 64 MiB"}));
}

const char* const kProgram = R"relay(#!/usr/bin/env relay
config { app_name: "demo", port: 8080 }
struct User { name: string, bio: optional(string), tags: {string: [any]} }
protocol Greeter { greet(name: string) -> string, bye() }
server greeter implements Greeter {
  state { count: number = 0, log: [string] = [] }
  receive fn greet(name: string) -> string {
    state.set("count", state.count + 1) // counts
    helper(`Hello ${name.upper()}, ${state.get("count") ?? throw {error: "no"}}!`)
  }
  receive fn bye() { for i, x in state.log { if i == 3 { break } else if x { continue } else { -1 } } }
  fn helper(text) { text }
}
template "home.html" from greet(name: string)
fn make(start: number, f: fn(number) -> number) -> fn { set n = start
  fn () { set n = n + 1
    -n } }
set u = User{name: "Ann \u00e9\ud83d\ude00", "bio": nil, :tags: {}}
print(send "greeter" greet {name: u.name} within 5, [1, .5, -2e-3][0], 2024-01-01T12:00:00.5+01:00)
set r = try { dispatch u.name { :a: 1, "b": fn (v) { v }, -3: 2, :default: :none } } catch e { e.error }
while !r && (u != nil || r >= 2 % 1) { return r }
/* the end */
)relay";

TEST(Prefix, OfAProgramNeverCrashesTheParser) {
  const std::string program = kProgram;
  EXPECT_EQ(errors_in(program), Lines());
  for (std::size_t size = 0; size < program.size(); ++size) {
    const ParseResult result = parse_text(program.substr(0, size));
    EXPECT_LE(result.diagnostics.size(), 3u) << program.substr(0, size);
  }
}

TEST(Prefix, OfAProgramWithoutOneTokenNeverCrashesTheParser) {
  const std::string program = kProgram;
  for (std::size_t at = 0; at < program.size(); ++at) {
    std::string cut = program;
    const ParseResult without = parse_text(cut.erase(at, 1));
    std::string other = program;
    other[at] = "(){}[]`\"=:;,.-*a1\n"[at % 18];
    const ParseResult replaced = parse_text(other);
    EXPECT_LE(without.diagnostics.size() + replaced.diagnostics.size(), 40u) << at;
    if (without.diagnostics.empty()) {
      std::vector<Diagnostic> found;
      check(*without.module, found);
    }
  }
}

TEST(Parsing, GivesSpansInsideTheText) {
  const std::string program = kProgram;
  for (std::size_t size = 0; size <= program.size(); size += 7) {
    const ParseResult result = parse_text(program.substr(0, size));
    for (const ast::ExprPtr& item : result.module->items) {
      EXPECT_LE(item->span.begin, item->span.end);
      EXPECT_LE(item->span.end, size);
    }
    for (const Diagnostic& d : result.diagnostics) EXPECT_FALSE(render(d, Colours::kOff).empty());
  }
}

TEST(Limits, ReportsStatementsNestedInEachOtherWithoutEnd) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "set a = ";
  EXPECT_FALSE(errors_in(text + "1").empty());
}

}  // namespace
}  // namespace relay
