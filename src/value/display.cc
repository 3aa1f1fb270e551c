#include "value/display.h"

#include <algorithm>

#include "base/utf8.h"
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

void append_escaped(std::string& out, std::string_view text) {
  std::size_t plain = 0;  // begin of the stretch that needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(plain, i - plain));
    append_escape(out, text[i]);
    plain = i + 1;
  }
  out.append(text.substr(plain));
}

void append_named(std::string& out, std::string_view what, const Value& name) {
  out.push_back('<');
  out += what;
  out += ": ";
  out += string::text(name);
  out.push_back('>');
}

void append_immediate(std::string& out, const Value& value) {
  if (value.is_number()) return append_number(out, value.as_number());
  if (value.is_bool()) {
    out += value.as_bool() ? "true" : "false";
    return;
  }
  out += value.is_nil() ? "nil" : "undefined";
}

void append_key(std::string& out, const Value& key) {
  const std::string_view text = string::text(key);
  if (is_word(text)) {
    out += text;
  } else {
    append_quoted(out, text);
  }
  out += ": ";
}

}  // namespace

Display::Progress Display::advance(std::string& out, std::size_t& budget) {
  constexpr std::size_t kBytesPerUnit = 16;
  const std::size_t before = out.size();
  const auto appended = [&] { return out.size() - before; };
  if (!has_begun_) begin(out);
  std::size_t values = 0;
  while (!open_.empty() && values + appended() / kBytesPerUnit < budget && appended() <= room_) {
    show_next(out);
    ++values;
  }
  budget -= std::min(budget, values + appended() / kBytesPerUnit);
  if (appended() > room_) return Progress::kTooLong;
  room_ -= appended();
  return open_.empty() ? Progress::kDone : Progress::kUnfinished;
}

void Display::begin(std::string& out) {
  has_begun_ = true;
  if (!value_.is_string() || top_ == Quotes::kQuoted) return enter(out, value_);
  if (string::size(value_) > kPieceBytes) return open_.push_back({&value_, 0, true});
  out += string::text(value_);
}

// Shows a value that is no container; begins one that is.
void Display::enter(std::string& out, const Value& value) {
  if (!value.is_block()) return append_immediate(out, value);
  switch (value.block()->kind) {
    case BlockKind::kString:
      if (string::size(value) <= kPieceBytes) return append_quoted(out, string::text(value));
      out.push_back('"');
      return open_.push_back({&value, 0, true});
    case BlockKind::kDatetime: return append_datetime(out, datetime::nanoseconds(value));
    case BlockKind::kServer: return append_named(out, "server", server::name(value));
    case BlockKind::kFunction: return append_named(out, "function", function::info(value)->name);
    case BlockKind::kArray: out.push_back('['); return open_.push_back({&value, 0, true});
    case BlockKind::kObject: out.push_back('{'); return open_.push_back({&value, object::first(value), true});
    case BlockKind::kStruct:
      out += string::text(structure::type(value)->name);
      out.push_back('{');
      return open_.push_back({&value, 0, true});
    default: return;
  }
}

// The next piece of a long string, which is bare where print() shows it by itself.
void Display::show_piece(std::string& out, Open& open) {
  const bool is_bare = open.value == &value_ && top_ == Quotes::kBare;
  const std::string_view rest = string::text(*open.value).substr(open.position);
  const std::string_view piece = rest.substr(0, kPieceBytes);
  open.position += piece.size();
  if (is_bare) {
    out += piece;
  } else {
    append_escaped(out, piece);
    if (piece.size() == rest.size()) out.push_back('"');
  }
  if (piece.size() == rest.size()) open_.pop_back();
}

// Shows the next child of the innermost container, or its end.
void Display::show_next(std::string& out) {
  Open& open = open_.back();
  if (open.position == kBehindKey) {
    const Value& content = *open.value;
    open_.pop_back();
    out += ": ";
    return enter(out, content);
  }
  const Value* child = nullptr;
  switch (open.value->block()->kind) {
    case BlockKind::kString: return show_piece(out, open);
    case BlockKind::kObject:
      if (show_entry(out, open)) return;
      break;
    case BlockKind::kArray: child = next_element(out, open); break;
    default: child = next_field(out, open); break;
  }
  if (child != nullptr) return enter(out, *child);
  out.push_back(open.value->is_array() ? ']' : '}');
  open_.pop_back();
}

const Value* Display::next_element(std::string& out, Open& open) {
  if (open.position == array::size(*open.value)) return nullptr;
  if (!std::exchange(open.is_first, false)) out += ", ";
  return &array::at(*open.value, open.position++);
}

// False at the end of the object.
bool Display::show_entry(std::string& out, Open& open) {
  if (open.position == object::kNone) return false;
  if (!std::exchange(open.is_first, false)) out += ", ";
  const object::Entry entry = object::entry(*open.value, open.position);
  open.position = object::next(*open.value, open.position);
  if (string::size(*entry.key) <= kPieceBytes) {
    append_key(out, *entry.key);
    enter(out, *entry.content);
    return true;
  }
  open_.push_back({entry.content, kBehindKey, true});
  enter(out, *entry.key);
  return true;
}

const Value* Display::next_field(std::string& out, Open& open) {
  const StructType* type = structure::type(*open.value);
  if (open.position == type->fields.size()) return nullptr;
  if (!std::exchange(open.is_first, false)) out += ", ";
  append_key(out, type->fields[open.position]);
  return &structure::at(*open.value, static_cast<std::uint32_t>(open.position++));
}

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  append_escaped(out, text);
  out.push_back('"');
}

bool append_display(std::string& out, const Value& value, Quotes top, std::size_t max_bytes) {
  const std::size_t before = out.size();
  std::size_t budget = SIZE_MAX;
  if (before > max_bytes) return false;
  if (Display(value, top, max_bytes - before).advance(out, budget) == Display::Progress::kDone) return true;
  out.resize(before);
  return false;
}

void append_display(std::string& out, const Value& value, Quotes top) {
  (void)append_display(out, value, top, SIZE_MAX);
}

std::string brief(const Value& value, Quotes top, std::size_t max_bytes) {
  std::size_t budget = 1000 + max_bytes;
  std::string out;
  const auto progress = Display(value, top, max_bytes).advance(out, budget);
  if (progress == Display::Progress::kDone && out.size() <= max_bytes) return out;
  return out.size() > max_bytes ? shortened(out, max_bytes) : out + "...";
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
