#pragma once

#include <termios.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "repl/picture.h"

namespace relay::repl {

// The terminal on standard input and output: its mode, its size, what is written to it. Leaves it as it was found.
//
// Thread: the session's; window() from any.
class Terminal {
 public:
  // kEditing: every key comes at once, none is echoed or means a signal. kRunning: the same, but Ctrl-C is a signal.
  // kLines: as the program that reads a line expects it.
  enum class Mode { kAsFound, kEditing, kRunning, kLines };

  // Whether both are a terminal that understands what an editor sends.
  [[nodiscard]] static bool is_there();

  Terminal();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void set(Mode mode);
  [[nodiscard]] static Window window();
  [[nodiscard]] Colours colours() const { return colours_; }
  void write(std::string_view text) const;

  // Shows a picture where the last one stood.
  void draw(const Picture& picture);
  // Takes the picture away; the cursor stands where it began.
  void erase();
  // The picture stays; the cursor goes to the line behind it.
  void leave(const Picture& picture);
  void clear_screen() const { write("\x1b[H\x1b[2J"); }
  static void drop_typed_ahead();
  // Stops the process until the shell lets it go on.
  void suspend();

 private:
  void go_to_start(std::string& out) const;
  [[nodiscard]] std::size_t rows_above() const;

  termios found_{};
  Mode mode_ = Mode::kAsFound;
  Colours colours_;
  bool is_drawn_ = false;
  // Of the picture that is drawn: the widths of the rows above the cursor, and where it stands in its own.
  std::vector<std::size_t> widths_above_;
  std::size_t cursor_column_ = 0;
};

// What programs print, made fit for a terminal: control characters but line breaks and tabs as escapes. Characters may
// come in pieces.
class OutputFilter {
 public:
  [[nodiscard]] std::string filtered(std::string_view bytes);

 private:
  std::string rest_;  // of a character that has not come whole
};

}  // namespace relay::repl
