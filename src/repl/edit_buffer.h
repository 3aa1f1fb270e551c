#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relay::repl {

// The text that is being typed, and where. The cursor stands between characters as people see them (grapheme clusters), never
// inside one.
class EditBuffer {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t cursor() const { return cursor_; }
  void set(std::string text);  // the cursor at its end
  void insert(std::string_view text);
  void replace(std::size_t begin, std::size_t end, std::string_view text);

  void left();
  void right();
  void word_left();
  void word_right();
  void line_start();
  void line_end();
  // To the line above or below, as far to the right; false when there is none.
  bool up();
  bool down();

  void erase_back();
  void erase();
  // What these take away is yanked back.
  void kill_to_end();
  void kill_to_start();
  void kill_word_back();
  void kill_word();
  void yank() { insert(killed_); }
  // Exchanges the two characters around the cursor.
  void transpose();

 private:
  [[nodiscard]] std::size_t before(std::size_t at) const;
  [[nodiscard]] std::size_t after(std::size_t at) const;
  [[nodiscard]] std::size_t start_of_line(std::size_t at) const;
  [[nodiscard]] std::size_t end_of_line(std::size_t at) const;
  [[nodiscard]] std::size_t word_start() const;
  [[nodiscard]] std::size_t word_end() const;
  void kill(std::size_t begin, std::size_t end);
  void move_in_line(std::size_t start, std::size_t steps);

  std::string text_;
  std::size_t cursor_ = 0;
  std::string killed_;
};

// The size of the grapheme cluster at `at`, which lies inside the text, and the columns that it takes.
struct Cluster {
  std::size_t bytes = 1;
  std::size_t columns = 1;
};
[[nodiscard]] Cluster cluster_at(std::string_view text, std::size_t at);

}  // namespace relay::repl
