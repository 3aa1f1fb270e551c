#include "value/json_token.h"

#include <charconv>
#include <cstdint>

#include "value/string.h"

namespace relay {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The parts of a number token: [-] whole [. fraction] [e exponent].
struct NumberParts {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;  // with its sign
};

class NumberScanner {
 public:
  explicit NumberScanner(std::string_view token) : token_(token) {}

  JsonFault scan(NumberParts& parts) {
    parts.negative = take('-');
    parts.whole = digits();
    if (parts.whole.empty()) return fault("expected a digit");
    if (parts.whole.size() > 1 && parts.whole[0] == '0')
      return {"a number has a leading zero", at_ - parts.whole.size()};
    if (take('.')) {
      parts.fraction = digits();
      if (parts.fraction.empty()) return fault("expected a digit after the point");
    }
    if (take('e') || take('E')) {
      const std::size_t begin = at_;
      if (!take('-')) take('+');
      if (digits().empty()) return fault("expected a digit in the exponent");
      parts.exponent = token_.substr(begin, at_ - begin);
    }
    if (at_ != token_.size()) return fault("expected the end of a number");
    return {};
  }

 private:
  bool take(char c) {
    if (at_ == token_.size() || token_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string_view digits() {
    const std::size_t begin = at_;
    while (at_ < token_.size() && is_digit(token_[at_])) ++at_;
    return token_.substr(begin, at_ - begin);
  }
  JsonFault fault(const char* what) const { return {what, at_}; }

  std::string_view token_;
  std::size_t at_ = 0;
};

// The exponent as a number, held within what can matter: no text that fits in memory has more digits.
std::int64_t exponent_value(std::string_view exponent) {
  constexpr std::int64_t kBeyondAll = std::int64_t{1} << 50;
  const bool negative = !exponent.empty() && exponent[0] == '-';
  std::int64_t value = 0;
  for (const char c : exponent) {
    if (is_digit(c) && value < kBeyondAll) value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

// Whether a number outside the doubles is so because it is small: from_chars gives one error for both ends.
bool is_tiny(const NumberParts& parts) {
  const std::size_t lead = parts.whole.find_first_not_of('0');
  const std::int64_t exponent = exponent_value(parts.exponent);
  if (lead != std::string_view::npos) {
    return static_cast<std::int64_t>(parts.whole.size() - lead) + exponent <= 0;
  }
  const std::size_t zeros = parts.fraction.find_first_not_of('0');
  if (zeros == std::string_view::npos) return true;
  return exponent - static_cast<std::int64_t>(zeros) <= 0;
}

// Whole numbers of few digits, the most frequent by far, need no exact arithmetic.
bool parse_small_integer(std::string_view token, double& number) {
  constexpr std::size_t kExactDigits = 15;
  const bool negative = !token.empty() && token[0] == '-';
  const std::string_view digits = token.substr(negative ? 1 : 0);
  if (digits.empty() || digits.size() > kExactDigits) return false;
  if (digits[0] == '0' && digits.size() > 1) return false;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return false;
    value = value * 10 + (c - '0');
  }
  number = negative ? -static_cast<double>(value) : static_cast<double>(value);
  return true;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The four hex digits at `raw[at]`, or -1.
std::int32_t hex4(std::string_view raw, std::size_t at) {
  if (at + 4 > raw.size()) return -1;
  std::int32_t unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(raw[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | (point >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_high_surrogate(std::int32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(std::int32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// The \uXXXX (or pair of them) whose backslash is at `at`, which moves behind it.
JsonFault append_unicode_escape(std::string& out, std::string_view raw, std::size_t& at) {
  const std::int32_t unit = hex4(raw, at + 2);
  if (unit < 0) return {"\\u needs four hex digits", at};
  if (is_low_surrogate(unit)) return {"a lone surrogate", at};
  if (!is_high_surrogate(unit)) {
    append_utf8(out, static_cast<std::uint32_t>(unit));
    at += 6;
    return {};
  }
  const bool has_second = at + 7 < raw.size() && raw[at + 6] == '\\' && raw[at + 7] == 'u';
  const std::int32_t second = has_second ? hex4(raw, at + 8) : -1;
  if (!is_low_surrogate(second)) return {"a lone surrogate", at};
  append_utf8(out, 0x10000u + (static_cast<std::uint32_t>(unit - 0xD800) << 10) +
                       static_cast<std::uint32_t>(second - 0xDC00));
  at += 12;
  return {};
}

// What `\c` stands for, or 0 when it is no escape of one character.
char plain_escape(char c) {
  switch (c) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '/':
      return '/';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

// Bytes of the UTF-8 sequence that begins at `at`, or 0 when what stands there is none.
std::size_t valid_sequence(std::string_view text, std::size_t at) {
  const std::size_t length = string::sequence_length(text[at]);
  if (at + length > text.size()) return 0;
  return string::is_valid_utf8(text.substr(at, length)) ? length : 0;
}

// What stands at `at`, for people.
std::string found_at(std::size_t at, std::string_view text) {
  if (at >= text.size()) return "the end";
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte > 0x20 && byte < 0x7F) return {'\'', text[at], '\''};
  if (byte >= 0x80)
    return std::string("'").append(text.substr(at, string::sequence_length(text[at]))) += '\'';
  static constexpr std::string_view kHex = "0123456789abcdef";
  return {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
}

}  // namespace

std::string describe(const JsonFault& fault, std::string_view text) {
  std::string out = fault.what;
  if (out.starts_with("expected")) out += ", found " + found_at(fault.at, text);
  return out + " at byte " + std::to_string(fault.at);
}

JsonFault parse_json_number(std::string_view token, double& number) {
  if (parse_small_integer(token, number)) return {};
  NumberParts parts;
  if (const JsonFault fault = NumberScanner(token).scan(parts)) return fault;
  const auto [end, code] = std::from_chars(token.data(), token.data() + token.size(), number);
  if (code == std::errc()) return {};
  if (!is_tiny(parts)) return {"a number is too large for a double", 0};
  number = parts.negative ? -0.0 : 0.0;
  return {};
}

JsonFault append_unescaped(std::string& out, std::string_view raw) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t escape = raw.find('\\', at);
    out.append(raw.substr(at, escape - at));
    if (escape == std::string_view::npos) return {};
    at = escape;
    const char kind = at + 1 < raw.size() ? raw[at + 1] : '\0';
    if (kind == 'u') {
      if (const JsonFault fault = append_unicode_escape(out, raw, at)) return fault;
      continue;
    }
    const char plain = plain_escape(kind);
    if (plain == 0) return {"unknown escape in a string", at};
    out += plain;
    at += 2;
  }
  return {};
}

JsonFault find_text_fault(std::string_view text) {
  constexpr std::size_t kOutside = static_cast<std::size_t>(-1);
  std::size_t open = kOutside;  // where the string that we are in began
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool is_inside = open != kOutside;
    if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t length = valid_sequence(text, at);
      if (length == 0) return {"not UTF-8", at};
      at += length;
      continue;
    }
    if (is_inside && static_cast<unsigned char>(c) < 0x20) return {"a control character in a string", at};
    if (is_inside && c == '\\') {
      const bool hides_quote = at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\');
      at += hides_quote ? 2 : 1;
      continue;
    }
    if (c == '"') open = is_inside ? kOutside : at;
    ++at;
  }
  if (open != kOutside) return {"a string without an end", open};
  return {"not JSON", 0};
}

}  // namespace relay
