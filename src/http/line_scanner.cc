#include "http/line_scanner.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace relay::http {
namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && byte != '\t') || byte == 0x7f;
}

// Whether any of eight bytes may be a control character; tabs and rare letters give false alarms.
bool may_hold_control(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  const std::uint64_t below_blank = (word - kOnes * 0x20) & ~word & kHighBits;
  const std::uint64_t without_delete = word ^ (kOnes * 0x7f);
  const std::uint64_t is_delete = (without_delete - kOnes) & ~without_delete & kHighBits;
  return (below_blank | is_delete) != 0;
}

// The first control character at or after `at`, or text.size().
std::size_t find_control(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text.size() - at >= 8 && !may_hold_control(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t end = std::min(at + 8, text.size());
    for (; at < end; ++at) {
      if (is_control(text[at])) return at;
    }
  }
  return text.size();
}

}  // namespace

LineScanner::Status LineScanner::next(std::string_view text, std::size_t limit) {
  const bool cut = text.size() >= limit;
  const std::string_view visible = text.substr(0, limit);
  const std::size_t at = find_control(visible, scanned_);
  const Status open = cut ? Status::kTooLong : Status::kIncomplete;
  scanned_ = at;
  if (at == visible.size()) return open;
  if (visible[at] != '\r') return Status::kBadByte;
  if (at + 1 == visible.size()) return open;
  if (visible[at + 1] != '\n') return Status::kBadByte;
  line_end_ = at;
  return Status::kLine;
}

}  // namespace relay::http
