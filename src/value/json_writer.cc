#include "value/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

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

// Where the first character that needs an escape stands, from `at` on.
std::size_t find_escape(std::string_view text, std::size_t at) {
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

// Writes one value with an explicit stack of the containers that are open.
class Writer {
 public:
  Writer(std::string& out, std::size_t max_bytes) : out_(out), max_bytes_(max_bytes) {}

  // False when the bound is passed.
  bool write(const Value& value) {
    append(value);
    while (!open_.empty() && !is_over()) advance();
    return !is_over();
  }

 private:
  struct Open {
    const Value* container;
    Type type;
    bool is_first;
    std::size_t position;  // of the next part; of an object as object::next() counts
  };

  void append(const Value& value) {
    if (value.is_number()) return append_json_number(out_, value.as_number());
    switch (value.type()) {
      case Type::kBool:
        out_ += value.as_bool() ? "true" : "false";
        return;
      case Type::kString:
        return append_string(string::text(value));
      case Type::kDatetime:
        out_ += '"';
        append_datetime(out_, datetime::nanoseconds(value));
        out_ += '"';
        return;
      case Type::kArray:
        out_ += '[';
        open_.push_back({&value, Type::kArray, true, 0});
        return;
      case Type::kObject:
        out_ += '{';
        open_.push_back({&value, Type::kObject, true, object::first(value)});
        return;
      case Type::kStruct:
        out_ += "{\"_type\":";
        append_string(string::text(structure::type(value)->name));
        open_.push_back({&value, Type::kStruct, false, 0});
        return;
      case Type::kFunction:
        return append_label("<function: ", function::info(value)->name);
      case Type::kServer:
        return append_label("<server: ", server::name(value));
      default:
        out_ += "null";
        return;
    }
  }

  void append_label(std::string_view kind, const Value& name) {
    append_string(std::string(kind).append(string::text(name)) += '>');
  }

  [[nodiscard]] bool is_over() const { return has_left_out_ || out_.size() > max_bytes_; }

  // A text that cannot fit is not copied first.
  void append_string(std::string_view text) {
    if (text.size() <= max_bytes_) return append_json_string(out_, text);
    has_left_out_ = true;
  }

  // Writes the next part of the innermost container, or closes it.
  void advance() {
    Open& open = open_.back();
    switch (open.type) {
      case Type::kArray:
        return advance_array(open);
      case Type::kObject:
        return advance_object(open);
      default:
        return advance_struct(open);
    }
  }

  void advance_array(Open& open) {
    const auto run = array::run_at(*open.container, open.position);
    if (run.empty()) return close(']');
    for (const Value& element : run) {
      separate(open);
      ++open.position;
      const std::size_t depth = open_.size();
      append(element);
      // A container inside goes first (and `open` may have moved), and so does the look at the bound.
      if (open_.size() != depth || is_over()) return;
    }
  }

  void advance_object(Open& open) {
    if (open.position == object::kNone) return close('}');
    const object::Entry entry = object::entry(*open.container, open.position);
    open.position = object::next(*open.container, open.position);
    separate(open);
    append_string(string::text(*entry.key));
    out_ += ':';
    append(*entry.content);
  }

  void advance_struct(Open& open) {
    const StructType& type = *structure::type(*open.container);
    if (open.position == type.fields.size()) return close('}');
    const auto field = static_cast<std::uint32_t>(open.position++);
    separate(open);
    append_string(string::text(type.fields[field]));
    out_ += ':';
    append(structure::at(*open.container, field));
  }

  void separate(Open& open) {
    if (!open.is_first) out_ += ',';
    open.is_first = false;
  }

  void close(char bracket) {
    out_ += bracket;
    open_.pop_back();
  }

  std::string& out_;
  std::size_t max_bytes_;
  bool has_left_out_ = false;
  std::vector<Open> open_;
};

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  while (true) {
    const std::size_t escape = find_escape(text, at);
    out.append(text, at, escape - at);
    if (escape == text.size()) break;
    append_escape(out, text[escape]);
    at = escape + 1;
  }
  out += '"';
}

Result<void> append_json(std::string& out, const Value& value, std::size_t max_bytes) {
  const std::size_t before = out.size();
  if (Writer(out, max_bytes).write(value)) return {};
  out.resize(before);
  return Error{Errc::kTooLarge, "the value is longer than " + std::to_string(max_bytes) + " bytes as JSON"};
}

}  // namespace relay
