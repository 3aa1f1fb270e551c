#include "lang/last_use.h"

#include <gtest/gtest.h>

#include <string>

#include "lang/compiler.h"
#include "value/string.h"

// A copy of a variable that nobody reads again is a move, and no other is. The letter names say which variables a function
// moves: "a" once, "aab" twice a and once b, in the order of the code.

namespace relay {
namespace {

using bytecode::Instruction;
using bytecode::Op;

// What the named function of the program moves out of its variables.
std::string moves_in(const std::string& text, std::string_view name = "f") {
  const CompileResult result = load_program(std::make_shared<SourceFile>("t.rl", text));
  if (result.program == nullptr) return "does not compile";
  std::string moved;
  for (const auto& function : result.program->functions) {
    if (function->is_prelude || string::text(function->name) != name) continue;
    const std::size_t parameters = function->parameters.size();
    for (const Instruction& i : function->code) {
      if (i.op == Op::kTake && i.b < parameters) moved += string::text(function->parameters[i.b].name);
    }
  }
  return moved;
}

TEST(LastUse, OfAParameterInTheLastExpressionIsAMove) {
  EXPECT_EQ(moves_in("fn f(a, b) { a.push(b) }"), "ba");
  EXPECT_EQ(moves_in("fn f(a, b) { return g(a, b) }\nfn g(x, y) { x }"), "ab");
  EXPECT_EQ(moves_in("fn f(a, b) { [a, {key: b}] }"), "ab");
  EXPECT_EQ(moves_in("fn f(a) { set x = a\nx }"), "a");
}

TEST(LastUse, IsTheLastOfSeveral) {
  EXPECT_EQ(moves_in("fn f(a) { [a, a] }"), "a");
  EXPECT_EQ(moves_in("fn f(a) { g(a)\ng(a) }\nfn g(x) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a) { g(a)\na.length() + 1 }\nfn g(x) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a, b) { b + g(a) + a }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { a.push(a.length()) }"), "a");
}

TEST(LastUse, IsWhereTheVariableIsSetAnew) {
  EXPECT_EQ(moves_in("fn f(a) { set a = g(a)\na }\nfn g(x) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a, n) { while n > 0 { set a = g(a, n)\nset n = n - 1 }\na }\nfn g(x, y) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a) { for x in [1, 2] { set a = g(a, x) }\na }\nfn g(x, y) { x }"), "a");
}

TEST(LastUse, IsNotInALoopThatReadsItAgain) {
  EXPECT_EQ(moves_in("fn f(a) { for x in [1, 2] { g(a) }\nnil }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { while g(a) { 1 }\nnil }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { while true { if g(1) { continue }\nreturn g(a) } }\nfn g(x) { x }"), "a");
}

TEST(LastUse, LooksAtEachBranchOnItsOwn) {
  EXPECT_EQ(moves_in("fn f(a, b) { if b { g(a) } else { g(a) } }\nfn g(x) { x }"), "aa");
  EXPECT_EQ(moves_in("fn f(a, b) { if b { g(a) }\ng(a) }\nfn g(x) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a, b) { b && g(a) || g(a) }\nfn g(x) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a) { dispatch a { 1: g(a), 2: 3, :default: g(a) } }\nfn g(x) { x }"), "aa");
}

TEST(LastUse, KeepsWhatAHandlerOfErrorsReads) {
  EXPECT_EQ(moves_in("fn f(a) { try { g(a) } catch e { a } }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { try { g(a) } catch e { 1 } }\nfn g(x) { x }"), "a");
  EXPECT_EQ(moves_in("fn f(a) { try { set a = g(a) } catch e { 1 }\na }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { try { try { g(a) } catch e { 1 } } catch e { a } }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { try { 1 } catch e { 2 }\ng(a) }\nfn g(x) { x }"), "a");
}

TEST(LastUse, KeepsWhatAClosureTakesLater) {
  EXPECT_EQ(moves_in("fn f(a) { g(a)\nfn () { a } }\nfn g(x) { x }"), "");
  EXPECT_EQ(moves_in("fn f(a) { set h = fn () { a }\ng(a)\nh }\nfn g(x) { x }"), "a");
}

TEST(LastUse, IsFoundInFunctionsOfManyBlocks) {
  std::string text = "fn f(a) {\n";
  for (int i = 0; i < 20'000; ++i) text += "if a { 1 } else { 2 }\n";
  EXPECT_EQ(moves_in(text + "g(a) }\nfn g(x) { x }"), "a");
}

TEST(LastUse, IsLeftAsACopyWhereItWouldTakeTooLongToFind) {
  std::string text = "fn f(a) {\n";
  for (int i = 0; i < 9'000; ++i) {
    const std::string v = "v" + std::to_string(i);
    text += "set " + v + " = a\nif " + v + " { g(" + v + ") } else { 2 }\n";
  }
  EXPECT_EQ(moves_in(text + "g(a) }\nfn g(x) { x }"), "");
}

}  // namespace
}  // namespace relay
