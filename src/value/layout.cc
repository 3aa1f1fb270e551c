#include "value/layout.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/plain_text.h"
#include "value/array.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

constexpr std::size_t kIndent = 2;
// Shorter parts stand side by side.
constexpr std::size_t kShortPart = 16;

std::string counted(std::size_t count, std::string_view what) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return "... " + digits + " more " + std::string(what);
}

bool has_parts(const Value& value) {
  if (value.is_array()) return array::size(value) > 0;
  if (value.is_object()) return object::size(value) > 0;
  return value.is_struct() && !structure::type(value)->fields.empty();
}

std::size_t part_count(const Value& value) {
  if (value.is_array()) return array::size(value);
  return value.is_object() ? object::size(value) : structure::type(value)->fields.size();
}

// `key: ` as an object shows it.
std::string key_text(const Value& key) {
  Value object = object::make();
  object::set(object, key, Value::nil());
  const std::string shown = display(object);  // {key: nil}
  constexpr std::string_view kEnd = "nil}";
  return shown.substr(1, shown.size() - 1 - kEnd.size());
}

class Layout {
 public:
  Layout(std::size_t columns, const Cut& cut) : columns_(columns), cut_(cut) {}

  std::string run(const Value& value) {
    begin(value);
    while (!open_.empty()) go_on();
    return std::move(out_);
  }

 private:
  struct Open {
    const Value* value;
    std::size_t position;  // of the next part
    std::size_t shown = 0;
    bool fills = false;    // the last part stands on a line that takes more
  };

  [[nodiscard]] std::size_t column() const {
    const std::size_t line = out_.rfind('\n');
    return width(std::string_view(out_).substr(line == std::string::npos ? 0 : line + 1));
  }

  void break_line() {
    out_ += '\n';
    out_.append(open_.size() * kIndent, ' ');
  }

  // The value on one line, when it fits into `room` columns.
  [[nodiscard]] static bool short_text(const Value& value, std::size_t room, std::string& text) {
    // A code point has four bytes at most; what is short enough in columns is found among those.
    constexpr std::size_t kMostBytesEach = 4;
    if (!append_display(text, value, Quotes::kQuoted, room * kMostBytesEach)) return false;
    text = plain_text(text);
    return width(text) <= room;
  }

  void begin(const Value& value) {
    const std::size_t used = column() + 1;  // a comma may follow
    std::string text;
    if (short_text(value, columns_ > used ? columns_ - used : 0, text)) {
      out_ += text;
      return;
    }
    if (!has_parts(value)) return leaf(value);
    if (open_.size() >= cut_.levels) {
      out_ += value.is_array() ? "[...]" : "{...}";
      return;
    }
    if (value.is_struct()) out_ += string::text(structure::type(value)->name);
    out_ += value.is_array() ? '[' : '{';
    open_.push_back({&value, value.is_object() ? object::first(value) : 0});
  }

  void leaf(const Value& value) {
    if (value.is_string() && string::text(value).size() > cut_.characters) return cut_text(string::text(value));
    out_ += plain_text(display(value, Quotes::kQuoted));
  }

  void cut_text(std::string_view text) {
    std::size_t end = cut_.characters;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    std::string quoted;
    append_quoted(quoted, text.substr(0, end));
    out_ += plain_text(quoted) + " " + counted(text.size() - end, "bytes");
  }

  void go_on() {
    Open& open = open_.back();
    const std::size_t count = part_count(*open.value);
    if (open.shown == count) return close();
    if (open.shown > 0) out_ += ',';
    if (open.shown == cut_.parts || out_.size() > cut_.bytes) {
      break_line();
      out_ += counted(count - open.shown, count - open.shown == 1 ? "part" : "parts");
      return close();
    }
    ++open.shown;
    if (open.value->is_array()) return element(array::at(*open.value, open.position++));
    break_line();
    if (open.value->is_struct()) {
      const auto field = static_cast<std::uint32_t>(open.position++);
      out_ += std::string(string::text(structure::type(*open.value)->fields[field])) + ": ";
      return begin(structure::at(*open.value, field));
    }
    const object::Entry entry = object::entry(*open.value, open.position);
    open.position = object::next(*open.value, open.position);
    out_ += plain_text(key_text(*entry.key));
    begin(*entry.content);
  }

  void element(const Value& value) {
    Open& open = open_.back();
    std::string text;
    const bool is_short = !has_parts(value) && short_text(value, kShortPart, text);
    const bool fits = column() + 1 + width(text) + 1 <= columns_;
    if (is_short && open.fills && fits) {
      out_ += ' ';
    } else {
      break_line();
    }
    open.fills = is_short;
    if (is_short) {
      out_ += text;
    } else {
      begin(value);
    }
  }

  void close() {
    const char bracket = open_.back().value->is_array() ? ']' : '}';
    open_.pop_back();
    break_line();
    out_ += bracket;
  }

  const std::size_t columns_;
  const Cut& cut_;
  std::string out_;
  std::vector<Open> open_;
};

}  // namespace

std::string laid_out(const Value& value, std::size_t columns, const Cut& cut) { return Layout(columns, cut).run(value); }

}  // namespace relay
