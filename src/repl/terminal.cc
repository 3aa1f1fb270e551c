#include "repl/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/plain_text.h"
#include "base/utf8.h"

namespace relay::repl {
namespace {

constexpr std::string_view kPasteOn = "\x1b[?2004h";
constexpr std::string_view kPasteOff = "\x1b[?2004l";

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

std::string up(std::size_t rows) { return rows == 0 ? "" : "\x1b[" + std::to_string(rows) + "A"; }

}  // namespace

bool Terminal::is_there() {
  const char* kind = std::getenv("TERM");
  const bool is_able = kind != nullptr && *kind != '\0' && std::string_view(kind) != "dumb";
  return is_able && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

Terminal::Terminal() : colours_(is_set("NO_COLOR") ? Colours::kOff : Colours::kOn) { tcgetattr(STDIN_FILENO, &found_); }

Terminal::~Terminal() { set(Mode::kAsFound); }

// What is typed ahead must not be lost: nothing is flushed.
void Terminal::set(Mode mode) {
  if (mode == mode_) return;
  termios wanted = found_;
  // The flush of a Ctrl-C takes away what was written, but does not wake the writer that waits for room: it would sleep
  // for ever where nothing is left to be read.
  if (mode != Mode::kAsFound) wanted.c_lflag |= NOFLSH;
  if (mode == Mode::kEditing || mode == Mode::kRunning) {
    wanted.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
    wanted.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IXON);
    wanted.c_cc[VMIN] = 1;
    wanted.c_cc[VTIME] = 0;
  }
  if (mode == Mode::kEditing) wanted.c_lflag &= ~static_cast<tcflag_t>(ISIG);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &wanted);
  if (mode == Mode::kEditing) write(kPasteOn);
  if (mode_ == Mode::kEditing) write(kPasteOff);
  mode_ = mode;
}

Window Terminal::window() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
  return {size.ws_col, size.ws_row};
}

void Terminal::write(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    if (errno == EAGAIN) {
      pollfd room{STDOUT_FILENO, POLLOUT, 0};
      poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

void Terminal::go_to_start(std::string& out) const {
  out += "\r";
  if (is_drawn_) out += up(rows_above());
}

// A window that has become narrower since has broken rows that no longer fit.
std::size_t Terminal::rows_above() const {
  const std::size_t columns = window().columns;
  std::size_t rows = widths_above_.size() + cursor_column_ / columns;
  for (const std::size_t width : widths_above_) rows += width > columns ? (width - 1) / columns : 0;
  return rows;
}

void Terminal::draw(const Picture& picture) {
  std::string out;
  go_to_start(out);
  out += "\x1b[J";
  for (std::size_t row = 0; row < picture.rows.size(); ++row) {
    if (row > 0) out += "\r\n";
    out += picture.rows[row];
  }
  out += "\r" + up(picture.rows.size() - 1 - picture.cursor_row);
  if (picture.cursor_column > 0) out += "\x1b[" + std::to_string(picture.cursor_column) + "C";
  widths_above_.assign(picture.widths.begin(), picture.widths.begin() + static_cast<std::ptrdiff_t>(picture.cursor_row));
  cursor_column_ = picture.cursor_column;
  is_drawn_ = true;
  write(out);
}

void Terminal::erase() {
  if (!is_drawn_) return;
  std::string out;
  go_to_start(out);
  out += "\x1b[J";
  is_drawn_ = false;
  write(out);
}

void Terminal::leave(const Picture& picture) {
  draw(picture);
  write("\r\n");
  is_drawn_ = false;
}

void Terminal::drop_typed_ahead() { tcflush(STDIN_FILENO, TCIFLUSH); }

void Terminal::suspend() {
  const Mode before = mode_;
  set(Mode::kAsFound);
  kill(getpid(), SIGSTOP);
  set(before);
}

std::string OutputFilter::filtered(std::string_view bytes) {
  rest_ += bytes;
  std::string out;
  std::size_t at = 0;
  constexpr std::size_t kMostOfCharacter = 4;
  while (at < rest_.size()) {
    const Utf8Step step = decode_utf8(rest_, at);
    if (!step.valid && rest_.size() - at < kMostOfCharacter && static_cast<unsigned char>(rest_[at]) >= 0xC0) break;
    const bool is_layout = rest_[at] == '\n' || rest_[at] == '\t';
    out += is_layout ? std::string(1, rest_[at]) : plain_text(std::string_view(rest_).substr(at, step.size));
    at += step.size;
  }
  rest_.erase(0, at);
  return out;
}

}  // namespace relay::repl
