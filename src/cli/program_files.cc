#include "cli/program_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace relay::cli {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
  return path.extension() == ".rl" || path.extension() == ".relay";
}
bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

}  // namespace

Result<std::vector<std::string>> program_files(const std::string& operand) {
  std::error_code error;
  if (!fs::is_directory(operand, error)) return std::vector<std::string>{operand};
  std::vector<std::string> files;
  fs::recursive_directory_iterator walk(operand, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    const bool is_passed_over = is_hidden(walk->path()) || walk->is_symlink(error);
    if (is_passed_over) {
      walk.disable_recursion_pending();
    } else if (is_program(walk->path()) && walk->is_regular_file(error)) {
      files.push_back(walk->path().string());
    }
  }
  if (error) return Error{Errc::kIo, "cannot read " + operand + ": " + error.message()};
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace relay::cli
