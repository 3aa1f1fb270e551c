#include "value/display.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "value/array.h"
#include "value/boxed.h"
#include "value/function.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

bool is_word(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !is_letter(text[0])) return false;
  for (const char c : text) {
    if (!is_letter(c) && !is_digit(c)) return false;
  }
  return true;
}

void append_escape(std::string& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out.push_back(kHex[byte >> 4]);
  out.push_back(kHex[byte & 15]);
}

void append_named(std::string& out, std::string_view what, const Value& name) {
  out.push_back('<');
  out += what;
  out += ": ";
  out += string::text(name);
  out.push_back('>');
}

// A container that is being shown: which child is next.
struct Open {
  const Value* value;
  std::size_t position;
  bool is_first;
};

class Display {
 public:
  Display(std::string& out, std::size_t max_bytes) : out_(out), max_bytes_(max_bytes) {}

  bool run(const Value& value) {
    enter(value);
    while (!open_.empty() && out_.size() <= max_bytes_) advance(open_.back());
    return out_.size() <= max_bytes_;
  }

 private:
  // Shows a value that is no container; begins one that is.
  void enter(const Value& value) {
    if (!value.is_block()) return append_immediate(value);
    switch (value.block()->kind) {
      case BlockKind::kString: return append_quoted(out_, string::text(value));
      case BlockKind::kDatetime: return append_datetime(out_, datetime::nanoseconds(value));
      case BlockKind::kServer: return append_named(out_, "server", server::name(value));
      case BlockKind::kFunction: return append_named(out_, "function", function::info(value)->name);
      case BlockKind::kArray: out_.push_back('['); return open_.push_back({&value, 0, true});
      case BlockKind::kObject: out_.push_back('{'); return open_.push_back({&value, object::first(value), true});
      case BlockKind::kStruct:
        out_ += string::text(structure::type(value)->name);
        out_.push_back('{');
        return open_.push_back({&value, 0, true});
      default: return;
    }
  }

  void append_immediate(const Value& value) {
    if (value.is_number()) return append_number(out_, value.as_number());
    if (value.is_bool()) {
      out_ += value.as_bool() ? "true" : "false";
      return;
    }
    out_ += value.is_nil() ? "nil" : "undefined";
  }

  // Shows the next child of `open`, or its end.
  void advance(Open& open) {
    const Value* child = nullptr;
    if (open.value->is_array()) {
      child = next_element(open);
    } else if (open.value->is_object()) {
      child = next_content(open);
    } else {
      child = next_field(open);
    }
    if (child != nullptr) return enter(*child);
    out_.push_back(open.value->is_array() ? ']' : '}');
    open_.pop_back();
  }

  const Value* next_element(Open& open) {
    if (open.position == array::size(*open.value)) return nullptr;
    separate(open);
    return &array::at(*open.value, open.position++);
  }
  const Value* next_content(Open& open) {
    if (open.position == object::kNone) return nullptr;
    separate(open);
    const object::Entry entry = object::entry(*open.value, open.position);
    open.position = object::next(*open.value, open.position);
    append_key(*entry.key);
    return entry.content;
  }
  const Value* next_field(Open& open) {
    const StructType* type = structure::type(*open.value);
    if (open.position == type->fields.size()) return nullptr;
    separate(open);
    append_key(type->fields[open.position]);
    return &structure::at(*open.value, static_cast<std::uint32_t>(open.position++));
  }

  void separate(Open& open) {
    if (!open.is_first) out_ += ", ";
    open.is_first = false;
  }
  void append_key(const Value& key) {
    const std::string_view text = string::text(key);
    if (is_word(text)) {
      out_ += text;
    } else {
      append_quoted(out_, text);
    }
    out_ += ": ";
  }

  std::string& out_;
  std::size_t max_bytes_;
  std::vector<Open> open_;
};

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t plain = 0;  // begin of the stretch that needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(plain, i - plain));
    append_escape(out, text[i]);
    plain = i + 1;
  }
  out.append(text.substr(plain));
  out.push_back('"');
}

bool append_display(std::string& out, const Value& value, Quotes top, std::size_t max_bytes) {
  const std::size_t before = out.size();
  bool fits = false;
  if (value.is_string() && top == Quotes::kBare) {
    fits = string::size(value) <= max_bytes - std::min(before, max_bytes);
    if (fits) out += string::text(value);
  } else {
    fits = Display(out, max_bytes).run(value);
  }
  if (!fits) out.resize(before);
  return fits;
}

void append_display(std::string& out, const Value& value, Quotes top) {
  (void)append_display(out, value, top, SIZE_MAX);
}

std::string display(const Value& value, Quotes top) {
  std::string out;
  append_display(out, value, top);
  return out;
}

std::string_view type_name(const Value& value) {
  if (value.is_struct()) return string::text(structure::type(value)->name);
  return name(value.type());
}

}  // namespace relay
