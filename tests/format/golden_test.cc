// The layout itself: golden/NAME.rl becomes golden/NAME.formatted.rl.

#include <filesystem>

#include "sameness.h"

namespace relay {
namespace {

namespace fs = std::filesystem;

void expect_golden(const std::string& name) {
  const fs::path folder = fs::path(RELAY_ROOT) / "tests/format/golden";
  EXPECT_EQ(expect_same_program(text_of(folder / (name + ".rl"))),
            text_of(folder / (name + ".formatted.rl")));
}

TEST(Layout, KeepsCommentsWhereTheyAre) { expect_golden("comments"); }
TEST(Layout, HasOneSpacing) { expect_golden("spacing"); }
TEST(Layout, PutsEmptyLinesAroundDefinitions) { expect_golden("definitions"); }
TEST(Layout, BreaksWhatIsTooWide) { expect_golden("width"); }
TEST(Layout, BreaksLinesOnlyWhereTheyMeanNothing) { expect_golden("lines"); }

TEST(Layout, OfTheExamplesIsTheirs) {
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(RELAY_ROOT) / "examples")) {
    if (entry.path().extension() != ".rl") continue;
    EXPECT_EQ(formatted(text_of(entry.path())), text_of(entry.path()))
        << entry.path() << ": run `relay fmt` on it";
  }
}

TEST(Layout, OfNothingIsNothing) {
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n \n\t\n"), "");
}

TEST(Layout, EndsWithOneLineBreak) {
  EXPECT_EQ(formatted("a"), "a\n");
  EXPECT_EQ(formatted("a\n\n\n"), "a\n");
  EXPECT_EQ(formatted("// only a comment"), "// only a comment\n");
}

TEST(Layout, HasPlainLineBreaks) { EXPECT_EQ(formatted("a\r\n/* b\r\nc */\r\n\"d\r\ne\"\r\n"), "a\n/* b\nc */\n\"d\ne\"\n"); }

TEST(Layout, HasNoByteOrderMark) { EXPECT_EQ(formatted("\xEF\xBB\xBF#!/bin/relay\r\na"), "#!/bin/relay\na\n"); }

TEST(Layout, KeepsTheFirstLineOfAScript) {
  EXPECT_EQ(formatted("#!/usr/bin/env relay  \n\n\na"), "#!/usr/bin/env relay\n\na\n");
  EXPECT_EQ(formatted("#!/usr/bin/env relay"), "#!/usr/bin/env relay\n");
}

TEST(Layout, CountsCharactersAndNotBytes) {
  const std::string wide = "print(\"" + std::string(40, 'a') + "\", \"" + std::string(46, 'b') + "\")";
  EXPECT_EQ(wide.size(), 99u);
  EXPECT_EQ(formatted(wide), wide + "\n");
  std::string accents = "print(\"";
  for (int i = 0; i < 86; ++i) accents += "\xC3\xA9";
  accents += "\", 1)";
  EXPECT_EQ(formatted(accents), accents + "\n");
}

TEST(Layout, OfDeepNestingTakesNoLongerThanItsText) {
  std::string text = "x";
  for (int i = 0; i < 60; ++i) text = "f(fn (a) { [" + text + ", {b: a.c(1).d(2)}] })";
  EXPECT_EQ(formatted(formatted(text)), formatted(text));
}

TEST(Layout, OfLongListsIsMade) {
  std::string text = "[";
  for (int i = 0; i < 20'000; ++i) text += "a + " + std::to_string(i) + ", ";
  text += "1]\n";
  for (int i = 0; i < 20'000; ++i) text += "if a { b } else ";
  (void)expect_same_program(text + "{ c }");
}

}  // namespace
}  // namespace relay
