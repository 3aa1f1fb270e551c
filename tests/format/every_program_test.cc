// Every program of the tree keeps its meaning and its comments in the canonical layout, as written and in layouts that
// nobody would choose.

#include <cstdlib>
#include <filesystem>
#include <random>
#include <sstream>
#include <vector>

#include "lang/lexer.h"
#include "sameness.h"

namespace relay {
namespace {

namespace fs = std::filesystem;

// The programs below these folders that parse.
std::vector<fs::path> programs_in(std::initializer_list<const char*> folders) {
  std::vector<fs::path> paths;
  for (const char* folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(RELAY_ROOT) / folder)) {
      if (entry.is_regular_file() && parsed(text_of(entry.path())).diagnostics.empty())
        paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<fs::path> every_program() {
  std::vector<fs::path> paths = programs_in({"fuzz/corpus/program", "fuzz/corpus/parser"});
  for (const char* folder : {"examples", "tests/script", "bench", "src/lang", "tests/format"}) {
    for (const fs::path& path : programs_in({folder})) {
      if (path.extension() == ".rl") paths.push_back(path);
    }
  }
  return paths;
}

std::vector<std::string> comments_in(const std::string& text) {
  std::vector<std::string> comments;
  for (const Comment& comment : parsed(text).comments) {
    std::string words = text.substr(comment.span.begin, comment.span.end - comment.span.begin);
    words.erase(std::remove_if(words.begin(), words.end(), [](char c) { return c == ' ' || c == '\n' || c == '\r'; }), words.end());
    comments.push_back(words);
  }
  std::sort(comments.begin(), comments.end());
  return comments;
}

// Moves the tokens of a program about without changing what it says: blanks and line breaks where they mean nothing,
// comments between any two tokens. Which places those are, the parser tells: a change that it reads otherwise is taken back.
class Shuffler {
 public:
  Shuffler(std::string text, unsigned seed) : random_(seed), dump_(dump(*parsed(text).module)), text_(std::move(text)) {}

  std::string run() {
    for (int round = 0; round < 12; ++round) {
      std::string changed = change();
      const ParseResult result = parsed(changed);
      if (result.diagnostics.empty() && dump(*result.module) == dump_) text_ = std::move(changed);
    }
    return text_;
  }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  // The gaps between tokens, of which each is changed with the chance of 1 to `rarity`.
  std::string change() {
    const std::size_t rarity = std::size_t{1} << below(8);
    const std::size_t what = below(4);
    std::vector<Diagnostic> none;
    const auto file = std::make_shared<SourceFile>("test.rl", text_);
    Reporter reporter(file, none);
    const LexResult lexed = lex(reporter);
    std::string out;
    std::size_t from = 0;
    for (const Token& token : lexed.tokens) {
      std::string gap = text_.substr(from, token.span.begin - from);
      if (below(rarity) == 0) change_gap(gap, what);
      out += gap + text_.substr(token.span.begin, token.span.end - token.span.begin);
      from = token.span.end;
    }
    return out;
  }

  void change_gap(std::string& gap, std::size_t what) {
    static const char* const kComments[] = {" /* a */ ", " // b\n", "\n// c\n", "\n\n/* d\n * e */\n", " /* f\n g */ ", "\n    // h\n\n    // i\n"};
    const bool is_blank = gap.find_first_not_of(" \n") == std::string::npos;
    if (what == 0 && is_blank && !gap.empty()) gap = " ";
    if (what == 1) gap += "\n";
    if (what == 2) gap += "\n\n  \n";
    if (what == 3) gap += kComments[below(std::size(kComments))];
  }

  std::mt19937 random_;
  std::string dump_;
  std::string text_;
};

TEST(EveryProgram, MeansTheSameWhenFormatted) {
  const std::vector<fs::path> paths = every_program();
  EXPECT_GT(paths.size(), 400u);
  for (const fs::path& path : paths) {
    SCOPED_TRACE(path.string());
    const std::string text = text_of(path);
    EXPECT_EQ(comments_in(text), comments_in(expect_same_program(text)));
    if (testing::Test::HasFailure()) return;
  }
}

TEST(EveryProgram, KeepsEachLineWithinTheWidthWhereItCanBeBroken) {
  for (const fs::path& path : programs_in({"examples"})) {
    if (path.extension() != ".rl") continue;
    std::istringstream lines(formatted(text_of(path)));
    for (std::string line; std::getline(lines, line);) {
      const bool ends_in_a_comment = line.find("//") != std::string::npos;
      EXPECT_TRUE(ends_in_a_comment || line.size() <= 100) << path << ": " << line;
    }
  }
}

// How many layouts of each program are tried; RELAY_FORMAT_SEEDS asks for more.
unsigned seeds() {
  const char* wanted = std::getenv("RELAY_FORMAT_SEEDS");
  return wanted == nullptr ? 2 : static_cast<unsigned>(std::atoi(wanted));
}

TEST(EveryProgram, MeansTheSameHoweverItIsLaidOut) {
  for (const fs::path& path : every_program()) {
    const std::string text = text_of(path);
    if (text.size() > 20'000) continue;
    for (unsigned seed = 1; seed <= seeds(); ++seed) {
      SCOPED_TRACE(path.string() + " with seed " + std::to_string(seed));
      const std::string shuffled = Shuffler(text, seed).run();
      EXPECT_EQ(comments_in(shuffled), comments_in(expect_same_program(shuffled)));
      if (testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace relay
