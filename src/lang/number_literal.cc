#include "lang/number_literal.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "value/display.h"

namespace relay {

namespace {

// Stands for every exponent beyond 64 bits.
constexpr long long kHugeExponent = 1'000'000'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_character(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Bytes at the start of `text` that have the shape of `pattern`, where `d` is any digit; 0 when they have not.
std::size_t match(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == 'd' ? !is_digit(text[i]) : text[i] != pattern[i]) return 0;
  }
  return pattern.size();
}

std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n;
}

std::size_t count_name_characters(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_name_character(text[n])) ++n;
  return n;
}

// The longest datetime that `text` begins with, by its shape alone.
std::size_t datetime_size(std::string_view text) {
  std::size_t size = match(text, "dddd-dd-dd");
  if (size == 0) return 0;
  const std::size_t time = match(text.substr(size), "Tdd:dd:dd");
  if (time == 0) return size;
  size += time;
  const std::size_t fraction = text.substr(size).starts_with('.') ? count_digits(text.substr(size + 1)) : 0;
  if (fraction > 0) size += 1 + fraction;
  const std::string_view rest = text.substr(size);
  if (rest.starts_with('Z')) return size + 1;
  return size + (match(rest, "+dd:dd") | match(rest, "-dd:dd"));
}

std::size_t number_size(std::string_view text) {
  std::size_t size = count_digits(text);
  if (text.substr(size).starts_with('.')) {
    const std::size_t fraction = count_digits(text.substr(size + 1));
    if (fraction > 0) size += 1 + fraction;
  }
  std::string_view rest = text.substr(size);
  if (!rest.starts_with('e') && !rest.starts_with('E')) return size;
  rest.remove_prefix(1);
  const std::size_t sign = rest.starts_with('+') || rest.starts_with('-') ? 1 : 0;
  const std::size_t exponent = count_digits(rest.substr(sign));
  return exponent > 0 ? size + 1 + sign + exponent : size;
}

// The decimal exponent of a number's first digit that is not zero, roughly. std::from_chars says the same of too
// large and too small; this tells them apart.
long long magnitude(std::string_view digits) {
  const std::size_t e = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, e);
  const auto point = static_cast<long long>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<long long>(mantissa.find_first_of("123456789"));
  long long exponent = 0;
  if (e != std::string_view::npos) {
    const std::string_view text = digits.substr(digits[e + 1] == '+' ? e + 2 : e + 1);
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (fault != std::errc()) exponent = text.starts_with('-') ? -kHugeExponent : kHugeExponent;
  }
  return point - first + exponent;
}

NumberLiteral malformed(std::string_view text, std::size_t size, std::string why) {
  NumberLiteral literal;
  literal.size = size + count_name_characters(text.substr(size));
  literal.error = std::move(why);
  return literal;
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

NumberLiteral scan_datetime(std::string_view text, std::size_t size) {
  std::string_view rest = text.substr(size);
  // A broken time of day is one error, so it is taken with its colons.
  if (rest.starts_with('T')) rest = rest.substr(0, rest.find_first_not_of("0123456789:TZ"));
  const std::size_t tail = rest.starts_with('T') ? rest.size() : count_name_characters(rest);
  if (tail > 0) return malformed(text, size + tail, "malformed datetime " + quoted(text.substr(0, size + tail)));
  NumberLiteral literal;
  literal.size = size;
  literal.is_datetime = true;
  if (parse_datetime(text.substr(0, size), literal.nanoseconds)) return literal;
  return malformed(text, size, "there is no datetime " + quoted(text.substr(0, size)) + " between 1677 and 2262");
}

}  // namespace

NumberLiteral scan_number(std::string_view text) {
  if (const std::size_t size = datetime_size(text)) return scan_datetime(text, size);
  const std::size_t size = number_size(text);
  const std::string_view digits = text.substr(0, size);
  const std::string_view rest = text.substr(size);
  const std::size_t tail = count_name_characters(rest);
  if (tail > 0) return malformed(text, size, "malformed number " + quoted(text.substr(0, size + tail)));
  const std::size_t second_fraction = rest.starts_with('.') ? count_digits(rest.substr(1)) : 0;
  if (second_fraction > 0) {
    const std::size_t whole = size + 1 + second_fraction;
    return malformed(text, whole, "malformed number " + quoted(text.substr(0, whole)));
  }
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
    return malformed(text, size, "a number has no leading zeros: " + quoted(digits));
  }
  NumberLiteral literal;
  literal.size = size;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), literal.number);
  if (fault == std::errc::result_out_of_range && magnitude(digits) > 0) {
    return malformed(text, size, "the number is too large");
  }
  return literal;
}

}  // namespace relay
