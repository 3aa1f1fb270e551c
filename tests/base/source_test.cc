#include "base/source.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace relay {
namespace {

TEST(SourceFile, CountsLinesAndColumnsFromOneInCodePoints) {
  const SourceFile file("f", "ab\ncd\u00e9f");
  EXPECT_EQ(file.position(0).line, 1u);
  EXPECT_EQ(file.position(0).column, 1u);
  EXPECT_EQ(file.position(3).line, 2u);
  EXPECT_EQ(file.position(3).column, 1u);
  EXPECT_EQ(file.position(7).column, 4u);
  EXPECT_EQ(file.position(1000).column, 5u);
}

TEST(SourceFile, LeavesTheByteOrderMarkOutOfLinesAndColumns) {
  const SourceFile file("f", "\xEF\xBB\xBFset x");
  EXPECT_EQ(file.line(1), "set x");
  EXPECT_EQ(file.position(0).column, 1u);
  EXPECT_EQ(file.position(7).column, 5u);
}

TEST(SourceFile, GivesALineWithoutItsBreak) {
  const SourceFile file("f", "a\r\nb\n");
  EXPECT_EQ(file.line(1), "a");
  EXPECT_EQ(file.line(2), "b");
  EXPECT_EQ(file.line(3), "");
  EXPECT_EQ(file.line(4), "");
  EXPECT_EQ(file.line(0), "");
}

TEST(SourceFile, CutsASpanToItsText) {
  const SourceFile file("f", "abc");
  EXPECT_EQ(file.text(Span{1, 2}), "b");
  EXPECT_EQ(file.text(Span{2, 9}), "c");
  EXPECT_EQ(file.text(Span{9, 10}), "");
}

TEST(Utf8, DecodesWhatItEncodes) {
  for (const std::uint32_t point : {0x24U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xFFFDU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    append_utf8(text, point);
    const Utf8Step step = decode_utf8(text, 0);
    EXPECT_TRUE(step.valid);
    EXPECT_EQ(step.code_point, point);
    EXPECT_EQ(step.size, text.size());
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndCutSequences) {
  for (const std::string_view text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE4\xB8", "\x80", "\xFF",
                                      "\xF0\x80\x80\x80", "\xC3(", "\xF8\x88\x80\x80\x80"}) {
    const Utf8Step step = decode_utf8(text, 0);
    EXPECT_FALSE(step.valid);
    EXPECT_EQ(step.size, 1u);
  }
}

}  // namespace
}  // namespace relay
