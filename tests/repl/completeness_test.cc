#include "repl/completeness.h"

#include <gtest/gtest.h>

namespace relay::repl {
namespace {

void expect_unfinished(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(completeness(text), Completeness::kUnfinished) << text;
}

void expect_whole(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(completeness(text), Completeness::kWhole) << text;
}

TEST(Completeness, AnOpenBracketStringOrCommentNeedsMore) {
  expect_unfinished({"[1, 2", "f(", "{", "fn f(x) {", "fn f(x) {\n  x + 1\n", "\"text", "`a ${1 + ", "`a ${b} c", "/* comment",
                     "server s {\n state { n: number = 0 }", "dispatch x { :a: 1,", "struct P {"});
}

TEST(Completeness, WhatEndsInTheMiddleOfAnExpressionNeedsMore) {
  expect_unfinished({"1 +", "set x =", "set", "a &&", "a ??", "!", "x.", "throw", "for x in", "if x > 3", "while true",
                     "fn f(x: number) ->", "fn f(x)", "try { 1 }", "try { 1 } catch e", "if a { 1 } else", "server s", "struct P",
                     "send s", "send s m", "dispatch x", "1 -", "a ==", "server s implements"});
}

TEST(Completeness, AWholeInputIsEvaluatedAndSoIsAWrongOne) {
  expect_whole({"", "1 + 2", "set x = 1", "if a { 1 }", "if a { 1 } else { 2 }", "x", "fn f(x) { x }", "return", "break",
                "1 + * 2", ")", "f(1))", "set = 3", "x = 1", "if a { 1 } }", "// only a comment", "a; b", "{a: 1}.a",
                "server s { receive fn f() { 1 } }", "\xff\xfe", "'", "x ="});
}

TEST(Completeness, ALineThatBeginsWithADotOrAnOperatorGoesOnWithTheOneBefore) {
  for (const char* line : {".map(f)", "  .length()", "+ 1", "|| b", "else { 2 }", "catch e { 1 }", "?? 3", "* 2", "== 1"}) {
    EXPECT_TRUE(continues_input(line)) << line;
  }
  for (const char* line : {"- 1", "-1", "[1]", "(1)", "{ 1 }", "x", "", "// + 1", ".5", "!x", ":a"}) {
    EXPECT_FALSE(continues_input(line)) << line;
  }
}

TEST(Completeness, CommentsAndBlanksAreNothingToEvaluate) {
  for (const char* text : {"", "  ", "\n\n", "// x", "/* a */ // b\n"}) EXPECT_TRUE(is_blank(text)) << text;
  for (const char* text : {"1", "/* a", "\"", "nil", "'"}) EXPECT_FALSE(is_blank(text)) << text;
}

}  // namespace
}  // namespace relay::repl
