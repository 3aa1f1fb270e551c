#include "base/utf8.h"

namespace relay {

namespace {

constexpr Utf8Step kInvalid{0xFFFD, 1, false};

struct Lead {
  std::uint32_t bits;
  std::uint32_t size;
  std::uint32_t smallest;  // a smaller value would be overlong
};

Lead read_lead(unsigned char byte) {
  if (byte < 0x80) return {byte, 1, 0};
  if (byte >= 0xC2 && byte < 0xE0) return {byte & 0x1FU, 2, 0x80};
  if (byte >= 0xE0 && byte < 0xF0) return {byte & 0x0FU, 3, 0x800};
  if (byte >= 0xF0 && byte < 0xF5) return {byte & 0x07U, 4, 0x10000};
  return {0, 0, 0};
}

}  // namespace

Utf8Step decode_utf8(std::string_view text, std::size_t at) {
  const Lead lead = read_lead(static_cast<unsigned char>(text[at]));
  if (lead.size == 0 || text.size() - at < lead.size) return kInvalid;
  std::uint32_t value = lead.bits;
  for (std::uint32_t i = 1; i < lead.size; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0) != 0x80) return kInvalid;
    value = value << 6 | (byte & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (value < lead.smallest || value > 0x10FFFF || surrogate) return kInvalid;
  return {value, lead.size, true};
}

std::string shortened(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return std::string(text);
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto push = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) return push(code_point);
  if (code_point < 0x800) {
    push(0xC0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      push(0xE0 | code_point >> 12);
    } else {
      push(0xF0 | code_point >> 18);
      push(0x80 | (code_point >> 12 & 0x3F));
    }
    push(0x80 | (code_point >> 6 & 0x3F));
  }
  push(0x80 | (code_point & 0x3F));
}

}  // namespace relay
