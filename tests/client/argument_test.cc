#include "client/argument.h"

#include <gtest/gtest.h>

namespace relay::client {
namespace {

std::string json(std::string_view word) {
  auto text = argument_json(word);
  return text ? *text : "error: " + text.error().detail;
}

std::string params(const std::vector<std::string>& words) {
  auto text = params_json(words);
  return text ? *text : "error: " + text.error().detail;
}

TEST(Argument, TakesJsonAsItIs) {
  for (const char* text : {"1", "-2.50", "null", "true", "\"a\\u0041\"", R"({"b": 1, "a": [null]})", "[]"}) {
    EXPECT_EQ(json(text), text);
  }
  EXPECT_EQ(json("  7\n"), "7");
}

TEST(Argument, TakesLiteralsOfTheLanguage) {
  EXPECT_EQ(json("nil"), "null");
  EXPECT_EQ(json(":name"), R"("name")");
  EXPECT_EQ(json("`a b`"), R"("a b")");
  EXPECT_EQ(json("2024-01-02"), R"("2024-01-02T00:00:00Z")");
  EXPECT_EQ(json("{a: -1, \"b c\": [nil, false,], }"), R"({"a":-1,"b c":[null,false]})");
}

TEST(Argument, TakesAnyOtherWordAsAString) {
  for (const char* word :
       {"text", "two words", "192.168.0.1", "1e400", "a.b", "x + 1", "(5)", "5 // five", "-x", "grün"}) {
    EXPECT_EQ(json(word), "\"" + std::string(word) + "\"");
  }
  EXPECT_EQ(json(""), R"("")");
  EXPECT_EQ(json("say \"hi\""), R"("say \"hi\"")");
}

TEST(Argument, RefusesBrokenListsObjectsAndTexts) {
  for (const char* word :
       {"[1", "{a: }", "\"open", "{a: b}", "[1 + 1]", "{a}", "`${x}`", "[fn () { 1 }]", "[1e400]"}) {
    EXPECT_FALSE(argument_json(word)) << word;
  }
  EXPECT_NE(json("{a: b}").find("only literals may stand here, and text in quotes; at column 5"),
            std::string::npos)
      << json("{a: b}");
  EXPECT_FALSE(argument_json("\xFF"));
}

TEST(Argument, RefusesWhatIsNestedTooDeep) {
  const std::string deep(100'000, '[');
  EXPECT_FALSE(argument_json(deep));
  EXPECT_TRUE(argument_json(std::string(150, '[') + std::string(150, ']')));
}

TEST(Params, GoByPosition) {
  EXPECT_EQ(params({}), "[]");
  EXPECT_EQ(params({"1", "a", "{b: 2}"}), R"([1,"a",{"b":2}])");
}

TEST(Params, GoByName) {
  EXPECT_EQ(params({"a=1", "b_2=x=y", "c="}), R"({"a":1,"b_2":"x=y","c":""})");
}

TEST(Params, TakeAComparisonOrAQuotedTextForNoName) {
  EXPECT_EQ(params({"a==b", "\"a=b\"", "=", "2=3", "http://h/?x=1"}),
            R"(["a==b","a=b","=","2=3","http://h/?x=1"])");
}

TEST(Params, AreOfOneKind) {
  EXPECT_NE(params({"1", "b=2"}).find("argument 2: either all arguments have names"), std::string::npos);
  EXPECT_NE(params({"b=2", "1"}).find("argument 2: either all arguments have names"), std::string::npos);
  EXPECT_EQ(params({"a=1", "a=2"}), "error: argument 2: `a` is given twice");
  EXPECT_NE(params({"1", "a={"}).find("argument 2"), std::string::npos);
}

TEST(SplitWords, KeepsQuotesAndBracketsTogether) {
  const auto words = split_words("  a.b  [1, \"x ] y\"]\tn={a: `}`} \"q \\\" r\" ");
  ASSERT_TRUE(words);
  EXPECT_EQ(*words, (std::vector<std::string>{"a.b", "[1, \"x ] y\"]", "n={a: `}`}", "\"q \\\" r\""}));
  EXPECT_TRUE(split_words("")->empty());
}

TEST(SplitWords, RefusesWhatIsNeverClosed) {
  EXPECT_EQ(split_words("a [1").error().detail, "`]` is missing at the end");
  EXPECT_EQ(split_words("a \"x").error().detail, "`\"` is missing at the end");
}

}  // namespace
}  // namespace relay::client
