#include "value/layout.h"

#include <gtest/gtest.h>

#include "value/json_reader.h"

namespace relay {
namespace {

Value json(const std::string& text) { return std::move(*read_json(text)); }

TEST(Layout, IsOneLineWhereItFits) {
  EXPECT_EQ(laid_out(json(R"({"a": [1, "x"], "b c": null})"), 80), R"({a: [1, "x"], "b c": nil})");
  EXPECT_EQ(laid_out(json("[]"), 1), "[]");
}

TEST(Layout, PutsShortPartsSideBySide) {
  EXPECT_EQ(laid_out(json(R"({"list": [1, 22, 333, 4444, 55555], "n": {}})"), 20),
            "{\n  list: [\n    1, 22, 333,\n    4444, 55555\n  ],\n  n: {}\n}");
}

TEST(Layout, LeavesNothingOutWhenNotAsked) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(laid_out(json("[\"" + text + "\"]"), 80), "[\n  \"" + text + "\"\n]");
}

TEST(Layout, CountsWhatItLeavesOut) {
  EXPECT_EQ(laid_out(json("[1, 2, 3]"), 5, {.parts = 1}), "[\n  1,\n  ... 2 more parts\n]");
  EXPECT_EQ(laid_out(json("\"abcdef\""), 5, {.characters = 2}), "\"ab\" ... 4 more bytes");
  EXPECT_EQ(laid_out(json("[[[1, 2, 3]]]"), 5, {.levels = 2}), "[\n  [\n    [...]\n  ]\n]");
}

}  // namespace
}  // namespace relay
