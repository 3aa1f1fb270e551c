#include "repl/key.h"

#include <gtest/gtest.h>

#include <vector>

namespace relay::repl {
namespace {

std::vector<KeyId> ids(std::string_view bytes) {
  KeyReader reader;
  reader.add(bytes);
  std::vector<KeyId> all;
  while (auto key = reader.take()) all.push_back(key->id);
  return all;
}

TEST(Keys, TextComesInPiecesAsLongAsItCan) {
  KeyReader reader;
  reader.add("ab\xC3\xA9\x01");
  EXPECT_EQ(reader.take()->text, "ab\xC3\xA9");
  EXPECT_EQ(reader.take()->id, KeyId::kHome);
  EXPECT_FALSE(reader.take());
}

TEST(Keys, ACharacterThatComesByteByByteIsWhole) {
  KeyReader reader;
  for (const char byte : std::string("\xF0\x9F\x98")) {
    reader.add({&byte, 1});
    EXPECT_FALSE(reader.take());
  }
  reader.add("\x80");
  EXPECT_EQ(reader.take()->text, "\xF0\x9F\x98\x80");
}

TEST(Keys, BytesThatAreNoTextBecomeTheReplacementCharacter) {
  KeyReader reader;
  reader.add("\xFF\xFE" "a");
  EXPECT_EQ(reader.take()->text, "\xEF\xBF\xBD\xEF\xBF\xBD" "a");
  reader.add("\xC3");
  EXPECT_FALSE(reader.take());
  reader.end_sequence();
  EXPECT_EQ(reader.take()->text, "\xEF\xBF\xBD");
}

TEST(Keys, SequencesOfTheCommonTerminalsAreKnown) {
  EXPECT_EQ(ids("\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1bOH\x1b[F"),
            (std::vector<KeyId>{KeyId::kUp, KeyId::kDown, KeyId::kRight, KeyId::kLeft, KeyId::kUp, KeyId::kHome, KeyId::kEnd}));
  EXPECT_EQ(ids("\x1b[1~\x1b[4~\x1b[3~\x1b[1;5C\x1b[1;3D\x1b" "b\x1b" "f\x1b\r"),
            (std::vector<KeyId>{KeyId::kHome, KeyId::kEnd, KeyId::kDelete, KeyId::kWordRight, KeyId::kWordLeft, KeyId::kWordLeft,
                                KeyId::kWordRight, KeyId::kNewLine}));
  EXPECT_EQ(ids("\x1b[99;99z\x1b[15~\x02"), (std::vector<KeyId>{KeyId::kNothing, KeyId::kNothing, KeyId::kLeft}));
}

TEST(Keys, ALoneEscapeWaitsForWhatFollows) {
  KeyReader reader;
  reader.add("\x1b");
  EXPECT_FALSE(reader.take());
  EXPECT_TRUE(reader.is_in_sequence());
  reader.end_sequence();
  EXPECT_FALSE(reader.is_in_sequence());
  EXPECT_EQ(reader.take()->id, KeyId::kEscape);
  reader.add("\x1b[" + std::string(100, '1'));
  EXPECT_EQ(reader.take()->id, KeyId::kNothing);
}

TEST(Keys, AnEscapeThatStandsAloneIsAKeyAndAHalfSequenceIsNone) {
  KeyReader reader;
  reader.add("\x1b");
  reader.end_sequence();
  reader.add("a");
  EXPECT_EQ(reader.take()->id, KeyId::kEscape);
  EXPECT_EQ(reader.take()->text, "a");
  reader.add("\x1b[1");
  reader.end_sequence();
  EXPECT_FALSE(reader.take());
}

TEST(Keys, APasteIsOneKeyWithoutControlCharacters) {
  KeyReader reader;
  reader.add("\x1b[200~fn f() {\r  1\r\n}\x1b[31m\x03\t");
  EXPECT_FALSE(reader.take());
  reader.add("\x1b[20");
  EXPECT_FALSE(reader.take());
  reader.add("1~x");
  const auto paste = reader.take();
  EXPECT_EQ(paste->id, KeyId::kPaste);
  EXPECT_EQ(paste->text, "fn f() {\n  1\n}[31m\t");
  EXPECT_EQ(reader.take()->text, "x");
}

}  // namespace
}  // namespace relay::repl
