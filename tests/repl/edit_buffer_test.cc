#include "repl/edit_buffer.h"

#include <gtest/gtest.h>

namespace relay::repl {
namespace {

EditBuffer holding(std::string text) {
  EditBuffer buffer;
  buffer.set(std::move(text));
  return buffer;
}

TEST(EditBuffer, MovesAndErasesByCharactersAsPeopleSeeThem) {
  // e and an accent; a family of four; a flag.
  EditBuffer buffer = holding("e\u0301\U0001F468\u200D\U0001F469\u200D\U0001F467\U0001F1E8\U0001F1ED");
  buffer.left();
  EXPECT_EQ(buffer.text().substr(buffer.cursor()), "\U0001F1E8\U0001F1ED");
  buffer.erase_back();
  EXPECT_EQ(buffer.text(), "e\u0301\U0001F1E8\U0001F1ED");
  buffer.erase_back();
  EXPECT_EQ(buffer.cursor(), 0u);
  buffer.erase_back();
  buffer.erase();
  EXPECT_EQ(buffer.text(), "");
  buffer.left();
  buffer.right();
  buffer.erase();
  EXPECT_EQ(buffer.cursor(), 0u);
}

TEST(EditBuffer, KillsAndYanksWordsAndLines) {
  EditBuffer buffer = holding("set first_name = 1");
  buffer.word_left();
  buffer.word_left();
  buffer.kill_word();
  EXPECT_EQ(buffer.text(), "set  = 1");
  buffer.yank();
  EXPECT_EQ(buffer.text(), "set first_name = 1");
  buffer.kill_word_back();
  buffer.kill_to_end();
  EXPECT_EQ(buffer.text(), "set ");
  buffer.kill_to_start();
  EXPECT_EQ(buffer.text(), "");
  buffer.yank();
  EXPECT_EQ(buffer.text(), "set ");
}

TEST(EditBuffer, KeepsTheColumnFromLineToLineWhereItCan) {
  EditBuffer buffer = holding("a long line\nxy\nanother");
  EXPECT_TRUE(buffer.up());
  EXPECT_EQ(buffer.cursor(), 14u);
  EXPECT_TRUE(buffer.up());
  EXPECT_EQ(buffer.cursor(), 2u);
  EXPECT_FALSE(buffer.up());
  EXPECT_TRUE(buffer.down());
  EXPECT_TRUE(buffer.down());
  EXPECT_FALSE(buffer.down());
  buffer.line_start();
  EXPECT_EQ(buffer.cursor(), 15u);
  buffer.erase_back();
  EXPECT_EQ(buffer.text(), "a long line\nxyanother");
}

TEST(EditBuffer, TransposesTwoCharacters) {
  EditBuffer buffer = holding("ab\u00E9");
  buffer.transpose();
  EXPECT_EQ(buffer.text(), "a\u00E9" "b");
  EditBuffer one = holding("a");
  one.transpose();
  EXPECT_EQ(one.text(), "a");
}

TEST(EditBuffer, SurvivesBytesThatAreNoText) {
  EditBuffer buffer = holding("\xFF\xC3(\xE2\x82");
  for (int i = 0; i < 10; ++i) buffer.left();
  EXPECT_EQ(buffer.cursor(), 0u);
  for (int i = 0; i < 10; ++i) buffer.erase();
  EXPECT_EQ(buffer.text(), "");
}

}  // namespace
}  // namespace relay::repl
