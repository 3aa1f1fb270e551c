#pragma once

#include <cstddef>
#include <string_view>

namespace relay::http {

// Finds the lines of a head or trailer in text that grows at its end. A line ends with CR LF and holds no control
// character but the tab; a lone CR, a lone LF and every other control character is an error as soon as it is seen.
class LineScanner {
 public:
  enum class Status { kLine, kIncomplete, kBadByte, kTooLong };

  // Looks for the end of the line that begins at line_begin(). `text` begins with the same bytes at each call; nothing
  // at or behind `limit` is looked at, and a line that needs more is kTooLong.
  [[nodiscard]] Status next(std::string_view text, std::size_t limit);

  // After kLine: the line without CR LF. Only until next() is called again.
  [[nodiscard]] std::string_view line(std::string_view text) const {
    return text.substr(line_begin_, line_end_ - line_begin_);
  }
  [[nodiscard]] std::size_t line_begin() const { return line_begin_; }
  // Moves on behind the line found.
  void advance() { line_begin_ = scanned_ = line_end_ + 2; }
  void reset() { *this = LineScanner(); }

 private:
  std::size_t line_begin_ = 0;
  std::size_t line_end_ = 0;
  std::size_t scanned_ = 0;
};

}  // namespace relay::http
