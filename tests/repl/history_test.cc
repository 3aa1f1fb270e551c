#include "repl/history.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace relay::repl {
namespace {

namespace fs = std::filesystem;

class HistoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "relay_history_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ + "/state/relay/history";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string folder_;
  std::string path_;
};

TEST_F(HistoryTest, IsKeptForTheNextSessionForTheUserAlone) {
  History first(path_);
  first.add("set x = 1");
  first.add("fn f() {\n  \"a\\nb\"\n}");
  struct stat facts {};
  ASSERT_EQ(stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  const History second(path_);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second.entry(0), "fn f() {\n  \"a\\nb\"\n}");
  EXPECT_EQ(second.entry(1), "set x = 1");
}

TEST_F(HistoryTest, LeavesOutRepeatsSecretsAndWhatIsTooLong) {
  History history(path_);
  for (const char* input : {"a", "a", "", " secret", "b", "a"}) history.add(input);
  history.add(std::string(History::kMostEntryBytes + 1, 'x'));
  EXPECT_EQ(history.size(), 3u);
  EXPECT_EQ(History(path_).size(), 3u);
}

TEST_F(HistoryTest, DoesNotGrowWithoutEnd) {
  {
    History history(path_);
    for (std::size_t i = 0; i < 2 * History::kMostEntries + 5; ++i) history.add(std::to_string(i));
    EXPECT_EQ(history.size(), History::kMostEntries);
  }
  const History next(path_);
  EXPECT_EQ(next.size(), History::kMostEntries);
  EXPECT_EQ(next.entry(0), std::to_string(2 * History::kMostEntries + 4));
  std::ifstream file(path_);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  EXPECT_EQ(lines, History::kMostEntries);
}

TEST_F(HistoryTest, AFolderThatCannotBeWrittenIsANoteAndNoFailure) {
  std::ofstream(folder_ + "/state") << "in the way";
  History history(path_);
  history.add("a");
  history.add("b");
  EXPECT_EQ(history.size(), 2u);
  EXPECT_NE(history.take_problem().find("the history is not kept"), std::string::npos);
  EXPECT_EQ(history.take_problem(), "");
}

TEST_F(HistoryTest, FindsTheNewestThatHoldsAText) {
  History history;
  for (const char* input : {"set apple = 1", "print(2)", "apple + 1"}) history.add(input);
  EXPECT_EQ(history.find("apple", 0), 0u);
  EXPECT_EQ(history.find("apple", 1), 2u);
  EXPECT_FALSE(history.find("pear", 0));
}

}  // namespace
}  // namespace relay::repl
