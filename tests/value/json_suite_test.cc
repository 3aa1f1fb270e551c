#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "value/json_reader.h"

namespace relay {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// The table of docs/json.md, rows like "| `i_name.json` | read | why |": text name to "read" or "refused".
std::map<std::string, std::string> decisions() {
  std::map<std::string, std::string> table;
  std::istringstream page(contents(fs::path(RELAY_SOURCE_DIR) / "docs/json.md"));
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `i_")) continue;
    const std::size_t end = line.find("` | ");
    const std::size_t verdict = end + 4;
    table[line.substr(3, end - 3)] = line.substr(verdict, line.find(" |", verdict) - verdict);
  }
  return table;
}

TEST(JsonSuite, IsReadAsItsNamesAndTheTableOfTheDocumentationSay) {
  const fs::path folder = fs::path(RELAY_SOURCE_DIR) / "../shared/data/json-test-suite/test_parsing";
  if (!fs::exists(folder)) GTEST_SKIP() << "the JSON test suite is not at " << folder;
  auto table = decisions();
  std::map<char, int> seen;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const bool is_read = read_json(contents(entry.path())).has_value();
    ++seen[name[0]];
    const std::string expected = name[0] == 'y' ? "read" : name[0] == 'n' ? "refused" : table[name];
    EXPECT_EQ(is_read ? "read" : "refused", expected) << name;
  }
  EXPECT_GE(seen['y'], 95);
  EXPECT_GE(seen['n'], 188);
  EXPECT_EQ(seen['i'], static_cast<int>(table.size()));
}

}  // namespace
}  // namespace relay
