#include "value/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/function.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

// Whether one of 8 bytes is a quote, a backslash or a control character: such bytes get their high bit set.
bool needs_escape(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHigh = 0x8080808080808080;
  const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHigh; };
  const std::uint64_t below_space = (eight - kOnes * 0x20) & ~eight & kHigh;
  return (below_space | has_zero(eight ^ kOnes * '"') | has_zero(eight ^ kOnes * '\\')) != 0;
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Long enough that the compiler looks at it with the processor's vectors.
constexpr std::size_t kBlockBytes = 64;

bool block_needs_escape(const char* block) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < kBlockBytes; ++i) found |= static_cast<unsigned char>(needs_escape(block[i]));
  return found != 0;
}

// Where the first character that needs an escape stands, from `at` on.
std::size_t find_escape(std::string_view text, std::size_t at) {
  while (at + kBlockBytes <= text.size() && !block_needs_escape(text.data() + at)) at += kBlockBytes;
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (needs_escape(eight)) break;
    at += sizeof eight;
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

void append_escape(std::string& out, char c) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out.append("\\u00").append(1, kHex[c >> 4]).append(1, kHex[c & 15]);
  }
}

void append_json_number(std::string& out, double number) {
  constexpr double kExact = 9'007'199'254'740'992;  // 2^53
  const auto whole = number > -kExact && number < kExact ? static_cast<std::int64_t>(number) : 0;
  if (static_cast<double>(whole) == number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), whole).ptr;
    out.append(digits.data(), end);
    return;
  }
  if (std::isfinite(number)) return append_number(out, number);
  out += "null";
}

constexpr std::string_view kTypeKey = "_type";

// Without the quotes.
void append_escaped(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (true) {
    const std::size_t escape = find_escape(text, at);
    out.append(text, at, escape - at);
    if (escape == text.size()) return;
    append_escape(out, text[escape]);
    at = escape + 1;
  }
}

// Longer strings are written in pieces of this size.
constexpr std::size_t kJsonPieceBytes = 32u << 10;

}  // namespace

JsonWriter::Progress JsonWriter::advance(std::string& out, std::size_t bytes) {
  const std::size_t before = out.size();
  out_ = &out;
  stop_at_ = before + std::min({bytes, room_, SIZE_MAX - before});
  if (!has_begun_) {
    has_begun_ = true;
    append(value_);
  }
  while (!open_.empty() && out.size() <= stop_at_ && !is_too_long_) advance_innermost();
  const std::size_t appended = out.size() - before;
  if (appended > room_ || is_too_long_) return Progress::kTooLong;
  room_ -= appended;
  return open_.empty() ? Progress::kDone : Progress::kUnfinished;
}

void JsonWriter::append(const Value& value) {
  if (value.is_number()) return append_json_number(*out_, value.as_number());
  switch (value.type()) {
    case Type::kBool:
      *out_ += value.as_bool() ? "true" : "false";
      return;
    case Type::kString:
      return append_string(value);
    case Type::kDatetime:
      *out_ += '"';
      append_datetime(*out_, datetime::nanoseconds(value));
      *out_ += '"';
      return;
    case Type::kArray:
      *out_ += '[';
      open_.push_back({&value, Part::kArray, true, 0});
      return;
    case Type::kObject:
      *out_ += '{';
      open_.push_back({&value, Part::kObject, true, object::first(value)});
      return;
    case Type::kStruct:
      *out_ += '{';
      append_text(kTypeKey);
      *out_ += ':';
      append_text(string::text(structure::type(value)->name));
      open_.push_back({&value, Part::kStruct, false, 0});
      return;
    case Type::kFunction:
      return append_label("<function: ", function::info(value)->name);
    case Type::kServer:
      return append_label("<server: ", server::name(value));
    default:
      *out_ += "null";
      return;
  }
}

void JsonWriter::append_label(std::string_view kind, const Value& name) {
  append_text(std::string(kind).append(string::text(name)) += '>');
}

void JsonWriter::append_text(std::string_view text) {
  append_json_string(*out_, text);
}

// A text that cannot fit is not copied first; a long one goes in pieces.
void JsonWriter::append_string(const Value& value) {
  const std::string_view text = string::text(value);
  if (text.size() <= kJsonPieceBytes) return append_text(text);
  if (text.size() > room_) {
    is_too_long_ = true;
    return;
  }
  *out_ += '"';
  open_.push_back({&value, Part::kString, true, 0});
}

// Writes the next part of the innermost container, or closes it.
void JsonWriter::advance_innermost() {
  Open& open = open_.back();
  switch (open.part) {
    case Part::kArray:
      return advance_array(open);
    case Part::kObject:
      return advance_object(open);
    case Part::kStruct:
      return advance_struct(open);
    case Part::kString:
      return advance_string(open);
    case Part::kBehindKey: {
      const Value& content = *open.value;
      open_.pop_back();
      *out_ += ':';
      return append(content);
    }
  }
}

void JsonWriter::advance_array(Open& open) {
  const auto run = array::run_at(*open.value, open.position);
  if (run.empty()) return close(']');
  for (const Value& element : run) {
    separate(open);
    ++open.position;
    const std::size_t depth = open_.size();
    append(element);
    // A container inside goes first (and `open` may have moved), and so does the look at the bound.
    if (open_.size() != depth || out_->size() > stop_at_) return;
  }
}

void JsonWriter::advance_object(Open& open) {
  if (open.position == object::kNone) return close('}');
  const object::Entry entry = object::entry(*open.value, open.position);
  open.position = object::next(*open.value, open.position);
  separate(open);
  const std::size_t depth = open_.size();
  append_string(*entry.key);
  if (open_.size() != depth) {
    open_.insert(open_.end() - 1, {entry.content, Part::kBehindKey, true, 0});
    return;
  }
  *out_ += ':';
  append(*entry.content);
}

void JsonWriter::advance_struct(Open& open) {
  const StructType& type = *structure::type(*open.value);
  if (open.position == type.fields.size()) return close('}');
  const auto field = static_cast<std::uint32_t>(open.position++);
  // The type's name stands there already, and no key may stand there twice.
  if (string::text(type.fields[field]) == kTypeKey) return;
  separate(open);
  append_text(string::text(type.fields[field]));
  *out_ += ':';
  append(structure::at(*open.value, field));
}

void JsonWriter::advance_string(Open& open) {
  const std::string_view text = string::text(*open.value);
  const std::size_t end = std::min(text.size(), open.position + kJsonPieceBytes);
  append_escaped(*out_, text.substr(open.position, end - open.position));
  open.position = end;
  if (end == text.size()) close('"');
}

void JsonWriter::separate(Open& open) {
  if (!open.is_first) *out_ += ',';
  open.is_first = false;
}

void JsonWriter::close(char bracket) {
  *out_ += bracket;
  open_.pop_back();
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

Result<void> append_json(std::string& out, const Value& value, std::size_t max_bytes) {
  const std::size_t before = out.size();
  const bool has_room = before <= max_bytes;
  if (has_room && JsonWriter(value, max_bytes - before).advance(out, SIZE_MAX) == JsonWriter::Progress::kDone) return {};
  out.resize(before);
  return Error{Errc::kTooLarge, "the value is longer than " + std::to_string(max_bytes) + " bytes as JSON"};
}

}  // namespace relay
