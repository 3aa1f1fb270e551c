#include "client/pretty.h"

#include <algorithm>
#include <vector>

#include "client/plain_text.h"
#include "value/array.h"
#include "value/display.h"
#include "value/json_reader.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::client {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kDeepestJson = 1024;

// `key: ` as an object shows it.
std::string key_text(const Value& key) {
  Value object = object::make();
  object::set(object, key, Value::nil());
  std::string shown = display(object);  // {key: nil}
  constexpr std::string_view kEnd = "nil}";
  return shown.substr(1, shown.size() - 1 - kEnd.size());
}

class Layout {
 public:
  explicit Layout(std::size_t columns) : columns_(columns) {}

  std::string run(const Value& value) {
    begin(value);
    while (!open_.empty()) go_on();
    return std::move(out_);
  }

 private:
  struct Open {
    const Value* value;
    std::size_t position;  // of the next part
    bool is_first = true;
  };

  [[nodiscard]] std::size_t column() const {
    const std::size_t line = out_.rfind('\n');
    return width(std::string_view(out_).substr(line == std::string::npos ? 0 : line + 1));
  }

  void break_line() {
    out_ += '\n';
    out_.append(open_.size() * kIndent, ' ');
  }

  // On one line, or opened to be shown part by part.
  void begin(const Value& value) {
    const std::size_t before = out_.size();
    const std::size_t used = column() + 1;  // a comma may follow
    const std::size_t room = columns_ > used ? columns_ - used : 0;
    const bool has_parts =
        (value.is_array() && array::size(value) > 0) || (value.is_object() && object::size(value) > 0);
    if (!has_parts) return append_display(out_, value, Quotes::kQuoted);
    // A code point has four bytes at most; what is short enough in columns is found among those.
    constexpr std::size_t kMostBytes = 4;
    if (append_display(out_, value, Quotes::kQuoted, before + room * kMostBytes)) {
      if (width(std::string_view(out_).substr(before)) <= room) return;
      out_.resize(before);
    }
    out_ += value.is_array() ? '[' : '{';
    open_.push_back({&value, value.is_array() ? 0 : object::first(value)});
  }

  void go_on() {
    Open& open = open_.back();
    const bool is_array = open.value->is_array();
    const bool is_over =
        is_array ? open.position == array::size(*open.value) : open.position == object::kNone;
    if (is_over) return close(is_array ? ']' : '}');
    if (!open.is_first) out_ += ',';
    open.is_first = false;
    break_line();
    if (is_array) return begin(array::at(*open.value, open.position++));
    const object::Entry entry = object::entry(*open.value, open.position);
    open.position = object::next(*open.value, open.position);
    out_ += key_text(*entry.key);
    begin(*entry.content);
  }

  void close(char bracket) {
    open_.pop_back();
    break_line();
    out_ += bracket;
  }

  const std::size_t columns_;
  std::string out_;
  std::vector<Open> open_;
};

}  // namespace

std::string pretty(const Value& value, std::size_t columns) {
  const std::string text = Layout(columns).run(value);
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    plain += plain_text(std::string_view(text).substr(at, end - at));
    if (end < text.size()) plain += '\n';
    at = end + 1;
  }
  return plain;
}

std::string pretty_json(std::string_view json, std::size_t columns) {
  auto value = read_json(json, {.max_depth = kDeepestJson});
  return value ? pretty(*value, columns) : plain_text(json);
}

}  // namespace relay::client
