#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "value/value.h"

namespace relay {

// The number as JavaScript prints it: shortest text that reads back the same (spec language.md, Values).
void append_number(std::string& out, double number);
// ISO 8601 in UTC, fraction only when there is one: 2024-01-01T12:00:00Z.
void append_datetime(std::string& out, std::int64_t nanoseconds);
// Parses what append_datetime writes, and offsets, fractions and a date alone; false when `text` is none of these
// or outside 1677 to 2262. The lexer, `datetime()` and the conversion of arguments share it.
[[nodiscard]] bool parse_datetime(std::string_view text, std::int64_t& nanoseconds);
// With quotes and the escapes of a string literal.
void append_quoted(std::string& out, std::string_view text);

enum class Quotes { kBare, kQuoted };

// Shows a value in steps, for values so large that one step would hold a core. Holds the value meanwhile.
class Display {
 public:
  enum class Progress : std::uint8_t { kDone, kUnfinished, kTooLong };

  // The text may grow to `max_bytes`: values may share parts so often that their text is far longer than they are.
  Display(Value value, Quotes top, std::size_t max_bytes)
      : value_(std::move(value)), top_(top), room_(max_bytes) {}
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  // Appends to `out` until `budget` is used up, which is counted down by one for each value and each 16 bytes.
  // Bound: kPieceBytes past the budget. kTooLong: `out` holds somewhat more than `max_bytes`.
  [[nodiscard]] Progress advance(std::string& out, std::size_t& budget);

 private:
  static constexpr std::size_t kPieceBytes = 32u << 10;
  static constexpr std::size_t kBehindKey = static_cast<std::size_t>(-2);
  // A container that is being shown: which child is next. A long string: which byte. What stands behind a long key:
  // kBehindKey.
  struct Open {
    const Value* value;
    std::size_t position;
    bool is_first;
  };
  void begin(std::string& out);
  void enter(std::string& out, const Value& value);
  void show_next(std::string& out);
  void show_piece(std::string& out, Open& open);
  [[nodiscard]] const Value* next_element(std::string& out, Open& open);
  [[nodiscard]] bool show_entry(std::string& out, Open& open);
  [[nodiscard]] const Value* next_field(std::string& out, Open& open);

  Value value_;
  Quotes top_;
  std::size_t room_;  // bytes that may still be appended
  bool has_begun_ = false;
  std::vector<Open> open_;
};

// As print (kBare: a string at the top without quotes) or the REPL (kQuoted) shows it. No native recursion.
void append_display(std::string& out, const Value& value, Quotes top);
[[nodiscard]] std::string display(const Value& value, Quotes top = Quotes::kBare);
// The same, but false as soon as `out` would grow past `max_bytes`; `out` is then cut back to what it was.
[[nodiscard]] bool append_display(std::string& out, const Value& value, Quotes top, std::size_t max_bytes);

// The beginning of what display() shows, for messages: at most about `max_bytes` and little work, however large the
// value is; "..." stands for what is left out.
inline constexpr std::size_t kBriefBytes = 200;
[[nodiscard]] std::string brief(const Value& value, Quotes top = Quotes::kBare, std::size_t max_bytes = kBriefBytes);

// What `type(v)` gives: the type's name; a struct's own name.
[[nodiscard]] std::string_view type_name(const Value& value);

}  // namespace relay
