#include "vm/native_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "value/array.h"
#include "value/display.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

constexpr std::string_view kDigits = "0123456789";

// White space besides the ASCII ones, in UTF-8.
constexpr std::array<std::string_view, 20> kWideSpaces = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF"};

bool is_ascii_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

// Takes digits off the front of `text`; their number.
std::size_t skip_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of(kDigits), text.size());
  text.remove_prefix(count);
  return count;
}

// [digits] [. digits] [e [sign] digits] with a digit before or behind the point.
bool is_decimal(std::string_view text) {
  const std::size_t whole = skip_digits(text);
  std::size_t fraction = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = skip_digits(text);
    if (fraction == 0) return false;
  }
  if (whole + fraction == 0) return false;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (skip_digits(text) == 0) return false;
  }
  return text.empty();
}

}  // namespace

std::size_t space_at_begin(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii_space(text.front())) return 1;
  if (static_cast<unsigned char>(text.front()) < 0xC2) return 0;
  for (const std::string_view space : kWideSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t space_at_end(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii_space(text.back())) return 1;
  if (static_cast<unsigned char>(text.back()) < 0x80) return 0;
  for (const std::string_view space : kWideSpaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

bool parse_number(std::string_view text, double& out) {
  if (text.size() > kMaxNumberBytes) return false;
  text = trimmed(text);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (!is_decimal(text)) return false;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault == std::errc::result_out_of_range) {
    out = std::strtod(std::string(text).c_str(),
                      nullptr);  // too small gives 0 or the smallest, too large infinity
    if (out > 1) return false;
  }
  if (is_negative) out = -out;
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (const std::size_t bytes = space_at_begin(text)) text.remove_prefix(bytes);
  while (const std::size_t bytes = space_at_end(text)) text.remove_suffix(bytes);
  return text;
}

}  // namespace relay
