#include "base/plain_text.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

TEST(PlainText, EscapesWhatMovesACursor) {
  EXPECT_EQ(plain_text("a\x1b[2J\r\n\x7f"), "a\\u001b[2J\\u000d\\n\\u007f");
  EXPECT_EQ(plain_text("\xC2\x9B"), "\\u009b");
  EXPECT_EQ(plain_text("gr\xC3\xBCn \xFF"), "gr\xC3\xBCn \xEF\xBF\xBD");
}

}  // namespace
}  // namespace relay
