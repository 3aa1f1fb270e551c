#include "repl/editor.h"

#include <gtest/gtest.h>

#include "repl/completeness.h"

namespace relay::repl {
namespace {

// An editor that is typed into as at a terminal.
class Typing {
 public:
  Typing() : editor(history, {.is_whole = [](std::string_view text) { return completeness(text) == Completeness::kWhole; },
                              .complete = [this](std::string_view, std::size_t) { return completion; }}) {}

  Editor::Event type(std::string_view bytes) {
    KeyReader reader;
    reader.add(bytes);
    Editor::Event last = Editor::Event::kNone;
    while (auto key = reader.take()) {
      last = editor.handle(*key);
      if (last == Editor::Event::kAccepted) history.add(accepted = editor.take());
    }
    return last;
  }
  [[nodiscard]] std::string rows() const {
    std::string all;
    for (const std::string& row : editor.picture({40, 10}, Colours::kOff).rows) all += row + "\n";
    return all;
  }

  History history;
  Completion completion;
  std::string accepted;
  Editor editor;
};

constexpr const char* kUp = "\x1b[A";
constexpr const char* kDown = "\x1b[B";

TEST(Editor, EnterEndsAWholeInputAndBeginsALineInAnother) {
  Typing typing;
  EXPECT_EQ(typing.type("1 + 2\r"), Editor::Event::kAccepted);
  EXPECT_EQ(typing.accepted, "1 + 2");
  typing.type("fn f(x) {\rif x {\r1\r}\r}\r");
  EXPECT_EQ(typing.accepted, "fn f(x) {\n  if x {\n    1\n  }\n}");
  typing.type("1\x1b\r+ 2\r");
  EXPECT_EQ(typing.accepted, "1\n+ 2");
}

TEST(Editor, BlanksAreNotPutIntoAStringThatGoesOn) {
  Typing typing;
  typing.type("[\"a\rb\"]\r");
  EXPECT_EQ(typing.accepted, "[\"a\nb\"]");
}

TEST(Editor, APasteOfSeveralLinesWaitsForEnter) {
  Typing typing;
  EXPECT_EQ(typing.type("\x1b[200~set a = 1\rset b = 2\x1b[201~"), Editor::Event::kNone);
  EXPECT_EQ(typing.type("\r"), Editor::Event::kAccepted);
  EXPECT_EQ(typing.accepted, "set a = 1\nset b = 2");
}

TEST(Editor, GoesThroughEarlierInputsAndBackToWhatWasTyped) {
  Typing typing;
  typing.type("first\rsecond\r");
  typing.type("draft");
  typing.type(kUp);
  EXPECT_EQ(typing.editor.buffer().text(), "second");
  typing.type(std::string(kUp) + kUp + kUp);
  EXPECT_EQ(typing.editor.buffer().text(), "first");
  typing.type(std::string(kDown) + kDown);
  EXPECT_EQ(typing.editor.buffer().text(), "draft");
  typing.type(kDown);
  EXPECT_EQ(typing.editor.buffer().text(), "draft");
}

TEST(Editor, SearchesEarlierInputs) {
  Typing typing;
  typing.type("set apple = 1\rset pear = 2\rapple\r");
  typing.type("typed\x12" "set");
  EXPECT_EQ(typing.editor.buffer().text(), "set pear = 2");
  EXPECT_EQ(typing.rows(), "search `set`: set pear = 2\n");
  typing.type("\x12");
  EXPECT_EQ(typing.editor.buffer().text(), "set apple = 1");
  typing.type("zzz");
  EXPECT_EQ(typing.rows().substr(0, 9), "not found");
  typing.type("\x03");
  EXPECT_EQ(typing.editor.buffer().text(), "typed");
  typing.type("\x12" "pear\r");
  EXPECT_EQ(typing.accepted, "set pear = 2");
}

TEST(Editor, TabPutsWhatAllCandidatesShareAndThenLists) {
  Typing typing;
  typing.type("co");
  typing.completion = {0, {"concat", "contains"}};
  typing.type("\t");
  EXPECT_EQ(typing.editor.buffer().text(), "con");
  EXPECT_TRUE(typing.editor.take_candidates().empty());
  typing.type("\t");
  EXPECT_EQ(typing.editor.take_candidates(), (std::vector<std::string>{"concat", "contains"}));
  EXPECT_TRUE(typing.editor.take_candidates().empty());
  typing.completion = {0, {"contains"}};
  typing.type("\t");
  EXPECT_EQ(typing.editor.buffer().text(), "contains");
  typing.completion = {};
  typing.type("\t");
  EXPECT_EQ(typing.editor.buffer().text(), "contains");
}

TEST(Editor, CtrlDLeavesOnlyAnEmptyLine) {
  Typing typing;
  EXPECT_EQ(typing.type("ab\x01\x04"), Editor::Event::kNone);
  EXPECT_EQ(typing.editor.buffer().text(), "b");
  EXPECT_EQ(typing.type("\x04"), Editor::Event::kNone);
  EXPECT_EQ(typing.type("\x04"), Editor::Event::kEnded);
  EXPECT_EQ(typing.type("x\x03"), Editor::Event::kInterrupted);
}

TEST(Editor, ShowsALongLineInSeveralRowsAndTheCursorInItsPlace) {
  Typing typing;
  typing.type(std::string(50, 'a') + "\x01");
  const Picture shown = typing.editor.picture({40, 10}, Colours::kOff);
  ASSERT_EQ(shown.rows.size(), 2u);
  EXPECT_EQ(shown.rows[0], "relay> " + std::string(33, 'a'));
  EXPECT_EQ(shown.rows[1], std::string(17, 'a'));
  EXPECT_EQ(shown.cursor_row, 0u);
  EXPECT_EQ(shown.cursor_column, 7u);
}

TEST(Editor, ShowsWideCharactersControlCharactersAndColours) {
  const Picture wide = picture("\u4E2D\x1b[", 3, {}, {40, 10}, Colours::kOff);
  EXPECT_EQ(wide.rows[0], "relay> \u4E2D^[[");
  EXPECT_EQ(wide.cursor_column, 9u);
  const Picture coloured = picture("set x = \"a\"", 0, {}, {40, 10}, Colours::kOn);
  EXPECT_NE(coloured.rows[0].find("\x1b[35mset\x1b[0m x = \x1b[32m\"a\"\x1b[0m"), std::string::npos) << coloured.rows[0];
}

TEST(Editor, ShowsOfALongInputWhatFitsIntoTheWindow) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line\n";
  const Picture end = picture(text, text.size(), {}, {40, 10}, Colours::kOff);
  EXPECT_EQ(end.rows.size(), 10u);
  EXPECT_EQ(end.cursor_row, 9u);
  EXPECT_EQ(picture(text, 0, {}, {40, 10}, Colours::kOff).cursor_row, 0u);
}

}  // namespace
}  // namespace relay::repl
