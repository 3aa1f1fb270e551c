#include "repl/history.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace relay::repl {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kOwnerOnlyFolder = 0700;

std::string escaped(const std::string& input) {
  std::string line;
  for (const char c : input) {
    if (c == '\n') {
      line += "\\n";
    } else if (c == '\\') {
      line += "\\\\";
    } else {
      line += c;
    }
  }
  return line + "\n";
}

std::string unescaped(const std::string& line) {
  std::string input;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_escape = line[i] == '\\' && i + 1 < line.size();
    if (!is_escape) {
      input += line[i];
    } else {
      input += line[++i] == 'n' ? '\n' : line[i];
    }
  }
  return input;
}

// Each folder of the path that is missing; what cannot be made shows when the file is opened.
void make_folders(const std::string& path) {
  for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
    mkdir(path.substr(0, end).c_str(), kOwnerOnlyFolder);
  }
}

bool write_whole(int descriptor, const std::string& text) {
  return write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace

History::History(std::string path) : path_(std::move(path)) {
  if (path_.empty()) return;
  make_folders(path_);
  read();
}

void History::read() {
  std::ifstream file(path_, std::ios::binary);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    if (line.empty() || line.size() > 2 * kMostEntryBytes) continue;
    entries_.push_back(unescaped(line));
    if (entries_.size() > kMostEntries) entries_.pop_front();
  }
  if (lines > 2 * kMostEntries) rewrite();
}

// To a file of its own first: another session may append meanwhile, and must not find half of it.
void History::rewrite() {
  const std::string fresh = path_ + "." + std::to_string(getpid());
  const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) return;
  std::string text;
  for (const std::string& entry : entries_) text += escaped(entry);
  const bool is_whole = write_whole(descriptor, text);
  close(descriptor);
  if (!is_whole || std::rename(fresh.c_str(), path_.c_str()) != 0) unlink(fresh.c_str());
}

void History::add(const std::string& input) {
  const bool is_kept = !input.empty() && input.front() != ' ' && input.size() <= kMostEntryBytes;
  if (!is_kept || (!entries_.empty() && entries_.back() == input)) return;
  entries_.push_back(input);
  if (entries_.size() > kMostEntries) entries_.pop_front();
  if (!path_.empty()) append(input);
}

void History::append(const std::string& input) {
  const int descriptor = open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) return note(std::strerror(errno));
  if (!write_whole(descriptor, escaped(input))) note(std::strerror(errno));
  close(descriptor);
}

void History::note(const std::string& what) {
  problem_ = "the history is not kept: cannot write " + path_ + ": " + what;
  path_.clear();
}

std::optional<std::size_t> History::find(const std::string& part, std::size_t age) const {
  for (; age < entries_.size(); ++age) {
    if (entry(age).find(part) != std::string::npos) return age;
  }
  return std::nullopt;
}

std::string history_path() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state == '/') return std::string(state) + "/relay/history";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : std::string(home) + "/.local/state/relay/history";
}

}  // namespace relay::repl
