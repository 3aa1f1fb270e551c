#include <utf8proc.h>

#include <cstring>

#include <simdjson.h>

#include "value/string.h"

namespace relay::string {
namespace {

using MapCodePoint = utf8proc_int32_t (*)(utf8proc_int32_t);

void append_code_point(std::string& out, utf8proc_int32_t code_point) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t count = utf8proc_encode_char(code_point, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
}

std::string map_text(std::string_view text, MapCodePoint map) {
  std::string out;
  out.reserve(text.size());
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    utf8proc_ssize_t used = utf8proc_iterate(at, left, &code_point);
    if (used <= 0) {
      used = 1;
      out.push_back(static_cast<char>(*at));
    } else if (code_point == 0xDF && map == &utf8proc_toupper) {
      out += "SS";  // the one letter of everyday text whose upper case is longer
    } else {
      append_code_point(out, map(code_point));
    }
    at += used;
    left -= used;
  }
  return out;
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

std::string map_ascii(std::string_view text, char first, char last) {
  std::string out(text);
  for (char& c : out) {
    if (c >= first && c <= last) c = static_cast<char>(c ^ 0x20);
  }
  return out;
}

}  // namespace

std::size_t sequence_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  if (byte < 0xF0) return 3;
  return byte < 0xF8 ? 4 : 1;
}

// A code point begins at each byte that is no continuation (10xxxxxx); eight bytes a step.
std::size_t count_code_points(std::string_view text) {
  constexpr std::uint64_t kLowBits = 0x0101010101010101;
  std::size_t continuations = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    continuations += (((word >> 7) & ~(word >> 6) & kLowBits) * kLowBits) >> 56;
  }
  for (; at < text.size(); ++at) continuations += (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  return text.size() - continuations;
}

bool is_valid_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::string upper(std::string_view text) {
  return is_ascii(text) ? map_ascii(text, 'a', 'z') : map_text(text, &utf8proc_toupper);
}

std::string lower(std::string_view text) {
  return is_ascii(text) ? map_ascii(text, 'A', 'Z') : map_text(text, &utf8proc_tolower);
}

}  // namespace relay::string
