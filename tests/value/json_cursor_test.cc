#include "value/json_cursor.h"

#include <gtest/gtest.h>

#include <string>

namespace relay {
namespace {

// What skip() gives for the first value of `text`, which must be all of it; or "error: " and why.
std::string skipped(std::string_view text, std::size_t max_depth = kMaxJsonDepth,
                    JsonText state = JsonText::kUnchecked) {
  JsonCursor cursor(text, {.max_depth = max_depth, .text = state});
  std::string_view raw;
  if (cursor.skip(raw) && cursor.finish()) return std::string(raw);
  return "error: " + cursor.error().detail;
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonCursor, SkipsEachKindOfValueAndGivesItsText) {
  for (const char* text : {"null", "true", "false", "-12.5e3", R"("a\u0041\n")", "[]", "{}", "[ ]", "{ }",
                           R"([1,[2],{"a":[]},"]"])", R"({"a" : {"b":[1 , 2]}, "}" : "{" })"}) {
    EXPECT_EQ(skipped(text), text);
    EXPECT_EQ(skipped(std::string(" \n") + text + "\t "), text);
    EXPECT_EQ(skipped(std::string(" \n") + text + "\t ", kMaxJsonDepth, JsonText::kChecked), text);
  }
}

TEST(JsonCursor, GoesOnBehindASkippedValue) {
  JsonCursor cursor(R"({"a": [1, {"b": 2}] , "c": 3})", {});
  std::string_view key;
  std::string_view raw;
  ASSERT_TRUE(cursor.enter_object());
  ASSERT_TRUE(cursor.next_member(key));
  ASSERT_TRUE(cursor.skip(raw));
  EXPECT_EQ(raw, R"([1, {"b": 2}])");
  ASSERT_TRUE(cursor.next_member(key));
  EXPECT_EQ(key, "c");
  ASSERT_TRUE(cursor.skip(raw));
  EXPECT_EQ(raw, "3");
  EXPECT_FALSE(cursor.next_member(key));
  EXPECT_TRUE(cursor.finish());
}

TEST(JsonCursor, ChecksWhatItSkips) {
  for (const char* text : {"",     "[",         "[1",      "[1,",       "[,1]",          "[1,]",      "[1 2]",
                           "[1}",  "{\"a\":1]", "{\"a\"}", "{\"a\":}",  "{\"a\":1,}",    "{a:1}",     "{1:1}",
                           "[01]", "[1.]",      "[nul]",   "[\"\\x\"]", "[\"\\ud800\"]", "]",         ":",
                           ",",    "[1e400]",   "[1]]",    "{}{}",      "[\"a]",         "[\"\xFF\"]"}) {
    EXPECT_TRUE(skipped(text).starts_with("error: ")) << text;
    // read() must see the same.
    EXPECT_FALSE(read_json(text).has_value()) << text;
  }
  EXPECT_EQ(skipped("[1,x]"), "error: expected a value, found 'x' at byte 3");
  EXPECT_EQ(skipped("{\"a\":1]"), "error: expected ',' or '}', found ']' at byte 6");
}

TEST(JsonCursor, BoundsTheDepthOfWhatItSkipsTogetherWithWhatIsOpen) {
  EXPECT_EQ(skipped(nested(128)), nested(128));
  EXPECT_EQ(skipped(nested(129)), "error: nested too deep at byte 128");
  const std::string text = "[" + nested(2) + "," + nested(3) + "]";
  JsonCursor cursor(text, {.max_depth = 3});
  std::string_view raw;
  ASSERT_TRUE(cursor.enter_array());
  ASSERT_TRUE(cursor.next_element());
  EXPECT_TRUE(cursor.skip(raw));
  ASSERT_TRUE(cursor.next_element());
  EXPECT_FALSE(cursor.skip(raw));
  EXPECT_FALSE(cursor.skip(raw));
}

TEST(JsonCursor, FollowsTheBracketsAloneOfWhatIsCheckedAlready) {
  EXPECT_EQ(skipped(R"({"a" [1 x, "]"]})", kMaxJsonDepth, JsonText::kChecked), R"({"a" [1 x, "]"]})");
  EXPECT_EQ(skipped(nested(129), kMaxJsonDepth, JsonText::kChecked), "error: nested too deep at byte 128");
  // A caller that is wrong about it never gets more than there is.
  for (const char* text : {"", "[", "[[]", "{\"a\"", "]", ",", "[\"a]"}) {
    EXPECT_TRUE(skipped(text, kMaxJsonDepth, JsonText::kChecked).starts_with("error: ")) << text;
  }
}

TEST(JsonCursor, SkipsACheckedTextOfSeveralWindowsToItsEnd) {
  std::string text = "[";
  while (text.size() < 2 * JsonWindow::kBytes) text += R"({"a":["b]",1.5]},)";
  text += "0]";
  EXPECT_EQ(skipped(text, kMaxJsonDepth, JsonText::kChecked), text);
}

TEST(JsonCursor, SkipsDeepTextWithoutNativeRecursion) {
  EXPECT_EQ(skipped(nested(1'000'000), 1'000'000).size(), 2'000'000u);
}

}  // namespace
}  // namespace relay
