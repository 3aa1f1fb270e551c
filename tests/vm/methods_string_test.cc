#include "vm/script_fixture.h"

namespace relay::test {
namespace {

using MethodsString = ScriptTest;

TEST_F(MethodsString, CountCodePoints) {
  EXPECT_EQ(value_of("[\"\".length(), \"héllo\".length(), \"😀!\".length, \"añb\".index_of(\"b\"), \"é\"[0]]"),
            "[0, 5, 2, 2, \"é\"]");
  EXPECT_EQ(error_of("\"abc\"[3]"), "string index out of bounds: index 3, length 3");
}

TEST_F(MethodsString, AskForParts) {
  EXPECT_EQ(value_of("[\"abc\".includes(\"bc\"), \"abc\".contains(\"x\"), \"abc\".starts_with(\"ab\"), "
                     "\"abc\".ends_with(\"ab\"), \"abc\".includes(\"\"), \"abc\".index_of(\"x\")]"),
            "[true, false, true, false, true, -1]");
}

TEST_F(MethodsString, SliceByCodePoints) {
  EXPECT_EQ(value_of("[\"abcdef\".slice(2), \"héllo\".slice(1, 2), \"abc\".slice(1, 99), \"abc\".slice(5)]"),
            "[\"cdef\", \"é\", \"bc\", \"\"]");
  EXPECT_EQ(error_of("\"abc\".slice(-1)"),
            "method 'slice' of string: argument 1 must be an integer from 0, got -1");
}

TEST_F(MethodsString, ChangeCase) {
  EXPECT_EQ(value_of("[\"Wörld\".upper(), \"WÖRLD\".lower()]"), "[\"WÖRLD\", \"wörld\"]");
}

TEST_F(MethodsString, TrimUnicodeSpace) {
  EXPECT_EQ(value_of("[\" \\t a b \\n\".trim(), \"\\u00a0x\\u3000\".trim(), \"   \".trim(), \"é\".trim()]"),
            "[\"a b\", \"x\", \"\", \"é\"]");
}

TEST_F(MethodsString, Split) {
  EXPECT_EQ(
      value_of("[\"a,b,,c\".split(\",\"), \"abc\".split(\"x\"), \"a--b\".split(\"--\"), \"\".split(\",\")]"),
      "[[\"a\", \"b\", \"\", \"c\"], [\"abc\"], [\"a\", \"b\"], [\"\"]]");
  EXPECT_EQ(value_of("[\"a,\".split(\",\"), \"añ\".split(\"\")]"), "[[\"a\", \"\"], [\"a\", \"ñ\"]]");
}

TEST_F(MethodsString, ReplaceAll) {
  EXPECT_EQ(
      value_of(
          "[\"aXbX\".replace(\"X\", \"-\"), \"aaa\".replace(\"aa\", \"b\"), \"abc\".replace(\"x\", \"y\")]"),
      "[\"a-b-\", \"ba\", \"abc\"]");
  EXPECT_EQ(error_of("\"a\".replace(\"\", \"b\")"),
            "method 'replace' of string: argument 1 must be a text that is not empty, got \"\"");
}

TEST_F(MethodsString, RepeatAndPad) {
  EXPECT_EQ(value_of("[\"ab\".repeat(3), \"ab\".repeat(0), \"\".repeat(1e15)]"), "[\"ababab\", \"\", \"\"]");
  EXPECT_EQ(
      value_of(
          "[\"7\".pad_start(3, \"0\"), \"7\".pad_start(3), \"7\".pad_end(4, \"añ\"), \"long\".pad_start(2)]"),
      "[\"007\", \"  7\", \"7aña\", \"long\"]");
  EXPECT_EQ(value_of("[\"7\".pad_end(3, \"\"), \"é\".pad_start(2, \"-\")]"), "[\"7\", \"-é\"]");
}

TEST_F(MethodsString, RefuseToGrowPastTheLimit) {
  EXPECT_EQ(error_of("\"ab\".repeat(1e9)"), "string longer than 64 MiB");
  EXPECT_EQ(kind_of_error("\"ab\".repeat(1e9)"), "limit");
  EXPECT_EQ(kind_of_error("\"ab\".pad_end(1e12)"), "limit");
  EXPECT_EQ(kind_of_error("\"ab\".pad_start(60e6, \"é\")"), "limit");
  EXPECT_EQ(kind_of_error("\"aa\".repeat(1e6).replace(\"a\", \"b\".repeat(100))"), "limit");
}

TEST_F(MethodsString, TurnAroundAndApart) {
  EXPECT_EQ(value_of("[\"añ😀\".reverse(), \"añ\".chars(), \"\".chars(), \"\".reverse()]"),
            "[\"😀ña\", [\"a\", \"ñ\"], [], \"\"]");
}

TEST_F(MethodsString, ReadNumbers) {
  EXPECT_EQ(value_of("[\"42\".to_number(), \"-3.5\".to_number(), \" 1e3 \".to_number(), \"+.5\".to_number(), "
                     "\"007\".to_number(), \"1e-400\".to_number()]"),
            "[42, -3.5, 1000, 0.5, 7, 0]");
  EXPECT_EQ(
      value_of("[\"x\", \"\", \"12x\", \"1e\", \".\", \"1.\", \"0x10\", \"inf\", \"nan\", \"1e400\", \"--1\"]"
               ".map(fn(t) { t.to_number() }).all(fn(n) { n == nil })"),
      "true");
}

TEST_F(MethodsString, NameTheMethodWhoseArgumentsAreWrong) {
  EXPECT_EQ(error_of("\"a\".repeat(\"x\")"),
            "method 'repeat' of string: argument 1 must be number, got string");
  EXPECT_EQ(error_of("\"a\".repeat(-1)"),
            "method 'repeat' of string: argument 1 must be an integer from 0, got -1");
  EXPECT_EQ(error_of("\"a\".repeat(1.5)"),
            "method 'repeat' of string: argument 1 must be an integer, got 1.5");
  EXPECT_EQ(error_of("\"a\".split()"), "method 'split' of string expects 1 argument, got 0");
  EXPECT_EQ(error_of("\"a\".push(1)"), "method 'push' not supported for string");
}

TEST_F(MethodsString, HaveCamelCaseAliases) {
  EXPECT_EQ(value_of("[\"x\".to_string(), \"x\".toString()]"), "[\"x\", \"x\"]");
}

}  // namespace
}  // namespace relay::test
