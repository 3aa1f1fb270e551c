#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace relay::repl {

// The inputs of this session and those before it, kept in a file of the user's alone.
//
// Bound:  kMostEntries; an input over kMostEntryBytes, or one that begins with a blank, is not kept.
// Errors: a file that cannot be read or written is no failure: take_problem() says so once, and the session keeps its own.
// Wire:   one input a line, `\` and line breaks in it as `\\` and `\n`. Several sessions append to one file.
class History {
 public:
  static constexpr std::size_t kMostEntries = 1000;
  static constexpr std::size_t kMostEntryBytes = 16 * 1024;

  History() = default;
  // Reads the file, and makes its folders where there are none. An empty path: nothing is kept.
  explicit History(std::string path);

  // Repeats of the newest are left out.
  void add(const std::string& input);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  // 0 is the newest.
  [[nodiscard]] const std::string& entry(std::size_t age) const { return entries_[entries_.size() - 1 - age]; }
  // The age of the newest entry from `age` on that holds `part`.
  [[nodiscard]] std::optional<std::size_t> find(const std::string& part, std::size_t age) const;
  // Once.
  [[nodiscard]] std::string take_problem() { return std::exchange(problem_, {}); }

 private:
  void read();
  void rewrite();
  void append(const std::string& input);
  void note(const std::string& what);

  std::string path_;
  std::deque<std::string> entries_;
  std::string problem_;
};

// $XDG_STATE_HOME/relay/history, or ~/.local/state/relay/history; empty without either.
[[nodiscard]] std::string history_path();

}  // namespace relay::repl
