#include "repl/picture.h"

#include <algorithm>
#include <utility>

#include "repl/edit_buffer.h"
#include "repl/style.h"

namespace relay::repl {
namespace {

constexpr std::size_t kTabColumns = 4;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

class Painter {
 public:
  Painter(std::string_view text, std::size_t cursor, const Prompts& prompts, const Window& window, Colours colours)
      : text_(text), cursor_(cursor), prompts_(prompts), columns_(std::max<std::size_t>(window.columns, 10)), colours_(colours) {
    if (colours == Colours::kOn) styles_ = highlight(text);
  }

  Picture paint() {
    begin_line(prompts_.first);
    for (std::size_t at = 0; at < text_.size();) {
      if (text_[at] == '\n') {
        if (at == cursor_) note_cursor();
        begin_line(prompts_.next);
        ++at;
        continue;
      }
      at += put(at);
    }
    if (cursor_ >= text_.size()) note_cursor();
    end_style();
    return std::move(made_);
  }

 private:
  void begin_line(const std::string& prompt) {
    new_row();
    made_.rows.back() = painted(prompt, Style::kFaint, colours_);
    widen(prompt.size());
  }

  void new_row() {
    end_style();
    made_.rows.emplace_back();
    made_.widths.push_back(0);
    column_ = 0;
  }

  void widen(std::size_t columns) {
    column_ += columns;
    made_.widths.back() = column_;
  }

  void note_cursor() {
    if (column_ == columns_) new_row();
    made_.cursor_row = made_.rows.size() - 1;
    made_.cursor_column = column_;
  }

  // Gives the bytes that it has shown.
  std::size_t put(std::size_t at) {
    const char c = text_[at];
    if (c == '\t') return show(std::string(kTabColumns, ' '), kTabColumns, at, 1);
    if (is_control(c)) return show({'^', static_cast<char>(c ^ 0x40)}, 2, at, 1);
    const Cluster cluster = cluster_at(text_, at);
    return show(std::string(text_.substr(at, cluster.bytes)), cluster.columns, at, cluster.bytes);
  }

  std::size_t show(const std::string& shown, std::size_t columns, std::size_t at, std::size_t bytes) {
    if (column_ + columns > columns_) new_row();
    if (at == cursor_) note_cursor();
    if (!styles_.empty()) set_style(styles_[at]);
    made_.rows.back() += shown;
    widen(columns);
    return bytes;
  }

  void set_style(Style style) {
    if (style == style_) return;
    end_style();
    made_.rows.back() += style_begin(style);
    style_ = style;
  }

  void end_style() {
    if (style_ != Style::kPlain) made_.rows.back() += style_end();
    style_ = Style::kPlain;
  }

  const std::string_view text_;
  const std::size_t cursor_;
  const Prompts& prompts_;
  const std::size_t columns_;
  const Colours colours_;
  std::vector<Style> styles_;
  Style style_ = Style::kPlain;
  std::size_t column_ = 0;
  Picture made_;
};

}  // namespace

Picture picture(std::string_view text, std::size_t cursor, const Prompts& prompts, const Window& window, Colours colours) {
  Picture whole = Painter(text, cursor, prompts, window, colours).paint();
  const std::size_t most = std::max<std::size_t>(window.rows, 1);
  if (whole.rows.size() <= most) return whole;
  const std::size_t last_first = whole.rows.size() - most;
  const std::size_t first = std::min(whole.cursor_row > most / 2 ? whole.cursor_row - most / 2 : 0, last_first);
  Picture part;
  part.rows.assign(whole.rows.begin() + static_cast<std::ptrdiff_t>(first),
                   whole.rows.begin() + static_cast<std::ptrdiff_t>(first + most));
  part.widths.assign(whole.widths.begin() + static_cast<std::ptrdiff_t>(first),
                     whole.widths.begin() + static_cast<std::ptrdiff_t>(first + most));
  part.cursor_row = whole.cursor_row - first;
  part.cursor_column = whole.cursor_column;
  return part;
}

}  // namespace relay::repl
