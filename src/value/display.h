#pragma once

#include <string>
#include <string_view>

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
// As print (kBare: a string at the top without quotes) or the REPL (kQuoted) shows it. No native recursion.
void append_display(std::string& out, const Value& value, Quotes top);
[[nodiscard]] std::string display(const Value& value, Quotes top = Quotes::kBare);
// The same, but false as soon as `out` would grow past `max_bytes`; `out` is then cut back to what it was. For
// values of programs, which may share parts so often that their text is far longer than they are.
[[nodiscard]] bool append_display(std::string& out, const Value& value, Quotes top, std::size_t max_bytes);

// What `type(v)` gives: the type's name; a struct's own name.
[[nodiscard]] std::string_view type_name(const Value& value);

}  // namespace relay
