#include "base/utf8.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

TEST(Shortened, LeavesWhatIsShortEnough) {
  EXPECT_EQ(shortened("", 0), "");
  EXPECT_EQ(shortened("abc", 3), "abc");
}

TEST(Shortened, CutsBetweenCodePoints) {
  EXPECT_EQ(shortened("abcd", 3), "abc...");
  EXPECT_EQ(shortened("a\xC3\xA9\xF0\x9F\x98\x80", 6), "a\xC3\xA9...");
  EXPECT_EQ(shortened("\xF0\x9F\x98\x80", 3), "...");
}

}  // namespace
}  // namespace relay
