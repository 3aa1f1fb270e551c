#include "mesh/http_text.h"

#include <algorithm>
#include <charconv>

namespace relay::mesh {
namespace {

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Takes what stands before the next `separator` off `rest`.
std::string_view take_until(std::string_view& rest, std::string_view separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + separator.size());
  return part;
}

std::optional<char> hex_byte(std::string_view digits) {
  unsigned value = 0;
  if (digits.size() != 2) return std::nullopt;
  const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (fault != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
  return static_cast<char>(value);
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

std::string_view trim_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equals_ignoring_case(trim_blanks(take_until(list, ",")), token)) return true;
  }
  return false;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t number = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const auto byte = hex_byte(text.substr(i + 1, 2));
    if (!byte) return std::nullopt;
    decoded += *byte;
    i += 2;
  }
  return decoded;
}

std::string field_of(std::string_view head, std::string_view name) {
  std::string value;
  take_until(head, "\r\n");
  while (!head.empty()) {
    std::string_view line = take_until(head, "\r\n");
    if (!equals_ignoring_case(take_until(line, ":"), name)) continue;
    if (!value.empty()) value += ", ";
    value += trim_blanks(line);
  }
  return value;
}

}  // namespace relay::mesh
