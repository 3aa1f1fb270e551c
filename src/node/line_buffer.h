#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "actor/world.h"

namespace relay::node {

// Bytes of an input on their way to lines.
//
// Bound:  `max_line` bytes a line; the bytes of a longer one are dropped up to its line break, and it is an error.
// Errors: kTooLarge.
class LineBuffer {
 public:
  explicit LineBuffer(std::size_t max_line) : max_line_(max_line) {}

  void add(std::string_view bytes) { buffer_.append(bytes); }
  // Nothing more comes: what is there is the last line.
  void end() { at_end_ = true; }
  [[nodiscard]] bool has_ended() const { return at_end_; }
  // A terminal goes on behind an end.
  void reopen() { at_end_ = false; }
  // Nothing while the next line is not whole; a line that is none at the end. `\r\n` is a line break too; invalid UTF-8 is
  // replaced by U+FFFD.
  [[nodiscard]] std::optional<Input::Line> take_line();
  // What no line was made of yet.
  [[nodiscard]] std::string take_rest();

 private:
  const std::size_t max_line_;
  std::string buffer_;
  std::size_t searched_ = 0;  // no line break before it
  bool at_end_ = false;
  bool too_long_ = false;  // within a line whose beginning has been dropped
};

}  // namespace relay::node
