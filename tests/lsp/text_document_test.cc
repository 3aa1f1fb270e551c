#include "lsp/text_document.h"

#include <gtest/gtest.h>

namespace relay::lsp {
namespace {

const std::string kSmile = "\xF0\x9F\x98\x80";  // two code units
const std::string kAccent = "\xC3\xA9";

std::string place(const TextDocument& document, std::uint32_t offset) {
  const LspPosition position = document.position(offset);
  return std::to_string(position.line) + ":" + std::to_string(position.character);
}

TEST(TextDocument, CountsColumnsInUtf16) {
  const TextDocument document("a" + kSmile + kAccent + "b\nc");
  EXPECT_EQ(place(document, 0), "0:0");
  EXPECT_EQ(place(document, 1), "0:1");
  EXPECT_EQ(place(document, 5), "0:3");
  EXPECT_EQ(place(document, 7), "0:4");
  EXPECT_EQ(place(document, 8), "0:5");
  EXPECT_EQ(place(document, 9), "1:0");
  EXPECT_EQ(document.offset({0, 3}), 5u);
  EXPECT_EQ(document.offset({0, 4}), 7u);
  EXPECT_EQ(document.offset({1, 1}), 10u);
}

TEST(TextDocument, TakesAPlaceInsideACharacterForItsStart) {
  const TextDocument document("a" + kSmile + "b");
  EXPECT_EQ(document.offset({0, 2}), 1u);
  EXPECT_EQ(place(document, 3), "0:1");
}

TEST(TextDocument, TakesPlacesBehindTheEndForTheEnd) {
  const TextDocument document("ab\ncd");
  EXPECT_EQ(document.offset({0, 99}), 2u);
  EXPECT_EQ(document.offset({1, UINT32_MAX}), 5u);
  EXPECT_EQ(document.offset({99, 0}), 5u);
  EXPECT_EQ(place(document, 99), "1:2");
  EXPECT_EQ(TextDocument("").offset({3, 4}), 0u);
}

TEST(TextDocument, KnowsThreeKindsOfLineBreaks) {
  const TextDocument document("a\r\nb\rc\n");
  EXPECT_EQ(document.offset({0, 9}), 1u);
  EXPECT_EQ(document.offset({1, 0}), 3u);
  EXPECT_EQ(document.offset({1, 9}), 4u);
  EXPECT_EQ(document.offset({2, 0}), 5u);
  EXPECT_EQ(document.offset({3, 0}), 7u);
}

TEST(TextDocument, ReplacesRanges) {
  TextDocument document("one\ntwo\n");
  document.replace({{0, 1}, {1, 1}}, kSmile + "\n");
  EXPECT_EQ(document.text(), "o" + kSmile + "\nwo\n");
  EXPECT_EQ(document.offset({1, 1}), 7u);
  document.replace({{9, 0}, {9, 0}}, "end");
  EXPECT_EQ(document.text(), "o" + kSmile + "\nwo\nend");
  document.replace({{2, 3}, {0, 1}}, "");
  EXPECT_EQ(document.text(), "o");
}

TEST(TextDocument, FindsEachOffsetAgain) {
  const std::string text = "a" + kSmile + "\r\n\n" + kAccent + "\rb" + kSmile;
  const TextDocument document(text);
  for (std::uint32_t i = 0; i <= text.size(); ++i) {
    const bool is_inside = i < text.size() && ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80 || (i > 0 && text[i] == '\n' && text[i - 1] == '\r'));
    if (is_inside) continue;
    EXPECT_EQ(document.offset(document.position(i)), i) << i;
  }
}

}  // namespace
}  // namespace relay::lsp
