#include "base/diagnostic.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

std::shared_ptr<const SourceFile> file_of(std::string text) {
  return std::make_shared<SourceFile>("dir/program.rl", std::move(text));
}

Diagnostic error_at(const std::string& text, std::string_view marked, std::string hint = "") {
  const auto begin = static_cast<std::uint32_t>(text.find(marked));
  const auto end = static_cast<std::uint32_t>(begin + marked.size());
  Diagnostic diagnostic;
  diagnostic.message = "what is wrong";
  diagnostic.place = {file_of(text), {begin, end}};
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

std::string plain(const Diagnostic& diagnostic) { return render(diagnostic, Colours::kOff); }

TEST(Diagnostic, ShowsTheFrameOfTheSpecification) {
  const std::string text = std::string(11, '\n') + "    incremnt(1)\n";
  Diagnostic diagnostic = error_at(text, "incremnt", "did you mean `increment`?");
  diagnostic.message = "undefined function: incremnt";
  diagnostic.trace = {{"update", diagnostic.place}, {"blog_server.save", {diagnostic.place.file, {0, 1}}}};
  EXPECT_EQ(plain(diagnostic),
            "error: undefined function: incremnt\n"
            "  --> dir/program.rl:12:5\n"
            "   |\n"
            "12 |     incremnt(1)\n"
            "   |     ^^^^^^^^ did you mean `increment`?\n"
            "   at update (dir/program.rl:12:5)\n"
            "   at blog_server.save (dir/program.rl:1:1)\n");
}

TEST(Diagnostic, AlignsTheMarginToTheDigitsOfTheLineNumber) {
  EXPECT_EQ(plain(error_at("a b", "b")),
            "error: what is wrong\n"
            " --> dir/program.rl:1:3\n"
            "  |\n"
            "1 | a b\n"
            "  |   ^\n");
  EXPECT_EQ(plain(error_at(std::string(999, '\n') + "a b", "b")),
            "error: what is wrong\n"
            "    --> dir/program.rl:1000:3\n"
            "     |\n"
            "1000 | a b\n"
            "     |   ^\n");
}

TEST(Diagnostic, ShowsNotesBelowTheFrame) {
  Diagnostic diagnostic = error_at("a b", "b");
  diagnostic.notes = {"first", "second"};
  EXPECT_TRUE(plain(diagnostic).ends_with("  |   ^\n  = note: first\n  = note: second\n"));
}

TEST(Diagnostic, NamesAWarningAsOne) {
  Diagnostic diagnostic = error_at("a", "a");
  diagnostic.severity = Diagnostic::Severity::kWarning;
  EXPECT_TRUE(plain(diagnostic).starts_with("warning: what is wrong\n"));
}

TEST(Diagnostic, WithoutAFileIsItsMessageAlone) {
  Diagnostic diagnostic;
  diagnostic.message = "no such file";
  EXPECT_EQ(plain(diagnostic), "error: no such file\n");
  diagnostic.hint = "look elsewhere";
  EXPECT_EQ(plain(diagnostic), "error: no such file\n  = hint: look elsewhere\n");
}

TEST(Diagnostic, CountsColumnsInCodePointsAndDrawsWideOnesInTwoCells) {
  const std::string shown = plain(error_at("é中 x", "x"));
  EXPECT_NE(shown.find("program.rl:1:4\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("1 | é中 x\n  |     ^\n"), std::string::npos) << shown;
}

TEST(Diagnostic, DrawsATabAsFourBlanksInTheLineAndTheMarks) {
  EXPECT_TRUE(plain(error_at("\tx\ty", "y")).ends_with("1 |     x    y\n  |          ^\n"));
}

TEST(Diagnostic, UnderlinesTheFirstLineOfALongerPlace) {
  EXPECT_TRUE(plain(error_at("f(1,\n  2)\n", "(1,\n  2)")).ends_with("1 | f(1,\n  |  ^^^\n"));
}

TEST(Diagnostic, PointsBehindTheLastCharacterAtTheEndOfTheFile) {
  Diagnostic diagnostic = error_at("ab", "b");
  diagnostic.place.span = {2, 2};
  EXPECT_TRUE(plain(diagnostic).ends_with("program.rl:1:3\n  |\n1 | ab\n  |   ^\n"));
  diagnostic.place = {file_of("ab\n"), {3, 3}};
  EXPECT_TRUE(plain(diagnostic).ends_with("program.rl:2:1\n  |\n2 |\n  | ^\n"));
}

TEST(Diagnostic, CutsALongLineAroundTheMarkedPlace) {
  const std::string shown = plain(error_at(std::string(5000, 'a') + "XY" + std::string(5000, 'b'), "XY"));
  EXPECT_NE(shown.find("program.rl:1:5001\n"), std::string::npos);
  EXPECT_NE(shown.find("1 | ..." + std::string(30, 'a') + "XY" + std::string(68, 'b') + "...\n"), std::string::npos) << shown;
  EXPECT_TRUE(shown.ends_with("  | " + std::string(33, ' ') + "^^\n")) << shown;
}

TEST(Diagnostic, CutsOnlyTheEndOfALongLineMarkedAtItsStart) {
  const std::string shown = plain(error_at("X" + std::string(500, 'b'), "X"));
  EXPECT_NE(shown.find("1 | X" + std::string(99, 'b') + "...\n  | ^\n"), std::string::npos) << shown;
}

TEST(Diagnostic, KeepsALineOfTheFullWidth) {
  const std::string line = std::string(99, 'a') + "X";
  EXPECT_NE(plain(error_at(line, "X")).find("1 | " + line + "\n"), std::string::npos);
}

TEST(Diagnostic, ShowsNoControlCharacterToATerminal) {
  const std::string shown = plain(error_at("a\x1b[2Jb \xFF x", "x"));
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  EXPECT_TRUE(shown.ends_with("1 | a\uFFFD[2Jb \uFFFD x\n  |          ^\n")) << shown;
}

TEST(Diagnostic, ColoursOnlyWhenAsked) {
  const Diagnostic diagnostic = error_at("a", "a", "hint");
  EXPECT_EQ(plain(diagnostic).find('\x1b'), std::string::npos);
  const std::string shown = render(diagnostic, Colours::kOn);
  EXPECT_TRUE(shown.starts_with("\x1b[1;31merror\x1b[0m")) << shown;
  EXPECT_NE(shown.find("\x1b[1;31m^ hint\x1b[0m\n"), std::string::npos) << shown;
}

TEST(NearestName, FindsATypingMistake) {
  const std::vector<std::string> names = {"increment", "decrement", "print", "get_posts"};
  EXPECT_EQ(nearest_name("incremnt", names), "increment");
  EXPECT_EQ(nearest_name("pritn", names), "print");
  EXPECT_EQ(nearest_name("getPosts", names), "get_posts");
  EXPECT_EQ(nearest_name("PRINT", names), "print");
}

TEST(NearestName, IsEmptyWhenNothingIsClose) {
  EXPECT_EQ(nearest_name("zebra", {"increment", "print"}), "");
  EXPECT_EQ(nearest_name("x", {"y", "z"}), "");
  EXPECT_EQ(nearest_name("", {"a"}), "");
  EXPECT_EQ(nearest_name("a", {}), "");
}

TEST(NearestName, PrefersTheClosestAndThenTheAlphabet) {
  EXPECT_EQ(nearest_name("coun", {"mount", "count"}), "count");
  EXPECT_EQ(nearest_name("bat", {"cat", "bar"}), "bar");
}

TEST(NearestName, NeverProposesTheNameItself) { EXPECT_EQ(nearest_name("abc", {"abc"}), ""); }

}  // namespace
}  // namespace relay
