#include "repl/value_text.h"

#include <gtest/gtest.h>

#include "repl/style.h"
#include "repl/terminal.h"
#include "value/array.h"
#include "value/json_reader.h"
#include "value/string.h"

namespace relay::repl {
namespace {

Value json(const std::string& text) { return std::move(*read_json(text)); }

TEST(ValueText, StandsOnOneLineWhereItFits) {
  EXPECT_EQ(value_text(json(R"({"a": [1, "x"], "b": null})"), {}), R"({a: [1, "x"], b: nil})");
}

TEST(ValueText, IsLaidOutPartByPartWhereItDoesNot) {
  EXPECT_EQ(value_text(json(R"({"first": [1, 2, 3, 4, 5, 6, 7, 8], "second": "a text of some length"})"), {.columns = 24}),
            "{\n  first: [\n    1, 2, 3, 4, 5, 6, 7,\n    8\n  ],\n  second: \"a text of some length\"\n}");
}

TEST(ValueText, OfAHugeValueCostsNoMoreThanWhatIsShown) {
  Value list = array::make();
  for (int i = 0; i < 100'000; ++i) array::push(list, string::make("element " + std::to_string(i)));
  const std::string cut = value_text(list, {});
  EXPECT_LT(cut.size(), 4000u);
  EXPECT_NE(cut.find("... 99,950 more parts"), std::string::npos);
}

TEST(ValueText, OfADeepValueIsCutWithoutRecursion) {
  Value deep = array::make();
  for (int i = 0; i < 20'000; ++i) {
    Value outer = array::make();
    array::push(outer, std::move(deep));
    deep = std::move(outer);
  }
  EXPECT_NE(value_text(deep, {}).find("[...]"), std::string::npos);
}

TEST(ValueText, ColoursTextsAndNumbers) {
  EXPECT_EQ(value_text(json(R"([1, "a"])"), {.colours = Colours::kOn}), "[\x1b[33m1\x1b[0m, \x1b[32m\"a\"\x1b[0m]");
}

TEST(OutputFilter, ShowsEscapesAndKeepsCharactersThatComeInPieces) {
  OutputFilter filter;
  EXPECT_EQ(filter.filtered("a\x1b[2J\tb\nc\r\n"), "a\\u001b[2J\tb\nc\\u000d\n");
  EXPECT_EQ(filter.filtered("\xE2\x82"), "");
  EXPECT_EQ(filter.filtered("\xAC!"), "\u20AC!");
  EXPECT_EQ(filter.filtered("\xC2\x9B" "31m"), "\\u009b31m");
}

}  // namespace
}  // namespace relay::repl
