#include "base/plain_text.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace relay {

std::string plain_text(std::string_view text) {
  constexpr std::uint32_t kFirstPrintable = 0x20;
  constexpr std::uint32_t kFirstOfC1 = 0x7F;
  constexpr std::uint32_t kLastOfC1 = 0x9F;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = decode_utf8(text, at);
    const std::uint32_t point = step.code_point;
    const bool is_control = point < kFirstPrintable || (point >= kFirstOfC1 && point <= kLastOfC1);
    if (point == '\n') {
      plain += "\\n";
    } else if (is_control) {
      plain += fmt::format("\\u{:04x}", point);
    } else {
      append_utf8(plain, point);
    }
    at += step.size;
  }
  return plain;
}

std::size_t width(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) ++count;
  return count;
}

}  // namespace relay
